import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { RunPageQuery } from '@/runs/run-detail.query';
import { Crumb } from '@/ui/crumbs';
import { RunView } from './run-view';

interface RunPageProps {
  params: Promise<{ study: string; number: string }>;
}

export async function generateMetadata({ params }: RunPageProps) {
  return { title: `Run ${(await params).number}` };
}

export default async function RunPage({ params }: RunPageProps) {
  const { study: slug, number } = await params;
  // The API's Int has 31 bits; what is no run number is no page.
  if (!/^[1-9]\d{0,8}$/.test(number)) notFound();
  const { data } = await query({
    query: RunPageQuery,
    variables: { slug, number: Number(number) },
  });
  const { study } = data;
  if (!study?.run) notFound();
  return (
    <>
      <Crumb label={`Run ${number}`} />
      <RunView
        slug={slug}
        run={study.run}
        isSynthetic={study.isSynthetic}
        mayRun={study.permissions.runInference}
        mayEvaluate={study.permissions.evaluate}
      />
    </>
  );
}
