import { graphql } from '@/gql';

export const RunningJobsQuery = graphql(`
  query RunningJobs($slug: String!) {
    study(slug: $slug) {
      id
      runs(first: 10) {
        edges {
          node {
            id
            number
            state
            totalCount
            scoredCount
            failedCount
            skippedCount
          }
        }
      }
    }
  }
`);
