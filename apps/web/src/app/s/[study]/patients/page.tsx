import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { PageLinks } from '@/ui/page-links';
import { AddPatient } from './add-patient';
import { PatientTable } from './patient-table';
import { patientsPageQuery } from './patients.query';
import { SearchForm } from './search-form';

interface PatientsPageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<{ q?: string; after?: string }>;
}

const PAGE_SIZE = 50;

export const metadata = { title: 'Patients' };

export default async function PatientsPage({ params, searchParams }: PatientsPageProps) {
  const { study: slug } = await params;
  const { q, after } = await searchParams;
  const search = q?.trim() || undefined;
  const { data } = await query({
    query: patientsPageQuery,
    variables: { slug, first: PAGE_SIZE, after, search },
  });
  if (!data.study) notFound();
  const { study } = data;
  const { patients, summary, permissions } = study;
  const path = `/s/${slug}/patients`;

  return (
    <>
      <PageHeader
        title="Patients"
        isSynthetic={study.isSynthetic}
        sub={`${countOf(summary.patients, 'patient')}, ${countOf(summary.lesions, 'lesion')}, ${countOf(summary.images, 'image')}`}
        actions={permissions.editRecords && <AddPatient studyId={study.id} slug={slug} />}
      />
      {summary.patients === 0 ? (
        <Card>
          <EmptyState
            icon="users"
            title="No patient yet"
            actions={
              permissions.importImages && (
                <LinkButton href={`/s/${slug}/import`}>Import images</LinkButton>
              )
            }
          >
            Patients come with an import, or are added one by one under a pseudonym.
          </EmptyState>
        </Card>
      ) : (
        <>
          <SearchForm path={path} search={search} />
          <Card
            flush
            title={search ? `Patients with “${search}” in their code` : 'All patients'}
            aside={countOf(patients.totalCount, 'patient')}
          >
            {patients.totalCount === 0 ? (
              <EmptyState
                icon="filter"
                title="No patient matches"
                actions={<LinkButton href={path}>Show all {summary.patients}</LinkButton>}
              >
                No patient of this study has “{search}” in the code.
              </EmptyState>
            ) : (
              <PatientTable patients={patients.edges.map(({ node }) => node)} path={path} />
            )}
          </Card>
          <PageLinks path={path} keep={{ q: search }} after={after} pageInfo={patients.pageInfo} />
        </>
      )}
    </>
  );
}
