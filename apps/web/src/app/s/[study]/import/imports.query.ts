import { graphql } from '@/gql';

export const importsPageQuery = graphql(`
  query ImportsPage($slug: String!, $first: Int!, $after: String) {
    study(slug: $slug) {
      id
      slug
      isSynthetic
      permissions {
        importImages
      }
      imports(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            state
            uploadedFiles
            reason
            failure
            createdAt
            finishedAt
            createdBy {
              id
              name
            }
            report {
              imagesToAdd
              masksToAdd
              patientsToAdd
            }
          }
        }
      }
    }
  }
`);

export const createImportMutation = graphql(`
  mutation CreateImport($input: CreateImportInput!) {
    createImport(input: $input) {
      id
    }
  }
`);
