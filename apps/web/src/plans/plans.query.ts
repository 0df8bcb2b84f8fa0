import { graphql } from '@/gql';

export const PlanRulesFragment = graphql(`
  fragment PlanRules on AnalysisPlanRules {
    endpoint
    primaryTask
    snapshotId
    cohortId
    baselineVersionId
    candidateVersionIds
    threshold {
      kind
      value
      fromSnapshotId
    }
    margin
    alpha
    correction
    clustering
    minimumCell
  }
`);

export const AnalysisPlanFragment = graphql(`
  fragment AnalysisPlanFacts on AnalysisPlan {
    id
    version
    text
    sha256
    createdAt
    lockedAt
    createdBy {
      id
      name
    }
    lockedBy {
      id
      name
    }
    rules {
      ...PlanRules
    }
  }
`);

export const AnalysisPlansQuery = graphql(`
  query AnalysisPlans($slug: String!) {
    study(slug: $slug) {
      id
      slug
      name
      isSynthetic
      permissions {
        planAnalysis
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
      analysisPlans {
        ...AnalysisPlanFacts
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

export const SaveAnalysisPlanMutation = graphql(`
  mutation SaveAnalysisPlan($input: SaveAnalysisPlanInput!) {
    saveAnalysisPlan(input: $input) {
      id
      sha256
    }
  }
`);

export const LockAnalysisPlanMutation = graphql(`
  mutation LockAnalysisPlan($id: ID!, $sha256: String!) {
    lockAnalysisPlan(id: $id, sha256: $sha256) {
      id
      lockedAt
    }
  }
`);
