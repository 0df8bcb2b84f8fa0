import { graphql } from '@/gql';

/** A run as a line of a list shows it. */
export const RunLineFragment = graphql(`
  fragment RunLine on InferenceRun {
    id
    number
    state
    totalCount
    scoredCount
    failedCount
    skippedCount
    imagesPerSecond
    secondsLeft
    elapsedSeconds
    actualDevice
    requestedAt
    finishedAt
    modelVersion {
      id
      title
    }
    snapshot {
      id
      code
      cohort {
        id
        name
      }
    }
  }
`);

export const RunsQuery = graphql(`
  query Runs($slug: String!, $first: Int!, $after: String) {
    study(slug: $slug) {
      id
      slug
      name
      isSynthetic
      permissions {
        runInference
      }
      runs(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...RunLine
          }
        }
      }
    }
  }
`);
