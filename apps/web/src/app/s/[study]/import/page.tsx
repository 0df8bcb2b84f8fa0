import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { PageLinks } from '@/ui/page-links';
import { FolderLayout } from './folder-layout';
import { ImportTable } from './import-table';
import { importsPageQuery } from './imports.query';
import { StartImport } from './start-import';

interface ImportsPageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<{ after?: string }>;
}

const PAGE_SIZE = 20;

export const metadata = { title: 'Import' };

export default async function ImportsPage({ params, searchParams }: ImportsPageProps) {
  const { study: slug } = await params;
  const { after } = await searchParams;
  const { data } = await query({
    query: importsPageQuery,
    variables: { slug, first: PAGE_SIZE, after },
  });
  if (!data.study) notFound();
  const { study } = data;
  const { imports, permissions } = study;
  const path = `/s/${slug}/import`;
  const start = permissions.importImages && <StartImport studyId={study.id} path={path} />;

  return (
    <>
      <PageHeader
        title="Import"
        isSynthetic={study.isSynthetic}
        sub="Images, masks and diagnoses of a folder are checked first; nothing is written before you apply."
        actions={imports.totalCount > 0 && start}
      />
      {!permissions.importImages && (
        <Banner tone="info">Your role in this study does not allow imports.</Banner>
      )}
      {imports.totalCount === 0 ? (
        <Card>
          <EmptyState icon="upload" title="No import yet" actions={start}>
            An import brings a folder of photographs into the study, with masks, diagnoses and ages
            if there are any.
          </EmptyState>
        </Card>
      ) : (
        <Card title="Imports" aside={countOf(imports.totalCount, 'import')} flush>
          <ImportTable imports={imports.edges.map(({ node }) => node)} path={path} />
        </Card>
      )}
      <PageLinks path={path} after={after} pageInfo={imports.pageInfo} />
      <Card title="What a folder looks like">
        <FolderLayout />
      </Card>
    </>
  );
}
