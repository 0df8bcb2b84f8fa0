import { graphql } from '@/gql';

export const patientsPageQuery = graphql(`
  query PatientsPage($slug: String!, $first: Int!, $after: String, $search: String) {
    study(slug: $slug) {
      id
      slug
      isSynthetic
      permissions {
        editRecords
        importImages
      }
      summary {
        patients
        lesions
        images
      }
      patients(first: $first, after: $after, search: $search) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            code
            sex
            ageYears
            skinType
            consent
            lesionCount
            imageCount
            createdAt
          }
        }
      }
    }
  }
`);

export const createPatientMutation = graphql(`
  mutation CreatePatient($input: CreatePatientInput!) {
    createPatient(input: $input) {
      id
      code
    }
  }
`);
