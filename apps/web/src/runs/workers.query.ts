import { graphql } from '@/gql';

/** The workers that live; none for who may not run inference. */
export const WorkersQuery = graphql(`
  query Workers {
    workers {
      id
      host
      startedAt
      lastSeenAt
      memoryMb
      sessions {
        device
        memoryMb
        lastUsedAt
        modelVersion {
          id
          title
        }
      }
    }
  }
`);
