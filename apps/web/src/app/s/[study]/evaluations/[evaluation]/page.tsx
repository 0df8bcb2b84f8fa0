import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { Crumb } from '@/ui/crumbs';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { Link } from '@/ui/link';
import { PurposeChip } from '@/evaluations/purpose-chip';
import { PageHeader } from '@/ui/page-header';
import { StateChip } from '@/ui/state-chip';
import { diagnosisCountWords } from '@/ui/words';
import styles from './dashboard.module.css';
import { EvaluationQuery } from './evaluation.query';
import { EarlierDashboard } from './earlier-dashboard';
import { ErrorTable } from './error-table';
import { FrozenDashboard } from './frozen-dashboard';
import { Provenance } from './provenance';

interface DashboardProps {
  params: Promise<{ study: string; evaluation: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function load({ params }: Pick<DashboardProps, 'params'>) {
  const { study: slug, evaluation: id } = await params;
  const { data } = await query({ query: EvaluationQuery, variables: { slug, id } });
  const { study, evaluation } = data;
  // An evaluation is reached through its own study only.
  if (!study || evaluation?.study.slug !== slug) notFound();
  return { slug, study, evaluation };
}

export async function generateMetadata(props: DashboardProps) {
  const { evaluation } = await load(props);
  return { title: `Evaluation on ${evaluation.snapshot.cohort.name}` };
}

/** The cohort dashboard: the numbers people came for, then what explains them. */
export default async function DashboardPage(props: DashboardProps) {
  const { slug, study, evaluation } = await load(props);
  const { snapshot, versions, comparison, purpose } = evaluation;
  return (
    <>
      <Crumb label={`${snapshot.cohort.name}, ${snapshot.code}`} />
      <PageHeader
        title={`Evaluation on ${snapshot.cohort.name}`}
        isSynthetic={study.isSynthetic}
        chips={
          <>
            <StateChip tone="off" icon="lock" title={`SHA-256 ${snapshot.contentHash}`}>
              {snapshot.code} frozen
            </StateChip>
            <PurposeChip purpose={purpose} />
          </>
        }
        sub={[
          countOf(snapshot.imageCount, 'image'),
          countOf(snapshot.patientCount, 'patient'),
          ...snapshot.diagnosisCounts.map(diagnosisCountWords),
        ].join(' · ')}
        actions={
          <LinkButton href={`/s/${slug}/images?cohort=${snapshot.cohort.id}`}>
            <Icon name="image" /> Images of the cohort
          </LinkButton>
        }
      />
      {comparison ? (
        <FrozenDashboard
          slug={slug}
          study={study}
          evaluation={evaluation}
          comparison={comparison}
        />
      ) : (
        <EarlierDashboard slug={slug} isSynthetic={study.isSynthetic} evaluation={evaluation} />
      )}
      {versions.length > 0 && (
        <ErrorTable slug={slug} evaluation={evaluation} searchParams={await props.searchParams} />
      )}
      {!comparison && <Provenance evaluation={evaluation} />}
      <p className={styles.back}>
        <Link href={`/s/${slug}/evaluations`}>All evaluations of the study</Link>
      </p>
    </>
  );
}
