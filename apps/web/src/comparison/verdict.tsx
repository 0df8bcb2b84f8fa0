'use client';

import { estimateWords } from '@/ui/estimate';
import { formatP } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { StateChip } from '@/ui/state-chip';
import { Time } from '@/ui/time';
import { taskWords } from '@/ui/words';
import { claimAndNumbers, verdictWords } from './comparison-words';
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
  const { claim, numbers } = claimAndNumbers(headline.sentence);
  const omnibus = comparison.tasks.find(({ task }) => task === headline.task)?.omnibus;
  return (
    <section className={styles.card} aria-label="Verdict">
      <div className={styles.verdict}>
        <span className={`${styles.sign ?? ''} ${styles[tone] ?? ''}`}>
          <Icon name={icon} />
        </span>
        <div className={styles.verdictWords}>
          <h2>{claim}</h2>
          <p>{numbers}</p>
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

/** One version by itself: what it reaches, and that there is nothing to compare it with. */
function AloneCard() {
  const { versions, comparison } = useDashboard();
  const { tasks, segmentation, snapshot } = comparison;
  const results = [
    ...tasks.flatMap(({ task, versions: [only] }) =>
      only ? [`${taskWords[task]} AUC ${estimateWords(only.auc)}`] : [],
    ),
    ...(segmentation?.versions ?? []).map(
      ({ meanJaccard }) => `mean Jaccard ${estimateWords(meanJaccard)}`,
    ),
  ];
  return (
    <section className={styles.card} aria-label="Result">
      <div className={styles.verdict}>
        <span className={`${styles.sign ?? ''} ${styles.info ?? ''}`}>
          <Icon name="chart" />
        </span>
        <div className={styles.verdictWords}>
          <h2>
            {versions[0]?.title} on {snapshot.cohort.name}: {results.join(', ') || 'no result'}.
          </h2>
          <p>Brackets: 95 % interval. Add a version to see whether it is better.</p>
        </div>
      </div>
    </section>
  );
}
