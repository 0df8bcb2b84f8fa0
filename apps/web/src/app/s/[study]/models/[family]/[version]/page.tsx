import { notFound } from 'next/navigation';
import { Crumb } from '@/ui/crumbs';
import { loadModels } from '../../load-models';
import { ModelsView } from '../../models-view';

interface VersionPageProps {
  params: Promise<{ study: string; family: string; version: string }>;
}

export async function generateMetadata({ params }: VersionPageProps) {
  const { family, version } = await params;
  return { title: `${decodeURIComponent(family)} ${decodeURIComponent(version)}` };
}

export default async function VersionPage({ params }: VersionPageProps) {
  const { study: slug, family: familyName, version: versionName } = await params;
  const registry = await loadModels(slug);
  const family = registry.models.find(({ name }) => name === decodeURIComponent(familyName));
  const version = family?.versions.find((one) => one.version === decodeURIComponent(versionName));
  if (!family || !version) notFound();
  return (
    <>
      <Crumb label={version.title} />
      <ModelsView slug={slug} {...registry} family={family} version={version} />
    </>
  );
}
