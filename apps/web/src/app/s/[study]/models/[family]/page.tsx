import { notFound, permanentRedirect } from 'next/navigation';
import { addressText } from '@/images/change-address';
import { searchParamsOf, type PageSearchParams } from '@/images/search-params';
import { Crumb } from '@/ui/crumbs';
import { loadModels } from '../load-models';
import { ModelsView } from '../models-view';

interface FamilyPageProps {
  params: Promise<{ study: string; family: string }>;
  searchParams: Promise<PageSearchParams>;
}

/** Pages that stood where a family of their name would; links to them may have been kept. */
const movedPages = ['compare', 'history'];

export default async function FamilyPage({ params, searchParams }: FamilyPageProps) {
  const { study: slug, family: familyName } = await params;
  const registry = await loadModels(slug);
  const family = registry.models.find(({ name }) => name === decodeURIComponent(familyName));
  if (!family && movedPages.includes(familyName)) {
    const address = addressText(searchParamsOf(await searchParams));
    permanentRedirect(`/s/${slug}/models/-/${familyName}${address}`);
  }
  if (!family) notFound();
  return (
    <>
      <Crumb label={family.name} />
      <ModelsView slug={slug} {...registry} family={family} />
    </>
  );
}
