import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { RunList } from '@/runs/run-list';
import { RunsQuery } from '@/runs/run.query';
import { WorkersQuery } from '@/runs/workers.query';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { PageLinks } from '@/ui/page-links';
import { WorkersCard } from './workers-card';

export const metadata: Metadata = { title: 'Runs' };

const pageSize = 25;

interface RunsPageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<{ after?: string }>;
}

export default async function RunsPage({ params, searchParams }: RunsPageProps) {
  const { study: slug } = await params;
  const { after } = await searchParams;
  const { data } = await query({ query: RunsQuery, variables: { slug, first: pageSize, after } });
  const { study } = data;
  if (!study) notFound();
  const { runs, permissions } = study;
  return (
    <>
      <PageHeader
        title="Runs"
        sub="A run lets one model version score the images of a snapshot: a mask and two scores for each."
        isSynthetic={study.isSynthetic}
        actions={
          permissions.runInference ? (
            <LinkButton variant="contained" color="primary" href={`/s/${slug}/cohorts`}>
              <Icon name="play" /> Run inference
            </LinkButton>
          ) : undefined
        }
      />
      <Card title="All runs" aside={countOf(runs.totalCount, 'run')}>
        {runs.totalCount === 0 ? (
          <EmptyState icon="play" title="No run yet">
            Open a cohort, take a snapshot of it, and choose “Run inference”.
          </EmptyState>
        ) : (
          <RunList slug={slug} runs={runs.edges.map(({ node }) => node)} after={after} />
        )}
      </Card>
      <PageLinks after={after} pageInfo={runs.pageInfo} path={`/s/${slug}/runs`} />
      {permissions.runInference && <WorkersCard workers={await workers()} />}
    </>
  );
}

const workers = async () => (await query({ query: WorkersQuery })).data.workers;
