import { graphql } from '@/gql';

/** What the words of the address can mean, and what the study has fixed beforehand. */
export const CompareNamesQuery = graphql(`
  query CompareNames($slug: String!) {
    study(slug: $slug) {
      id
      slug
      name
      isSynthetic
      permissions {
        evaluate
        runInference
        planAnalysis
        promoteModels
      }
      aliases {
        ...AliasLine
      }
      cohorts {
        id
        name
        snapshots {
          id
          code
          imageCount
          patientCount
          createdAt
        }
      }
      analysisPlan {
        id
        version
        lockedAt
        rules {
          ...PlanRules
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
        tasks
        hasMask
        createdAt
        model {
          id
          name
        }
      }
    }
  }
`);

export const CoverageQuery = graphql(`
  query SnapshotCoverage($snapshotId: ID!, $modelVersionIds: [ID!]!) {
    coverage(snapshotId: $snapshotId, modelVersionIds: $modelVersionIds) {
      scored
      missing
      modelVersion {
        id
        title
      }
    }
  }
`);
