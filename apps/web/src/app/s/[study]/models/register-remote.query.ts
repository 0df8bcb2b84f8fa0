import { graphql } from '@/gql';

export const RegisterRemoteModelVersionMutation = graphql(`
  mutation RegisterRemoteModelVersion($input: RegisterRemoteModelVersionInput!) {
    registerRemoteModelVersion(input: $input) {
      id
      version
      title
      model {
        id
        name
      }
    }
  }
`);
