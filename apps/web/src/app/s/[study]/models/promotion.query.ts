import { graphql } from '@/gql';

/** What has become of one version in one study: its evaluations and its names. */
export const VersionHistoryQuery = graphql(`
  query VersionHistory($slug: String!, $version: ID!) {
    study(slug: $slug) {
      id
      evaluations(first: 20, modelVersionId: $version) {
        totalCount
        edges {
          node {
            id
            createdAt
            purpose
            snapshot {
              id
              code
              cohort {
                id
                name
              }
            }
            versions {
              modelVersion {
                id
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
      aliasChanges(first: 20, modelVersionId: $version) {
        totalCount
        edges {
          node {
            ...AliasChangeLine
          }
        }
      }
    }
  }
`);

export const AliasHistoryQuery = graphql(`
  query AliasHistory($slug: String!, $after: String) {
    study(slug: $slug) {
      id
      isSynthetic
      aliasChanges(first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...AliasChangeLine
          }
        }
      }
    }
  }
`);

/** The evaluations that may justify a promotion. */
export const PromotionEvidenceQuery = graphql(`
  query PromotionEvidence($slug: String!, $version: ID!) {
    study(slug: $slug) {
      id
      evaluations(first: 50, modelVersionId: $version) {
        edges {
          node {
            id
            createdAt
            purpose
            snapshot {
              id
              code
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
            }
            comparison {
              tasks {
                task
                differences {
                  sentence
                  verdict
                  modelVersion {
                    id
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);

export const PromotionLeakageQuery = graphql(`
  query PromotionLeakage($evaluation: ID!, $versions: [ID!]!) {
    evaluation(id: $evaluation) {
      id
      snapshot {
        id
        imageCount
        trainingOverlap(modelVersionIds: $versions) {
          isDeclared
          modelVersion {
            id
            title
          }
          counts {
            sameFile
            sameCode
            sameLesion
            samePatient
            total
          }
        }
      }
    }
  }
`);

export const SetModelAliasMutation = graphql(`
  mutation SetModelAlias($input: SetModelAliasInput!) {
    setModelAlias(input: $input) {
      name
      revision
    }
  }
`);

export const RemoveModelAliasMutation = graphql(`
  mutation RemoveModelAlias($input: RemoveModelAliasInput!) {
    removeModelAlias(input: $input) {
      id
    }
  }
`);
