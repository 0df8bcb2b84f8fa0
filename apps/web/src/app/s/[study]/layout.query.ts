import { graphql } from '@/gql';

export const ShellQuery = graphql(`
  query Shell($slug: String!) {
    viewer {
      id
      name
      isAdmin
    }
    studies {
      id
      slug
      name
      isSynthetic
    }
    models {
      id
    }
    study(slug: $slug) {
      id
      slug
      name
      isSynthetic
      viewerRole
      permissions {
        importImages
        seeMembers
      }
      summary {
        patients
        images
        cohorts
        activeRuns
      }
    }
  }
`);
