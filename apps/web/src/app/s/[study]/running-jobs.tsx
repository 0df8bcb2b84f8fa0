'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { RunningJobsQuery as Answer } from '@/gql/graphql';
import { countOf, formatPercent } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';
import { RunningJobsQuery } from './running-jobs.query';
import styles from './running-jobs.module.css';

type Run = NonNullable<Answer['study']>['runs']['edges'][number]['node'];

const isActive = ({ state }: Run) => state === 'QUEUED' || state === 'RUNNING';

/** The chip in the top bar: how many runs are going on, and how far they are. Says when one ends. */
export function RunningJobs({ slug, activeAtFirst }: { slug: string; activeAtFirst: number }) {
  const { data } = useQuery(RunningJobsQuery, {
    variables: { slug },
    // Somebody else may start a run while this page stands open.
    pollInterval: activeAtFirst > 0 ? 2_000 : 10_000,
  });
  const runs = data?.study?.runs.edges.map(({ node }) => node) ?? [];
  useEndNotice(slug, runs);

  const active = runs.filter(isActive);
  const [first] = active;
  if (!first) return null;
  const total = sum(active, (run) => run.totalCount);
  const handled = sum(active, (run) => run.scoredCount + run.failedCount + run.skippedCount);
  const href = active.length === 1 ? `/s/${slug}/runs/${first.number}` : `/s/${slug}/runs`;
  return (
    <Link href={href} className={styles.chip}>
      <Icon name="play" size={14} />
      <b>{countOf(active.length, 'run')}</b>
      <span>{total > 0 ? formatPercent(handled / total) : 'waiting'}</span>
    </Link>
  );
}

function useEndNotice(slug: string, runs: Run[]) {
  const say = useNotice();
  const router = useRouter();
  const wasActive = useRef(new Set<string>());
  useEffect(() => {
    for (const run of runs.filter(({ id }) => wasActive.current.has(id))) {
      if (isActive(run)) continue;
      wasActive.current.delete(run.id);
      say({
        icon: run.state === 'DONE' && run.failedCount === 0 ? 'check' : 'warning',
        message: endWords(run),
        action: {
          label: 'Open',
          onClick: () => {
            router.push(`/s/${slug}/runs/${run.number}`);
          },
        },
      });
      // Counts and tables on the page may have changed with it.
      router.refresh();
    }
    for (const { id } of runs.filter(isActive)) wasActive.current.add(id);
  }, [runs, router, say, slug]);
}

function endWords({ number, state, scoredCount, failedCount }: Run) {
  const outcome = { DONE: 'finished', CANCELLED: 'was cancelled', FAILED: 'stopped' };
  const verb = state === 'CANCELLED' || state === 'FAILED' ? outcome[state] : outcome.DONE;
  return `Run ${number} ${verb}: ${scoredCount} scored${failedCount ? `, ${failedCount} failed` : ''}`;
}

const sum = (runs: Run[], count: (run: Run) => number) =>
  runs.reduce((total, run) => total + count(run), 0);
