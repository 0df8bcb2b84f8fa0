import type { Metadata } from 'next';
import { loadModels } from './load-models';
import { ModelsView } from './models-view';

export const metadata: Metadata = { title: 'Models' };

export default async function ModelsPage({ params }: { params: Promise<{ study: string }> }) {
  const { study: slug } = await params;
  const registry = await loadModels(slug);
  return <ModelsView slug={slug} {...registry} family={registry.models[0]} />;
}
