'use client';

import type { ImagesPageQuery } from '@/gql/graphql';
import { toggleWord, withParam } from '@/images/change-address';
import { tokenOf } from '@/images/filter-tokens';
import { Check } from '@/ui/check';
import { formatCount } from '@/ui/format';
import { facetFields } from './facet-fields';
import styles from './facets.module.css';
import type { LoadedList } from './use-image-list';

type Facet = NonNullable<ImagesPageQuery['study']>['imageFacets'][number];
type Shown = (typeof facetFields)[number];

export function Facets({ list, facets }: { list: LoadedList; facets: readonly Facet[] }) {
  return (
    <aside aria-label="Filters" className={styles.facets}>
      {facetFields.map((shown) => {
        const values = facets.find(({ field }) => field === shown.field)?.values ?? [];
        return (
          values.length > 0 && (
            <FacetGroup key={shown.field} shown={shown} values={values} list={list} />
          )
        );
      })}
      <p className={styles.note}>Counts follow the other filters.</p>
    </aside>
  );
}

interface FacetGroupProps {
  shown: Shown;
  values: Facet['values'];
  list: LoadedList;
}

function FacetGroup({ shown, values, list }: FacetGroupProps) {
  const largest = Math.max(...values.map(({ count }) => count), 1);
  const ordered = values.toSorted((a, b) => rank(shown, a.value) - rank(shown, b.value));
  return (
    <fieldset className={styles.group}>
      <legend>{shown.title}</legend>
      {ordered.map(({ value, count }) => (
        <FacetLine key={value} {...{ shown, value, count, list }} share={count / largest} />
      ))}
    </fieldset>
  );
}

/** The order of the grammar, which is that of importance; what is missing comes last. */
const rank = ({ tokens }: Shown, value: string) =>
  value === 'NONE' ? Infinity : Object.values(tokens).indexOf(value);

interface FacetLineProps {
  shown: Shown;
  value: string;
  count: number;
  /** Of the longest bar in the group. */
  share: number;
  list: LoadedList;
}

function FacetLine({ shown, value, count, share, list }: FacetLineProps) {
  const { params, go } = list;
  const isMissing = value === 'NONE';
  const label = isMissing ? shown.missing.label : shown.label(value);
  const isOn = isMissing
    ? shown.missing.key !== undefined && params.get(shown.missing.key) === 'none'
    : (params.get(shown.key)?.split(',') ?? []).includes(tokenOf(shown.tokens, value));
  const changed = () => {
    if (isMissing) return withParam(params, shown.missing.key ?? '', isOn ? undefined : 'none');
    const token = tokenOf(shown.tokens, value);
    if (shown.isSingle) return withParam(params, shown.key, isOn ? undefined : token);
    return toggleWord(params, shown.key, token);
  };
  const line = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={styles.bar} aria-hidden>
        <i style={{ width: `${100 * share}%` }} />
      </span>
      <span className={styles.count}>{formatCount(count)}</span>
    </>
  );
  if (isMissing && shown.missing.key === undefined)
    return <div className={`${styles.line ?? ''} ${styles.plain ?? ''}`}>{line}</div>;
  return (
    <label className={styles.line}>
      <Check
        checked={isOn}
        onChange={() => {
          go(changed());
        }}
      />
      {line}
    </label>
  );
}
