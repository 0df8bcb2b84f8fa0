import type { OverviewQuery } from '@/gql/graphql';
import { RunList } from '@/runs/run-list';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { formatCount } from '@/ui/format';
import { Link } from '@/ui/link';

interface LatestRunsProps {
  slug: string;
  runs: NonNullable<OverviewQuery['study']>['runs'];
}

export function LatestRuns({ slug, runs }: LatestRunsProps) {
  return (
    <Card
      title="Latest runs"
      actions={
        runs.totalCount > 0 ? (
          <Link href={`/s/${slug}/runs`}>
            {runs.totalCount === 1 ? 'Open runs' : `All ${formatCount(runs.totalCount)} runs`}
          </Link>
        ) : undefined
      }
    >
      {runs.totalCount === 0 ? (
        <EmptyState icon="play" title="No run yet">
          A run lets one model version score the images of a cohort: a mask and two scores for each.
        </EmptyState>
      ) : (
        <RunList slug={slug} runs={runs.edges.map(({ node }) => node)} />
      )}
    </Card>
  );
}
