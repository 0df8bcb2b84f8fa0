import Link from 'next/link';
import type { RunLineFragment } from '@/gql/graphql';
import { ProgressBar } from '@/ui/progress-bar';
import { RunStateChip } from '@/ui/run-state-chip';
import styles from './run-line.module.css';
import { isActive, runFacts, runSubject } from './run-words';

/** One run in a list, with its bar. */
export function RunLine({ slug, run }: { slug: string; run: RunLineFragment }) {
  return (
    <Link href={`/s/${slug}/runs/${run.number}`} className={styles.line}>
      <span className={styles.head}>
        <b>Run {run.number}</b>
        <span className={styles.subject}>{runSubject(run)}</span>
        <RunStateChip state={run.state} failedCount={run.failedCount} />
      </span>
      <ProgressBar
        label={`Run ${run.number}`}
        total={run.totalCount}
        done={run.scoredCount}
        failed={run.failedCount}
        skipped={run.skippedCount}
        finished={!isActive(run)}
      />
      <span className={styles.facts}>{runFacts(run)}</span>
    </Link>
  );
}
