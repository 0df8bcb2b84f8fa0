import { graphql } from '@/gql';

export const PlainLayoutQuery = graphql(`
  query PlainLayout {
    viewer {
      id
      name
      isAdmin
    }
  }
`);
