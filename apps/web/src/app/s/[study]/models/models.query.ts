import { graphql } from '@/gql';

export const ModelsQuery = graphql(`
  query Models($slug: String!) {
    study(slug: $slug) {
      id
      name
      isSynthetic
      permissions {
        registerModels
        promoteModels
      }
      aliases {
        ...AliasLine
      }
      evaluations(first: 20) {
        edges {
          node {
            id
            createdAt
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
        ...ModelVersionLine
      }
    }
  }
`);

export const ModelVersionFragment = graphql(`
  fragment ModelVersionLine on ModelVersion {
    id
    version
    title
    origin
    sha256
    sizeBytes
    tasks
    hasMask
    inputHeightPx
    inputWidthPx
    fit
    maskThreshold
    licence
    trainingData
    trainingListCount
    manifest
    card
    endpoint {
      url
      model
      version
      tokenVariable
      connectTimeoutMs
      answerTimeoutMs
      concurrency
      maxBatch
    }
    createdAt
    registeredBy {
      id
      name
    }
    checks {
      name
      title
      passed
      detail
      expected
      found
    }
  }
`);

export const AliasLineFragment = graphql(`
  fragment AliasLine on ModelAlias {
    name
    revision
    modelVersion {
      id
      title
    }
  }
`);

export const AliasChangeFragment = graphql(`
  fragment AliasChangeLine on AliasChange {
    id
    name
    reason
    createdAt
    changedBy {
      id
      name
    }
    fromVersion {
      id
      title
    }
    toVersion {
      id
      title
    }
    evaluation {
      id
      snapshot {
        id
        code
      }
    }
  }
`);

export const RegisterModelVersionMutation = graphql(`
  mutation RegisterModelVersion($input: RegisterModelVersionInput!) {
    registerModelVersion(input: $input) {
      id
      version
      title
      model {
        id
        name
      }
      checks {
        name
        title
        passed
        detail
        expected
        found
      }
    }
  }
`);
