import { graphql } from '@/gql';

export const TrainingOverlapImagesQuery = graphql(`
  query TrainingOverlapImages($input: ComparisonInput!) {
    comparison(input: $input) {
      trainingOverlaps {
        modelVersion {
          id
          title
        }
        images(first: 24) {
          totalCount
          edges {
            node {
              kind
              image {
                id
                code
                thumbnailUrl
                widthPx
                heightPx
              }
            }
          }
        }
      }
    }
  }
`);
