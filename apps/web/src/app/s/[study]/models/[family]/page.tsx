import { notFound } from 'next/navigation';
import { Crumb } from '@/ui/crumbs';
import { loadModels } from '../load-models';
import { ModelsView } from '../models-view';

interface FamilyPageProps {
  params: Promise<{ study: string; family: string }>;
}

export default async function FamilyPage({ params }: FamilyPageProps) {
  const { study: slug, family: familyName } = await params;
  const registry = await loadModels(slug);
  const family = registry.models.find(({ name }) => name === decodeURIComponent(familyName));
  if (!family) notFound();
  return (
    <>
      <Crumb label={family.name} />
      <ModelsView slug={slug} {...registry} family={family} />
    </>
  );
}
