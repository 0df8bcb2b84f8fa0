import { graphql } from './gql/index.js';

export const Snapshots = graphql(`
  query Snapshots($slug: String!) {
    study(slug: $slug) {
      id
      cohorts {
        id
        name
        snapshots {
          id
          code
        }
      }
    }
  }
`);
