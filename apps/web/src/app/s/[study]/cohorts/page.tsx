import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { query } from '@/apollo/server';
import { CohortsQuery } from '@/cohorts/cohorts.query';
import type { CohortsQuery as Answer } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { Link } from '@/ui/link';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { Time } from '@/ui/time';
import { NewCohort } from './new-cohort';

export const metadata: Metadata = { title: 'Cohorts' };

type Study = NonNullable<Answer['study']>;

export default async function CohortsPage({ params }: { params: Promise<{ study: string }> }) {
  const { study: slug } = await params;
  const { data } = await query({ query: CohortsQuery, variables: { slug } });
  const { study } = data;
  if (!study) notFound();
  const { cohorts, permissions, summary } = study;
  return (
    <>
      <PageHeader
        title="Cohorts"
        sub="A cohort is a saved filter. A snapshot of it is a frozen list of images, which runs and evaluations use."
        isSynthetic={study.isSynthetic}
        actions={
          permissions.buildCohorts && summary.images > 0 ? (
            <>
              <LinkButton href={`/s/${slug}/images`}>
                <Icon name="filter" /> Choose by filters
              </LinkButton>
              <NewCohort studyId={study.id} slug={slug} acceptedImages={summary.acceptedImages} />
            </>
          ) : undefined
        }
      />
      <Card
        flush={cohorts.length > 0}
        title="All cohorts"
        aside={countOf(cohorts.length, 'cohort')}
      >
        {cohorts.length === 0 ? (
          <EmptyState
            icon="layers"
            title="No cohort yet"
            actions={
              summary.images === 0 ? (
                <LinkButton href={`/s/${slug}/import`}>Import images</LinkButton>
              ) : undefined
            }
          >
            {summary.images === 0
              ? 'A cohort is a named set of images. Import images first.'
              : 'A cohort is a named set of images that runs and evaluations use. Filter images and save them as a cohort, or begin with all accepted ones.'}
          </EmptyState>
        ) : (
          <CohortTable slug={slug} cohorts={cohorts} />
        )}
      </Card>
    </>
  );
}

function CohortTable({ slug, cohorts }: { slug: string; cohorts: Study['cohorts'] }) {
  return (
    <Table aria-label="Cohorts">
      <TableHead>
        <TableRow>
          <TableCell>Name</TableCell>
          <TableCell align="right">Images now</TableCell>
          <TableCell align="right">Patients now</TableCell>
          <TableCell align="right">Snapshots</TableCell>
          <TableCell>Newest snapshot</TableCell>
          <TableCell align="right">Created</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {cohorts.map(({ id, name, imageCount, patientCount, snapshots, createdAt }) => (
          <TableRow key={id}>
            <TableCell>
              <Link href={`/s/${slug}/cohorts/${id}`}>
                <b>{name}</b>
              </Link>
            </TableCell>
            <TableCell align="right">{formatCount(imageCount)}</TableCell>
            <TableCell align="right">{formatCount(patientCount)}</TableCell>
            <TableCell align="right">{formatCount(snapshots.length)}</TableCell>
            <TableCell sx={{ whiteSpace: 'nowrap' }}>
              {snapshots[0] ? (
                <>
                  <code>{snapshots[0].code}</code>, <Time at={snapshots[0].createdAt} />
                </>
              ) : (
                'none taken'
              )}
            </TableCell>
            <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
              <Time at={createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
