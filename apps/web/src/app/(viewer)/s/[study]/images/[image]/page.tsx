import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { imageListNamesQuery } from '@/images/image-row.query';
import { Viewer } from './viewer';
import { viewerPageQuery } from './viewer.query';

interface ViewerPageProps {
  params: Promise<{ study: string; image: string }>;
}

export async function generateMetadata({ params }: ViewerPageProps) {
  const { image } = await params;
  return { title: decodeURIComponent(image) };
}

export default async function ViewerPage({ params }: ViewerPageProps) {
  const { study: slug, image } = await params;
  const code = decodeURIComponent(image);
  const [{ data }, { data: named }] = await Promise.all([
    query({ query: viewerPageQuery, variables: { slug, code } }),
    query({ query: imageListNamesQuery, variables: { slug } }),
  ]);
  if (!data.study?.image || !named.study) notFound();
  return (
    <Viewer
      study={data.study}
      image={data.study.image}
      names={{
        cohorts: named.study.cohorts,
        versions: named.models.flatMap((model) => model.versions),
      }}
    />
  );
}
