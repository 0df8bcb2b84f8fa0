import { graphql } from '@/gql';

export const ComparedImageFragment = graphql(`
  fragment ComparedImageFacts on ComparedImage {
    position
    diagnosis
    referenceLabel
    change
    disagreement
    answers {
      slot
      score
      threshold
      isCalled
      jaccard
    }
    image {
      id
      code
      thumbnailUrl
      widthPx
      heightPx
      lesion {
        id
        anatomicSite
        patient {
          id
          sex
          ageYears
        }
      }
      referenceMask {
        id
        url
        widthPx
        heightPx
      }
      predictions {
        id
        modelVersion {
          id
          title
        }
        mask {
          url
          widthPx
          heightPx
        }
      }
    }
  }
`);

export const ChangedImagesQuery = graphql(`
  query ChangedImages(
    $input: ComparisonInput!
    $task: Task!
    $modelVersionId: ID!
    $changes: [CallChange!]
    $first: Int!
  ) {
    comparison(input: $input) {
      changedImages(
        task: $task
        modelVersionId: $modelVersionId
        changes: $changes
        first: $first
      ) {
        totalCount
        edges {
          node {
            ...ComparedImageFacts
          }
        }
      }
    }
  }
`);

export const DisagreementsQuery = graphql(`
  query Disagreements(
    $input: ComparisonInput!
    $order: DisagreementOrder!
    $task: Task
    $modelVersionId: ID!
    $first: Int!
  ) {
    comparison(input: $input) {
      disagreements(order: $order, task: $task, modelVersionId: $modelVersionId, first: $first) {
        totalCount
        edges {
          node {
            ...ComparedImageFacts
          }
        }
      }
    }
  }
`);

export const FrozenChangedImagesQuery = graphql(`
  query FrozenChangedImages(
    $id: ID!
    $task: Task!
    $modelVersionId: ID!
    $changes: [CallChange!]
    $first: Int!
  ) {
    evaluation(id: $id) {
      id
      comparison {
        changedImages(
          task: $task
          modelVersionId: $modelVersionId
          changes: $changes
          first: $first
        ) {
          totalCount
          edges {
            node {
              ...ComparedImageFacts
            }
          }
        }
      }
    }
  }
`);

export const FrozenDisagreementsQuery = graphql(`
  query FrozenDisagreements(
    $id: ID!
    $order: DisagreementOrder!
    $task: Task
    $modelVersionId: ID!
    $first: Int!
  ) {
    evaluation(id: $id) {
      id
      comparison {
        disagreements(order: $order, task: $task, modelVersionId: $modelVersionId, first: $first) {
          totalCount
          edges {
            node {
              ...ComparedImageFacts
            }
          }
        }
      }
    }
  }
`);
