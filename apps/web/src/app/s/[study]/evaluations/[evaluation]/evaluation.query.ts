import { graphql } from '@/gql';

export const EvaluationQuery = graphql(`
  query EvaluationPage($slug: String!, $id: ID!) {
    study(slug: $slug) {
      id
      name
      isSynthetic
      permissions {
        promoteModels
      }
      aliases {
        ...AliasLine
      }
    }
    evaluation(id: $id) {
      id
      purpose
      question
      plan {
        id
        version
        lockedAt
      }
      comparison {
        ...ComparisonFacts
      }
      metricSet
      metricsVersion
      inputsHash
      createdAt
      createdBy {
        id
        name
      }
      study {
        id
        slug
      }
      snapshot {
        id
        code
        contentHash
        imageCount
        patientCount
        imagesWithMask
        createdAt
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
          sha256
          model {
            id
            name
          }
        }
        tasks {
          task
          positives
          negatives
          patients
          withoutReference
          auc {
            ...EstimateFacts
          }
          roc {
            falsePositives
            truePositives
            falsePositiveRate
            truePositiveRate
            threshold
          }
        }
        segmentation {
          images
          patients
          withoutReference
          undefinedCount
          medianJaccard
          below065
          meanJaccard {
            ...EstimateFacts
          }
          meanDice {
            ...EstimateFacts
          }
          histogram {
            from
            to
            count
          }
        }
      }
    }
  }
`);

export const EvaluationImagesQuery = graphql(`
  query EvaluationImages(
    $id: ID!
    $modelVersionId: ID!
    $first: Int!
    $after: String
    $sort: EvaluationImageSort
  ) {
    evaluation(id: $id) {
      id
      images(first: $first, after: $after, modelVersionId: $modelVersionId, sort: $sort) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            patientCode
            diagnosis
            jaccard
            scores {
              task
              probability
              referenceLabel
              error
            }
            image {
              id
              code
              thumbnailUrl
            }
          }
        }
      }
    }
  }
`);

export const CheckEvaluationQuery = graphql(`
  query CheckEvaluation($id: ID!) {
    checkEvaluation(id: $id) {
      isReproduced
      compared
      differenceCount
      failure
      frozenMetricsVersion
      metricsVersion
      differences {
        path
        frozen
        recomputed
      }
      referenceChanges {
        diagnoses
        masks
      }
    }
  }
`);
