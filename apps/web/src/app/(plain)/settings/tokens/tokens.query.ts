import { graphql } from '@/gql';

export const TokensQuery = graphql(`
  query Tokens {
    viewer {
      id
      apiTokens {
        id
        name
        prefix
        scope
        isLimited
        studies {
          id
          name
        }
        createdAt
        expiresAt
        lastUsedAt
        revokedAt
      }
    }
    studies {
      id
      name
    }
  }
`);

export const CreateApiTokenMutation = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      secret
      token {
        id
        name
      }
    }
  }
`);

export const RevokeApiTokenMutation = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id) {
      id
      revokedAt
    }
  }
`);
