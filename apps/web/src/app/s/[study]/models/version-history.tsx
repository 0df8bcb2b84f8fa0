import { query } from '@/apollo/server';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { LinkButton } from '@/ui/link-button';
import { AliasTimeline } from './alias-timeline';
import type { Version } from './load-models';
import { MetricsCard } from './metrics-card';
import { VersionHistoryQuery } from './promotion.query';

/** What has become of a version in this study: its numbers over time, and its names with the reasons. */
export async function VersionHistory({ slug, version }: { slug: string; version: Version }) {
  const variables = { slug, version: version.id };
  const { data } = await query({ query: VersionHistoryQuery, variables });
  if (!data.study) return null;
  const { evaluations, aliasChanges } = data.study;
  return (
    <>
      <MetricsCard slug={slug} version={version} evaluations={evaluations} />
      <Card
        title="Names and promotions"
        aside={
          aliasChanges.totalCount > aliasChanges.edges.length
            ? `the last ${aliasChanges.edges.length} of ${aliasChanges.totalCount}`
            : countOf(aliasChanges.totalCount, 'change')
        }
        actions={
          <LinkButton size="small" href={`/s/${slug}/models/-/history`}>
            Whole history
          </LinkButton>
        }
      >
        {aliasChanges.edges.length === 0 ? (
          <EmptyState icon="star" title="No name yet">
            {version.title} was neither champion nor candidate nor anything else in this study.
          </EmptyState>
        ) : (
          <AliasTimeline slug={slug} changes={aliasChanges.edges.map(({ node }) => node)} />
        )}
      </Card>
    </>
  );
}
