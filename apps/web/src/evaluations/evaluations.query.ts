import { graphql } from '@/gql';

export const EvaluationsQuery = graphql(`
  query Evaluations($slug: String!, $first: Int!, $after: String) {
    study(slug: $slug) {
      id
      slug
      name
      isSynthetic
      permissions {
        evaluate
        runInference
      }
      cohorts {
        id
        name
        snapshots {
          id
          code
          imageCount
          createdAt
        }
      }
      evaluations(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            purpose
            createdAt
            createdBy {
              id
              name
            }
            snapshot {
              id
              code
              imageCount
              cohort {
                id
                name
              }
            }
            versions {
              slot
              modelVersion {
                id
                title
              }
              tasks {
                task
                auc {
                  ...EstimateFacts
                }
              }
              segmentation {
                meanJaccard {
                  ...EstimateFacts
                }
              }
            }
          }
        }
      }
    }
    models {
      id
      name
      versions {
        id
        title
        createdAt
      }
    }
  }
`);

export const CreateEvaluationMutation = graphql(`
  mutation CreateEvaluation($input: CreateEvaluationInput!) {
    createEvaluation(input: $input) {
      id
    }
  }
`);
