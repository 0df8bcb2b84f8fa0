import type { OverviewQuery } from '@/gql/graphql';

export type StudySummary = NonNullable<OverviewQuery['study']>['summary'];
