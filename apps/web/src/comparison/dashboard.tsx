'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { taskTokens, tokenOf } from '@/images/filter-tokens';
import { Segmented } from '@/ui/segmented';
import { taskShortWords } from '@/ui/words';
import { useDashboard } from './dashboard-context';
import styles from './dashboard.module.css';
import { DifferenceCard } from './difference-card';
import { Notices } from './notices';
import { TaskRocCard } from './task-roc-card';
import { VerdictCard, type FollowedPlan } from './verdict';
import { WhenSeen } from './when-seen';

// Answer first: verdict, differences and ROC come with the page, the evidence below when one scrolls to it.
const MasksCard = dynamic(async () => (await import('./masks-card')).MasksCard, { ssr: false });
const OperatingPointsCard = dynamic(
  async () => (await import('./operating-points-card')).OperatingPointsCard,
  { ssr: false },
);
const CloseUp = dynamic(async () => (await import('./close-up')).CloseUp, { ssr: false });

interface ComparisonDashboardProps {
  plan?: FollowedPlan | undefined;
  /** Below the evidence: provenance and what else belongs to the page. */
  children: ReactNode;
}

/** A comparison on one page, the same whether it is computed now or was frozen. */
export function ComparisonDashboard({ plan, children }: ComparisonDashboardProps) {
  const { comparison, isPending } = useDashboard();
  return (
    <>
      {isPending && (
        <div className={styles.progress} role="status">
          Computing on {comparison.imageSet.snapshotImages} images…
        </div>
      )}
      <div
        className={`${styles.body ?? ''} ${isPending ? (styles.pending ?? '') : ''}`}
        aria-busy={isPending}
      >
        <VerdictCard plan={plan} />
        <Notices />
        <div className={`${styles.row ?? ''} ${styles.curves ?? ''}`}>
          {comparison.tasks.map(({ task }) => (
            <TaskRocCard key={task} task={task} />
          ))}
          <DifferenceCard />
        </div>
        <WhenSeen heightPx={360}>
          <div className={`${styles.row ?? ''} ${styles.masks ?? ''}`}>
            <MasksCard />
            <OperatingPointsCard />
          </div>
        </WhenSeen>
        {comparison.tasks.length > 0 && <CloseLook />}
        <WhenSeen heightPx={900}>
          <CloseUp />
        </WhenSeen>
        {children}
      </div>
    </>
  );
}

/** Which task and which version the cards below are of. */
function CloseLook() {
  const { comparison, versions, task, other, look } = useDashboard();
  const [baseline, ...others] = versions;
  return (
    <div className={styles.look}>
      <h2>A closer look</h2>
      {comparison.tasks.length > 1 && (
        <Segmented
          label="Task"
          value={task}
          options={comparison.tasks.map((one) => ({
            value: one.task,
            words: taskShortWords[one.task],
          }))}
          onChange={(value) => {
            look('task', tokenOf(taskTokens, value));
          }}
        />
      )}
      {others.length > 1 && (
        <label className={styles.small}>
          {baseline?.name} and{' '}
          <select
            className={styles.choice}
            value={other?.word}
            onChange={(event) => {
              look('with', event.target.value);
            }}
          >
            {others.map(({ word, name }) => (
              <option key={word} value={word}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
