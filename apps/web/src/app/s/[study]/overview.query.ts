import { graphql } from '@/gql';

export const OverviewQuery = graphql(`
  query Overview($slug: String!) {
    study(slug: $slug) {
      id
      slug
      name
      protocol
      isSynthetic
      permissions {
        importImages
        runInference
        evaluate
      }
      summary {
        patients
        lesions
        images
        acceptedImages
        imagesWithDiagnosis
        imagesWithMask
        cohorts
        runs
        activeRuns
      }
      runs(first: 4) {
        totalCount
        edges {
          node {
            ...RunLine
          }
        }
      }
      aliases {
        name
        modelVersion {
          id
        }
      }
      evaluations(first: 1) {
        edges {
          node {
            id
            createdAt
            metricSet
            metricsVersion
            snapshot {
              id
              code
              imageCount
              patientCount
              diagnosisCounts {
                value
                count
              }
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
                version
                model {
                  id
                  name
                }
              }
              tasks {
                task
                positives
                negatives
                auc {
                  ...EstimateFacts
                }
              }
              segmentation {
                images
                meanJaccard {
                  ...EstimateFacts
                }
              }
            }
          }
        }
      }
    }
  }
`);

export const EstimateFactsFragment = graphql(`
  fragment EstimateFacts on Estimate {
    value
    low
    high
    level
    method
    undefinedReason
    intervalUndefinedReason
  }
`);
