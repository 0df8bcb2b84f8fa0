import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { EvaluationsQuery } from '@/evaluations/evaluations.query';
import { NewEvaluation } from '@/evaluations/new-evaluation';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { PageLinks } from '@/ui/page-links';
import { EvaluationTable } from './evaluation-table';

export const metadata: Metadata = { title: 'Evaluations' };

const pageSize = 20;

interface EvaluationsPageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<{ after?: string; new?: string }>;
}

export default async function EvaluationsPage({ params, searchParams }: EvaluationsPageProps) {
  const { study: slug } = await params;
  const { after, new: snapshotId } = await searchParams;
  const { data } = await query({
    query: EvaluationsQuery,
    variables: { slug, first: pageSize, after },
  });
  const { study, models } = data;
  if (!study) notFound();
  const { evaluations, permissions, cohorts } = study;
  const snapshots = cohorts
    .flatMap(({ snapshots: taken, ...cohort }) => taken.map((one) => ({ ...one, cohort })))
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return (
    <>
      <PageHeader
        title="Evaluations"
        sub="ROC curves, AUC and Jaccard of up to six versions on the same frozen images. An evaluation never changes."
        isSynthetic={study.isSynthetic}
        actions={
          permissions.evaluate ? (
            <NewEvaluation
              key={snapshotId}
              slug={slug}
              snapshots={snapshots}
              versions={models.flatMap(({ versions }) => versions)}
              openWith={snapshotId}
              mayRun={permissions.runInference}
            />
          ) : undefined
        }
      />
      <Card
        flush={evaluations.totalCount > 0}
        title="All evaluations"
        aside={countOf(evaluations.totalCount, 'evaluation')}
      >
        {evaluations.totalCount === 0 ? (
          <EmptyState icon="chart" title="No evaluation yet">
            Once a version has scored every image of a snapshot, it can be evaluated against the
            reference diagnoses and masks.
          </EmptyState>
        ) : (
          <EvaluationTable slug={slug} evaluations={evaluations.edges.map(({ node }) => node)} />
        )}
      </Card>
      <PageLinks path={`/s/${slug}/evaluations`} after={after} pageInfo={evaluations.pageInfo} />
    </>
  );
}
