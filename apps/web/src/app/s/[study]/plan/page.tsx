import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { AnalysisPlansQuery } from '@/plans/plans.query';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { PageHeader } from '@/ui/page-header';
import { EditPlan } from './edit-plan';
import { PlanCard } from './plan-card';

export const metadata: Metadata = { title: 'Analysis plan' };

/** What the study says beforehand: only what follows it may be called confirmed. */
export default async function PlanPage({ params }: { params: Promise<{ study: string }> }) {
  const { study: slug } = await params;
  const { data } = await query({ query: AnalysisPlansQuery, variables: { slug } });
  const { study } = data;
  if (!study) notFound();
  const names = {
    cohorts: study.cohorts.map(({ id, name }) => ({ id, name })),
    snapshots: study.cohorts
      .flatMap(({ snapshots, ...cohort }) => snapshots.map((one) => ({ ...one, cohort })))
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
    versions: data.models.flatMap(({ versions }) => versions),
  };
  const { analysisPlans, permissions } = study;
  const [newest] = analysisPlans;
  const draft = newest && !newest.lockedAt ? newest : undefined;
  return (
    <>
      <PageHeader
        title="Analysis plan"
        sub="Written and locked before the answer is known. An evaluation that follows the locked plan exactly is confirmatory; everything else is exploratory."
        isSynthetic={study.isSynthetic}
        actions={
          permissions.planAnalysis ? (
            <EditPlan studyId={study.id} names={names} draft={draft} from={newest} />
          ) : undefined
        }
      />
      {analysisPlans.length === 0 && (
        <Card>
          <EmptyState icon="log" title="No analysis plan yet">
            Say which endpoint decides, on which images, which versions are compared and by which
            margin, and lock it before the comparison is computed.
          </EmptyState>
        </Card>
      )}
      {analysisPlans.map((plan, index) => (
        <PlanCard
          key={plan.id}
          plan={plan}
          names={names}
          counts={plan === analysisPlans.find(({ lockedAt }) => lockedAt)}
          mayLock={permissions.planAnalysis && index === 0 && !plan.lockedAt}
        />
      ))}
    </>
  );
}
