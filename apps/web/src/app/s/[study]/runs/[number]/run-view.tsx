'use client';

import type { RunDetailFragment } from '@/gql/graphql';
import { isActive } from '@/runs/run-words';
import { useLiveRun } from '@/runs/use-live-run';
import { Banner } from '@/ui/banner';
import { formatClock } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { RunStateChip } from '@/ui/run-state-chip';
import { Time } from '@/ui/time';
import { CancelRun } from './cancel-run';
import { DeviceCard } from './device-card';
import { FailuresCard } from './failures-card';
import { LatestCard } from './latest-card';
import { ProgressCard } from './progress-card';
import styles from './run-view.module.css';
import { StagesCard } from './stages-card';
import { WhatRanCard } from './what-ran-card';

interface RunViewProps {
  slug: string;
  run: RunDetailFragment;
  isSynthetic: boolean;
  mayRun: boolean;
  mayEvaluate: boolean;
}

/** Everything of a run moves while it runs, so the whole page is one live leaf. */
export function RunView({ slug, run: atFirst, isSynthetic, mayRun, mayEvaluate }: RunViewProps) {
  const { run, pausedSince } = useLiveRun(atFirst);
  return (
    <>
      <PageHeader
        title={`Run ${run.number}`}
        chips={<RunStateChip state={run.state} failedCount={run.failedCount} />}
        sub={<Subject run={run} />}
        isSynthetic={isSynthetic}
        actions={
          <>
            {mayEvaluate && run.state === 'DONE' && run.snapshot && (
              <LinkButton href={`/s/${slug}/evaluations?new=${run.snapshot.id}`}>
                <Icon name="chart" /> Evaluate
              </LinkButton>
            )}
            {mayRun && isActive(run) && <CancelRun run={run} />}
          </>
        }
      />
      {pausedSince && (
        <Banner tone="warn" live>
          Live updates paused, last {formatClock(pausedSince)}. The run goes on; this page tries
          again every 2 s.
        </Banner>
      )}
      {run.failure && (
        <Banner tone="err">
          <b>The run stopped.</b> {run.failure}
        </Banner>
      )}
      <ProgressCard run={run} slug={slug} />
      <div className={styles.two}>
        <DeviceCard run={run} />
        <StagesCard run={run} />
      </div>
      {run.failures.length > 0 && <FailuresCard run={run} slug={slug} mayRun={mayRun} />}
      <div className={styles.two}>
        <LatestCard run={run} slug={slug} />
        <WhatRanCard run={run} slug={slug} />
      </div>
    </>
  );
}

function Subject({ run }: { run: RunDetailFragment }) {
  return (
    <>
      {run.modelVersion.title} on {run.snapshot ? run.snapshot.cohort.name : 'one image'} · asked
      for {run.requestedBy ? `by ${run.requestedBy.name} ` : ''}
      <Time at={run.requestedAt} />
      {isActive(run) && ' · this page can be closed, a notice in the study tells the end'}
    </>
  );
}
