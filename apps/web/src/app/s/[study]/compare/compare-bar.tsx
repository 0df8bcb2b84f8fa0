'use client';

import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { isNarrowing } from '@/comparison/compare-address';
import { useSharedGo } from '@/comparison/dashboard-context';
import { describeNarrowing } from '@/comparison/describe-comparison';
import { addressText, withParam } from '@/images/change-address';
import { useShortcuts } from '@/images/use-shortcuts';
import { seriesCount } from '@/theme/series';
import { Banner } from '@/ui/banner';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { FilterPill, Pill } from '@/ui/pill';
import { AddVersion } from './add-version';
import styles from './compare.module.css';
import type { ComparePart, CompareQuestion } from './compare-question';
import { ReadyMade } from './ready-made';
import { SnapshotChoice } from './snapshot-choice';
import { VersionChip } from './version-chip';

const AddFilterDialog = dynamic(
  async () => (await import('../images/add-filter-dialog')).AddFilterDialog,
  { ssr: false },
);
const RulesDialog = dynamic(async () => (await import('./rules-dialog')).RulesDialog, {
  ssr: false,
});

/** The question: snapshot, filters, versions and rules, each changed in place and all kept in the address. */
export function CompareBar(props: CompareQuestion) {
  const { slug, names, versions, notUnderstood } = props;
  const params = new URLSearchParams(useSearchParams());
  const push = useSharedGo();
  const [dialog, setDialog] = useState<'filter' | 'rules'>();
  const go = (changed: URLSearchParams) => {
    push(`/s/${slug}/compare${addressText(changed)}`);
  };
  const part = { ...props, params, go };
  const show = (which: typeof dialog) => () => {
    setDialog(which);
  };
  const close = show(undefined);
  useShortcuts({ f: show('filter') });
  return (
    <>
      <div className={styles.bar} role="group" aria-label="What is compared">
        <SnapshotChoice {...part} />
        <Pill onClick={show('filter')}>
          <Icon name="filter" size={14} /> Filter
        </Pill>
        <Narrowing {...part} />
        <span className={styles.rule} aria-hidden />
        {versions.map((version, index) => (
          <VersionChip key={version.id} {...part} version={version} index={index} />
        ))}
        {versions.length < seriesCount && <AddVersion {...part} />}
        <Pill onClick={show('rules')}>Rules…</Pill>
        <ReadyMade {...part} />
        <CoverageWords {...props} />
      </div>
      {notUnderstood.length > 0 && (
        <Banner tone="warn">
          <b>{countOf(notUnderstood.length, 'part')} of the address not understood:</b>{' '}
          {notUnderstood.join(', ')}. The comparison is made without{' '}
          {notUnderstood.length === 1 ? 'it' : 'them'}.
        </Banner>
      )}
      {dialog === 'filter' && (
        <AddFilterDialog list={{ names: { ...names, cohorts: [] }, params, go }} onClose={close} />
      )}
      {dialog === 'rules' && (
        <RulesDialog names={names} params={params} onClose={close} onChange={go} />
      )}
    </>
  );
}

function Narrowing({ names, notUnderstood, params, go }: ComparePart) {
  const words = describeNarrowing(params, names, notUnderstood);
  return (
    <>
      {words.map(({ key, field, value }) => (
        <FilterPill
          key={key}
          field={field}
          value={value}
          onRemove={() => {
            go(withParam(params, key, undefined));
          }}
        />
      ))}
      {words.length > 1 && (
        <Button
          variant="text"
          size="small"
          onClick={() => {
            go(new URLSearchParams([...params].filter(([key]) => !isNarrowing(key))));
          }}
        >
          Clear
        </Button>
      )}
    </>
  );
}

function CoverageWords({ versions, coverage, snapshot }: CompareQuestion) {
  const isWhole = versions.every(({ id }) => coverage.get(id)?.missing === 0);
  if (!isWhole) return null;
  return (
    <span className={styles.count}>
      <Icon name="check" size={14} /> {formatCount(snapshot.imageCount)} /{' '}
      {formatCount(snapshot.imageCount)} scored by each
    </span>
  );
}
