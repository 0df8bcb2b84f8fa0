import { graphql } from '@/gql';

export const patientPageQuery = graphql(`
  query PatientPage($slug: String!, $code: String!) {
    study(slug: $slug) {
      id
      slug
      isSynthetic
      permissions {
        editRecords
      }
      patient(code: $code) {
        id
        code
        sex
        ageYears
        skinType
        consent
        revision
        createdAt
        lesionCount
        imageCount
        lesions {
          id
          code
          anatomicSite
          diagnosisHistory {
            id
            version
            diagnosis
            method
            reason
            createdAt
            supersededAt
            author {
              id
              name
            }
          }
          images {
            id
            code
            thumbnailUrl
            widthPx
            heightPx
            quality
            dayOfStudy
          }
        }
      }
    }
  }
`);

export const updatePatientMutation = graphql(`
  mutation UpdatePatient($input: UpdatePatientInput!) {
    updatePatient(input: $input) {
      id
      code
      consent
      revision
    }
  }
`);

export const createLesionMutation = graphql(`
  mutation CreateLesion($input: CreateLesionInput!) {
    createLesion(input: $input) {
      id
      code
    }
  }
`);
