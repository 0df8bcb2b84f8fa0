import { graphql } from '@/gql';

export const SnapshotFragment = graphql(`
  fragment SnapshotLine on CohortSnapshot {
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
    createdBy {
      id
      name
    }
    cohort {
      id
      name
    }
  }
`);

export const CohortsQuery = graphql(`
  query Cohorts($slug: String!) {
    study(slug: $slug) {
      id
      name
      isSynthetic
      permissions {
        buildCohorts
      }
      summary {
        images
        acceptedImages
      }
      cohorts {
        id
        name
        createdAt
        imageCount
        patientCount
        snapshots {
          id
          code
          createdAt
        }
      }
    }
  }
`);

export const CohortQuery = graphql(`
  query CohortPage($slug: String!, $id: ID!) {
    study(slug: $slug) {
      id
      name
      isSynthetic
      permissions {
        buildCohorts
        runInference
        evaluate
      }
      cohort(id: $id) {
        id
        name
        filter
        createdAt
        imageCount
        patientCount
        createdBy {
          id
          name
        }
        snapshots {
          ...SnapshotLine
        }
      }
    }
    models {
      id
      name
      versions {
        id
        title
        version
        createdAt
      }
    }
  }
`);

export const ScoredCountsQuery = graphql(`
  query ScoredCounts($slug: String!, $cohortId: ID!, $modelVersionId: ID!) {
    study(slug: $slug) {
      id
      cohort(id: $cohortId) {
        id
        snapshots {
          id
          scoredCount(modelVersionId: $modelVersionId)
        }
      }
    }
  }
`);

export const NewCohortMutation = graphql(`
  mutation NewCohort($input: CreateCohortInput!) {
    createCohort(input: $input) {
      id
    }
  }
`);

export const TakeSnapshotMutation = graphql(`
  mutation TakeSnapshot($cohortId: ID!) {
    createSnapshot(cohortId: $cohortId) {
      id
      code
      imageCount
    }
  }
`);

export const ScoreSnapshotMutation = graphql(`
  mutation ScoreSnapshot($input: RequestInferenceInput!) {
    requestInference(input: $input) {
      id
      number
    }
  }
`);
