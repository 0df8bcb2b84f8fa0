'use client';

import type { DifferenceFactsFragment } from '@/gql/graphql';
import { undefinedWords } from '@/ui/estimate';
import { formatDifference, formatP, formatProportion } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { StateChip } from '@/ui/state-chip';
import { Time } from '@/ui/time';
import { sentence, taskWords } from '@/ui/words';
import { correctionWords, verdictWords } from './comparison-words';
import { useDashboard } from './dashboard-context';
import styles from './dashboard.module.css';

/** The plan that a frozen evaluation follows. */
export interface FollowedPlan {
  version: number;
  lockedAt?: string | null;
}

/** The sentence people came for. The rule that gives it, and its words, are the API's. */
export function VerdictCard({ plan }: { plan?: FollowedPlan | undefined }) {
  const { comparison } = useDashboard();
  const { headline, imageSet } = comparison;
  if (!headline) return <AloneCard />;
  const { icon, tone, words } = verdictWords[headline.verdict];
  const difference = headlineDifference(comparison);
  const omnibus = comparison.tasks.find(({ task }) => task === headline.task)?.omnibus;
  return (
    <section className={styles.card} aria-label="Verdict">
      <div className={styles.verdict}>
        <span className={`${styles.sign ?? ''} ${styles[tone] ?? ''}`}>
          <Icon name={icon} />
        </span>
        <div className={styles.verdictWords}>
          <h2>{headline.sentence}</h2>
          {difference && (
            <Numbers
              difference={difference}
              name={headline.task ? 'Δ AUC' : 'Δ mean Jaccard'}
              correction={correctionWords[comparison.method.correction]}
            />
          )}
        </div>
        <div className={styles.tags}>
          <span className={styles.chips}>
            <StateChip tone={tone} icon={icon}>
              {words}
            </StateChip>
            <PlanTag plan={plan} isFiltered={imageSet.isFiltered} />
          </span>
          {omnibus && typeof omnibus.p === 'number' && typeof omnibus.chiSquare === 'number' && (
            <span title="Test that the AUCs of all versions are alike">
              omnibus χ²({omnibus.df}) = {omnibus.chiSquare.toFixed(1)}, p {formatP(omnibus.p)}
            </span>
          )}
        </div>
      </div>
    </section>
  );
}

function PlanTag({ plan, isFiltered }: { plan: FollowedPlan | undefined; isFiltered: boolean }) {
  if (!plan)
    return (
      <StateChip
        tone="off"
        icon="eye"
        title="Not asked beforehand as the study’s locked plan says: a hint for the next study, not a claim."
      >
        exploratory{isFiltered ? ', narrowed' : ''}
      </StateChip>
    );
  return (
    <StateChip tone="ok" icon="lock" title={`As analysis plan ${plan.version} says`}>
      pre-specified {plan.lockedAt && <Time at={plan.lockedAt} />}
    </StateChip>
  );
}

interface NumbersProps {
  difference: DifferenceFactsFragment;
  name: string;
  correction: string;
}

function Numbers({ difference, name, correction }: NumbersProps) {
  const { difference: of, adjustedP, tests, nonInferiority } = difference;
  if (typeof of.value !== 'number') return <p>{sentence(undefinedWords(of))}.</p>;
  const interval =
    typeof of.low === 'number' && typeof of.high === 'number'
      ? `, ${formatProportion(of.level * 100).replace(/\.00$/, '')} % interval ${formatDifference(of.low)} to ${formatDifference(of.high)}`
      : ', no interval';
  return (
    <p>
      {name} <b>{formatDifference(of.value)}</b>
      {interval}
      {typeof adjustedP === 'number' &&
        `, p ${formatP(adjustedP)} (${correction}, ${tests} ${tests === 1 ? 'test' : 'tests'})`}
      .{nonInferiority && ` Margin set in advance: ${formatProportion(nonInferiority.margin)}.`}
    </p>
  );
}

/** The difference the headline speaks of. */
function headlineDifference({
  headline,
  tasks,
  segmentation,
  versions,
}: ReturnType<typeof useDashboard>['comparison']) {
  const slot = versions.find(
    ({ modelVersion }) => modelVersion.id === headline?.modelVersion.id,
  )?.slot;
  const differences = headline?.task
    ? tasks.find(({ task }) => task === headline.task)?.differences
    : segmentation?.differences;
  return differences?.find((one) => one.slot === slot);
}

/** One version by itself: there is nothing to compare, and it is said. */
function AloneCard() {
  const { versions, comparison } = useDashboard();
  const [only] = versions;
  return (
    <section className={styles.card} aria-label="Verdict">
      <div className={styles.verdict}>
        <span className={`${styles.sign ?? ''} ${styles.info ?? ''}`}>
          <Icon name="chart" />
        </span>
        <div className={styles.verdictWords}>
          <h2>
            {only?.title} on {comparison.snapshot.cohort.name}: nothing to compare with yet.
          </h2>
          <p>
            {comparison.tasks.map(({ task, positives, negatives }) => (
              <span key={task}>
                {sentence(taskWords[task])}: n⁺ {positives}, n⁻ {negatives}.{' '}
              </span>
            ))}
            Add a version to see whether it is better.
          </p>
        </div>
      </div>
    </section>
  );
}
