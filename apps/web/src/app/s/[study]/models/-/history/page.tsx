import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { Card } from '@/ui/card';
import { Crumb } from '@/ui/crumbs';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { PageLinks } from '@/ui/page-links';
import { AliasTimeline } from '../../alias-timeline';
import { AliasHistoryQuery } from '../../promotion.query';

export const metadata: Metadata = { title: 'Names and promotions' };

interface HistoryPageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<{ after?: string }>;
}

/** Every change of a name in this study, newest first. */
export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  const [{ study: slug }, { after }] = [await params, await searchParams];
  const { data } = await query({ query: AliasHistoryQuery, variables: { slug, after } });
  if (!data.study) notFound();
  const { aliasChanges, isSynthetic } = data.study;
  return (
    <>
      <Crumb label="Names and promotions" />
      <PageHeader
        title="Names and promotions"
        sub="Which version was champion, candidate or anything else in this study, and why."
        isSynthetic={isSynthetic}
      />
      <Card title="All changes" aside={countOf(aliasChanges.totalCount, 'change')}>
        {aliasChanges.totalCount === 0 ? (
          <EmptyState icon="star" title="No name yet">
            A version gets a name by Promote… on its page, with a reason and an evaluation.
          </EmptyState>
        ) : (
          <AliasTimeline slug={slug} changes={aliasChanges.edges.map(({ node }) => node)} />
        )}
      </Card>
      <PageLinks
        path={`/s/${slug}/models/-/history`}
        after={after}
        pageInfo={aliasChanges.pageInfo}
      />
    </>
  );
}
