import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { CohortQuery } from '@/cohorts/cohorts.query';
import { filterWords } from '@/cohorts/filter-words';
import { scoredCounts } from '@/cohorts/scored-counts';
import { Card } from '@/ui/card';
import { Crumb } from '@/ui/crumbs';
import { EmptyState } from '@/ui/empty-state';
import { Facts } from '@/ui/facts';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { Time } from '@/ui/time';
import { SnapshotCard } from './snapshot-card';
import { TakeSnapshot } from './take-snapshot';

interface CohortPageProps {
  params: Promise<{ study: string; cohort: string }>;
}

async function load({ params }: CohortPageProps) {
  const { study: slug, cohort: id } = await params;
  const { data } = await query({ query: CohortQuery, variables: { slug, id } });
  const { study, models } = data;
  if (!study?.cohort) notFound();
  return { slug, study, cohort: study.cohort, versions: models.flatMap((m) => m.versions) };
}

export async function generateMetadata(props: CohortPageProps) {
  return { title: (await load(props)).cohort.name };
}

export default async function CohortPage(props: CohortPageProps) {
  const { slug, study, cohort, versions } = await load(props);
  const { permissions } = study;
  const scored = await scoredCounts(
    slug,
    cohort.id,
    versions.map(({ id }) => id),
  );
  return (
    <>
      <Crumb label={cohort.name} />
      <PageHeader
        title={cohort.name}
        isSynthetic={study.isSynthetic}
        sub={
          <>
            {countOf(cohort.imageCount, 'image')} · {countOf(cohort.patientCount, 'patient')} now ·
            saved {cohort.createdBy ? `by ${cohort.createdBy.name} ` : ''}
            <Time at={cohort.createdAt} />
          </>
        }
        actions={
          <>
            <LinkButton href={`/s/${slug}/images?cohort=${cohort.id}`}>
              <Icon name="image" /> See the images
            </LinkButton>
            {permissions.buildCohorts && (
              <TakeSnapshot
                cohortId={cohort.id}
                imageCount={cohort.imageCount}
                isFirst={cohort.snapshots.length === 0}
              />
            )}
          </>
        }
      />
      <Card title="Filter" aside="new images that match belong to it at once; snapshots stay">
        <FilterFacts filter={cohort.filter} versions={versions} />
      </Card>
      {cohort.snapshots.length === 0 && <NoSnapshot />}
      {cohort.snapshots.map((snapshot) => (
        <SnapshotCard
          key={snapshot.id}
          slug={slug}
          snapshot={snapshot}
          versions={versions}
          scored={scored[snapshot.id] ?? {}}
          mayRun={permissions.runInference}
          mayEvaluate={permissions.evaluate}
        />
      ))}
    </>
  );
}

const NoSnapshot = () => (
  <Card title="Snapshots">
    <EmptyState icon="lock" title="No snapshot yet">
      A snapshot freezes the list of images and the references they have now. Runs and evaluations
      work on a snapshot, so that they can be repeated exactly.
    </EmptyState>
  </Card>
);

interface FilterFactsProps {
  filter: unknown;
  versions: readonly { id: string; title: string }[];
}

function FilterFacts({ filter, versions }: FilterFactsProps) {
  const conditions = filterWords(filter, versions);
  if (conditions.length === 0) return <p>All images of the study.</p>;
  return <Facts rows={conditions.map(({ field, words }) => [field, words] as const)} />;
}
