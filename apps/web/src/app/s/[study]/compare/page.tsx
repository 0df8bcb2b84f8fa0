import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { query, queryOrRefusal } from '@/apollo/server';
import { readCompareAddress, type CompareAddress } from '@/comparison/compare-address';
import { ComparisonQuery } from '@/comparison/comparison.query';
import { ComparisonDashboard } from '@/comparison/dashboard';
import { DashboardProvider } from '@/comparison/dashboard-context';
import { Provenance } from '@/comparison/provenance';
import { addressText } from '@/images/change-address';
import { versionWord } from '@/images/image-list-address';
import { searchParamsOf, type PageSearchParams } from '@/images/search-params';
import { ErrorState } from '@/ui/error-state';
import { LinkButton } from '@/ui/link-button';
import { CompareBar } from './compare-bar';
import { CompareHeader } from './compare-header';
import { CompareNamesQuery, CoverageQuery } from './compare.query';
import { NoSnapshot, NotFullyScored, TooFewScored } from './stops';
import { studyNames, usualVersions, type Coverage } from './study-names';

export const metadata: Metadata = { title: 'Compare' };

interface ComparePageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<PageSearchParams>;
}

/** Is one version better, for whom, at which threshold: the address is the whole question. */
export default async function ComparePage(props: ComparePageProps) {
  const { study: slug } = await props.params;
  const params = searchParamsOf(await props.searchParams);
  const { data } = await query({ query: CompareNamesQuery, variables: { slug } });
  const { study } = data;
  if (!study) notFound();
  const names = studyNames(study, data.models);
  const address = readCompareAddress(params, names);
  const snapshot =
    names.snapshots.find(({ id }) => id === address.snapshot?.id) ?? names.snapshots[0];
  if (!snapshot) return <NoSnapshot slug={slug} isSynthetic={study.isSynthetic} />;
  const coverage = await coverageOn(snapshot.id, names.versions);
  const bar = { slug, study, names, snapshot, coverage };
  if (address.versions.length === 0) {
    const usual = usualVersions(coverage, names.versions);
    if (usual.length < 2) return <TooFewScored {...bar} scored={usual} />;
    params.set('snapshot', snapshot.code);
    params.set('v', usual.map(versionWord).join(','));
    redirect(`/s/${slug}/compare${addressText(params)}`);
  }
  const versions = address.versions.map(({ id }) => names.versions.find((v) => v.id === id)!);
  const shown = { ...bar, versions, notUnderstood: address.notUnderstood };
  const lacking = versions.filter(({ id }) => (coverage.get(id)?.missing ?? 0) > 0);
  if (lacking.length > 0 && !address.asked.commonImagesOnly)
    return (
      <>
        <CompareHeader slug={slug} study={study} />
        <CompareBar {...shown} />
        <NotFullyScored {...shown} lacking={lacking} />
      </>
    );
  return <Compared shown={shown} address={address} />;
}

async function coverageOn(
  snapshotId: string,
  versions: readonly { id: string }[],
): Promise<Map<string, Coverage>> {
  // As many as the API counts at once; older ones are reached by naming them.
  const modelVersionIds = versions.slice(0, 20).map(({ id }) => id);
  if (modelVersionIds.length === 0) return new Map();
  const { data } = await query({
    query: CoverageQuery,
    variables: { snapshotId, modelVersionIds },
  });
  return new Map(data.coverage.map((one) => [one.modelVersion.id, one]));
}

interface ComparedProps {
  shown: Parameters<typeof CompareBar>[0];
  address: CompareAddress;
}

async function Compared({ shown, address }: ComparedProps) {
  const { slug, study, snapshot, versions } = shown;
  const input = {
    ...address.asked,
    snapshotId: snapshot.id,
    modelVersionIds: versions.map(({ id }) => id),
  };
  const { data, refused } = await queryOrRefusal({ query: ComparisonQuery, variables: { input } });
  if (refused)
    return (
      <>
        <CompareHeader slug={slug} study={study} />
        <CompareBar {...shown} />
        <ErrorState
          title="The comparison could not be computed."
          actions={
            <LinkButton size="small" href={`/s/${slug}/compare`}>
              Begin anew
            </LinkButton>
          }
        >
          {refused.message} Your selection is kept in the address.
        </ErrorState>
      </>
    );
  return (
    <DashboardProvider
      slug={slug}
      comparison={data.comparison}
      input={input}
      isSynthetic={study.isSynthetic}
    >
      <CompareHeader slug={slug} study={study} isComputed />
      <CompareBar {...shown} />
      <ComparisonDashboard>
        <Provenance />
      </ComparisonDashboard>
    </DashboardProvider>
  );
}
