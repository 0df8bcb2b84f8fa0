import type { ReactNode } from 'react';
import Link from 'next/link';
import type { RunDetailFragment } from '@/gql/graphql';
import { handledCount, isActive, leftWords } from '@/runs/run-words';
import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { countOf, formatCount, formatDuration, formatRate } from '@/ui/format';
import { ProgressBar } from '@/ui/progress-bar';
import styles from './run-view.module.css';

/** How far it is, in numbers before the bar. */
export function ProgressCard({ run, slug }: { run: RunDetailFragment; slug: string }) {
  if (run.state === 'DONE' && run.totalCount > 0 && run.skippedCount === run.totalCount)
    return (
      <Card>
        <Banner tone="info">
          <b>Nothing to do.</b> All {countOf(run.totalCount, 'image')} were already scored by{' '}
          {run.modelVersion.title}. <Link href={`/s/${slug}/evaluations`}>Evaluate them</Link>
        </Banner>
      </Card>
    );
  return (
    <Card>
      <div className={styles.top}>
        <span>
          <span className={styles.big}>{formatCount(handledCount(run))}</span> of{' '}
          {countOf(run.totalCount, 'image')}
        </span>
        <Pace run={run} />
      </div>
      <ProgressBar
        label={`Run ${run.number}`}
        total={run.totalCount}
        done={run.scoredCount}
        failed={run.failedCount}
        skipped={run.skippedCount}
        finished={!isActive(run)}
        height={12}
      />
      <div className={styles.legend}>
        <Part
          look={isActive(run) ? styles.scored : styles.over}
          count={run.scoredCount}
          words="scored"
        />
        <Part look={styles.failed} count={run.failedCount} words="failed" />
        <Part look={styles.skipped} count={run.skippedCount} words="skipped, already scored" />
        <Part look={styles.waiting} count={run.waitingCount} words="waiting" />
        {run.retryCount > 0 && <span>{countOf(run.retryCount, 'retry', 'retries')}</span>}
      </div>
    </Card>
  );
}

interface PartProps {
  look: string | undefined;
  count: number;
  words: ReactNode;
}

const Part = ({ look, count, words }: PartProps) => (
  <span>
    <i className={look} aria-hidden /> <b>{formatCount(count)}</b> {words}
  </span>
);

function Pace({ run }: { run: RunDetailFragment }) {
  const { elapsedSeconds, imagesPerSecond } = run;
  const left = isActive(run) ? leftWords(run) : undefined;
  const rest = [
    typeof imagesPerSecond === 'number' ? formatRate(imagesPerSecond) : undefined,
    typeof elapsedSeconds === 'number'
      ? `${formatDuration(elapsedSeconds)}${isActive(run) ? ' so far' : ' in all'}`
      : undefined,
  ].filter((part) => part !== undefined);
  return (
    <span>
      {left !== undefined && <b>{left}</b>}
      {left !== undefined && rest.length > 0 && ' · '}
      <span style={{ color: 'var(--text-2)' }}>{rest.join(' · ')}</span>
    </span>
  );
}
