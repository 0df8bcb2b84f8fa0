import { graphql } from './gql/index.js';

export const EvaluationNumbers = graphql(`
  query EvaluationNumbers($id: ID!) {
    evaluation(id: $id) {
      id
      metricSet
      metricsVersion
      inputsHash
      snapshot {
        id
        code
        contentHash
        imageCount
        patientCount
      }
      versions {
        modelVersion {
          id
          title
          sha256
        }
        tasks {
          task
          positives
          negatives
          patients
          auc {
            value
            low
            high
            method
            undefinedReason
          }
        }
        segmentation {
          images
          meanJaccard {
            value
            low
            high
            method
            undefinedReason
          }
        }
      }
    }
  }
`);
