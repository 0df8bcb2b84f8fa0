import { graphql } from '@/gql';

export const StudiesQuery = graphql(`
  query Studies {
    viewer {
      id
      isAdmin
    }
    studies {
      id
      slug
      name
      protocol
      isSynthetic
      viewerRole
      summary {
        patients
        images
        activeRuns
      }
    }
  }
`);

export const CreateStudyMutation = graphql(`
  mutation CreateStudy($input: CreateStudyInput!) {
    createStudy(input: $input) {
      id
      slug
    }
  }
`);
