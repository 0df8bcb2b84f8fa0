import { graphql } from '@/gql';

export const PlanningNamesQuery = graphql(`
  query PlanningNames($slug: String!) {
    study(slug: $slug) {
      id
      isSynthetic
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
    }
    models {
      id
      versions {
        id
        title
        tasks
      }
    }
  }
`);

export const PlanningPilotQuery = graphql(`
  query PlanningPilot($input: PlanningPilotInput!) {
    planningPilot(input: $input) {
      positives
      negatives
      patients
      withoutReference
      imagesPerPatient
      imagesPerPatientCv
      ratio
      auc
      baselineAuc
      difference
      v10
      v01
      designEffect
      undefinedReason
    }
  }
`);

export const StudySizeFragment = graphql(`
  fragment StudySize on StudySizePlan {
    positives
    negatives
    images
    power
    designEffect
    method
    curve {
      positives
      negatives
      power
    }
  }
`);

export const PlanSingleQuery = graphql(`
  query PlanSingle($input: PlanSingleAucInput!) {
    planSingleAuc(input: $input) {
      ...StudySize
    }
  }
`);

export const PlanPairedQuery = graphql(`
  query PlanPaired($input: PlanPairedAucInput!) {
    planPairedAuc(input: $input) {
      ...StudySize
    }
  }
`);
