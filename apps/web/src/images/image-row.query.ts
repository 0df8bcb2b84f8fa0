import { graphql } from '@/gql';

/** What a list shows of one image. */
export const imageRowFragment = graphql(`
  fragment ImageRow on Image {
    id
    code
    thumbnailUrl
    widthPx
    heightPx
    quality
    lesion {
      id
      code
      anatomicSite
      patient {
        id
        code
        sex
        ageYears
      }
      diagnosis {
        id
        diagnosis
        method
      }
    }
    referenceMask {
      id
      url
      widthPx
      heightPx
    }
    predictions {
      id
      modelVersion {
        id
        title
      }
      scores {
        task
        probability
      }
      mask {
        url
        widthPx
        heightPx
      }
      agreement {
        jaccard
      }
    }
  }
`);

/** What the names in an image list's address can mean. */
export const imageListNamesQuery = graphql(`
  query ImageListNames($slug: String!) {
    study(slug: $slug) {
      id
      cohorts {
        id
        name
      }
    }
    models {
      id
      name
      versions {
        id
        title
        version
        tasks
        hasMask
        createdAt
        model {
          id
          name
        }
      }
    }
  }
`);
