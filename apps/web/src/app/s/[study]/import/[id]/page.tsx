import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { Crumb } from '@/ui/crumbs';
import { importPageQuery } from './import.query';
import { ImportWizard } from './import-wizard';

interface ImportPageProps {
  params: Promise<{ study: string; id: string }>;
}

export const metadata = { title: 'Import' };

export default async function ImportPage({ params }: ImportPageProps) {
  const { study: slug, id } = await params;
  const { data } = await query({ query: importPageQuery, variables: { id } });
  // An import has one address: that of its own study.
  if (data.import?.study.slug !== slug) notFound();
  return (
    <>
      <Crumb label="One import" />
      <ImportWizard first={data.import} study={data.import.study} />
    </>
  );
}
