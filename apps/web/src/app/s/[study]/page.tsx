import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import type { OverviewQuery as Answer } from '@/gql/graphql';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { DataQuality } from './data-quality';
import { FirstSteps } from './first-steps';
import { LatestRuns } from './latest-runs';
import { OverviewQuery } from './overview.query';
import styles from './overview.module.css';
import { SummaryCounts } from './summary-counts';
import { VersionsCard } from './versions-card';

export default async function OverviewPage({ params }: { params: Promise<{ study: string }> }) {
  const { study: slug } = await params;
  const { data } = await query({ query: OverviewQuery, variables: { slug } });
  const { study } = data;
  if (!study) notFound();
  const evaluation = study.evaluations.edges[0]?.node;
  return (
    <>
      <PageHeader
        title={study.name}
        sub={study.protocol || undefined}
        isSynthetic={study.isSynthetic}
        actions={<Actions study={study} evaluationId={evaluation?.id} />}
      />
      <SummaryCounts slug={slug} summary={study.summary} />
      {evaluation ? (
        <VersionsCard slug={slug} evaluation={evaluation} aliases={study.aliases} />
      ) : (
        <FirstSteps slug={slug} study={study} />
      )}
      <div className={styles.two}>
        <LatestRuns slug={slug} runs={study.runs} />
        <DataQuality slug={slug} summary={study.summary} />
      </div>
    </>
  );
}

interface ActionsProps {
  study: NonNullable<Answer['study']>;
  evaluationId: string | undefined;
}

function Actions({ study: { slug, permissions, summary }, evaluationId }: ActionsProps) {
  return (
    <>
      {permissions.importImages && (
        <LinkButton href={`/s/${slug}/import`}>
          <Icon name="upload" /> Import
        </LinkButton>
      )}
      {permissions.runInference && summary.images > 0 && (
        <LinkButton href={`/s/${slug}/cohorts`}>
          <Icon name="play" /> Run inference
        </LinkButton>
      )}
      {evaluationId !== undefined && (
        <LinkButton variant="contained" color="primary" href={`/s/${slug}/compare`}>
          <Icon name="chart" /> Compare versions
        </LinkButton>
      )}
    </>
  );
}
