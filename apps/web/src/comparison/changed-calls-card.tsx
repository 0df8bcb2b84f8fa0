'use client';

import type { CallChange, ChangedCallsFactsFragment } from '@/gql/graphql';
import { taskTokens, tokenOf } from '@/images/filter-tokens';
import { Card } from '@/ui/card';
import { countOf, formatCount, formatP } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { changeTokens } from './compare-address';
import { changeWords } from './comparison-words';
import { ChangeLink, useDashboard, type NamedVersion } from './dashboard-context';
import styles from './dashboard.module.css';
import { FlipRow } from './flip-row';
import { useComparedImages } from './use-compared-images';
import { useImageLayers } from './use-image-layers';

const order: readonly CallChange[] = ['FOUND', 'LOST', 'CLEARED', 'CALLED'];
const listed = 3;

/** Which images are called differently: fixes and faults, in the patient's terms. */
export function ChangedCallsCard() {
  const { comparison, versions, other, task } = useDashboard();
  const changed = comparison.tasks
    .find((one) => one.task === task)
    ?.changedCalls.find(({ slot }) => slot === other?.slot);
  const [baseline] = versions;
  if (!changed || !other || !baseline) return null;
  const total = changed.found + changed.lost + changed.cleared + changed.called;
  return (
    <Card
      title={`Changed calls, ${baseline.name} to ${other.name}`}
      actions={<a href="#disagreements">See {countOf(total, 'image')}</a>}
    >
      <div className={styles.cells}>
        {order.map((change) => (
          <Cell key={change} change={change} changed={changed} baseline={baseline} other={other} />
        ))}
      </div>
      <p className={styles.small} style={{ margin: '8px 0 10px' }}>
        Each at its own frozen threshold.{' '}
        {typeof changed.sensitivityP === 'number' &&
          `Sensitivity p ${formatP(changed.sensitivityP)}`}
        {typeof changed.specificityP === 'number' &&
          `, specificity p ${formatP(changed.specificityP)}`}{' '}
        ({changed.test}, not corrected).
      </p>
      {total === 0 && <p className={styles.small}>No call changes.</p>}
      {shownFirst(countsOf(changed)).map((change) => (
        <Flips key={change} change={change} baseline={baseline} other={other} />
      ))}
    </Card>
  );
}

interface CellProps {
  change: CallChange;
  changed: ChangedCallsFactsFragment;
  baseline: NamedVersion;
  other: NamedVersion;
}

const countsOf = (changed: ChangedCallsFactsFragment): Record<CallChange, number> => ({
  FOUND: changed.found,
  LOST: changed.lost,
  CLEARED: changed.cleared,
  CALLED: changed.called,
});

function Cell({ change, changed, baseline, other }: CellProps) {
  const { task, address } = useDashboard();
  const key = `changed.${tokenOf(taskTokens, task)}.${other.word}`;
  const word = tokenOf(changeTokens, change);
  const isOn = new URLSearchParams(address).get(key) === word;
  const { title, sides, isFix } = changeWords(task)[change];
  return (
    <ChangeLink
      name={key}
      value={isOn ? undefined : word}
      isCurrent={isOn}
      className={`${styles.cell ?? ''} ${(isFix ? styles.fix : styles.fault) ?? ''}`}
    >
      <span className={styles.cellHead}>
        <b>{formatCount(countsOf(changed)[change])}</b>
        <Icon name={isFix ? 'check' : 'warning'} label={isFix ? 'a fix' : 'a fault'} />
      </span>
      <span>{title}</span>
      <small>{sides(baseline.name, other.name)}</small>
    </ChangeLink>
  );
}

/** Two kinds at most, the lost ones before all others; the gallery below has every image. */
const shownFirst = (counts: Record<CallChange, number>): CallChange[] =>
  (['LOST', 'FOUND', 'CALLED', 'CLEARED'] as const)
    .filter((change) => counts[change] > 0)
    .slice(0, 2);

interface FlipsProps {
  change: CallChange;
  baseline: NamedVersion;
  other: NamedVersion;
}

/** What a reader wants to see of the changes: the faults before the fixes, of each the largest. */
function Flips({ change, baseline, other }: FlipsProps) {
  const { task } = useDashboard();
  const layersOf = useImageLayers([baseline, other]);
  const answer = useComparedImages({
    task,
    modelVersionId: other.id,
    first: listed,
    list: { changes: [change] },
  });
  const { title } = changeWords(task)[change];
  if (answer.state === 'loading')
    return <p className={styles.small}>Looking for the images with {title}…</p>;
  if (answer.state === 'failed') return <p className={styles.small}>{answer.message}</p>;
  const { images, totalCount } = answer.page;
  if (totalCount === 0)
    return (
      <p className={styles.small}>
        No {title} by {other.name}.
      </p>
    );
  return (
    <>
      <h3>
        {formatCount(totalCount)} {title} by {other.name}
        {totalCount > listed && `, the ${listed} with the largest difference`}
      </h3>
      {images.map((image) => (
        <FlipRow
          key={image.image.id}
          image={image}
          slots={[baseline.slot, other.slot]}
          {...layersOf(image)}
        />
      ))}
    </>
  );
}
