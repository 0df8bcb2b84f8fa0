import { graphql } from '@/gql';

export const viewerImageFragment = graphql(`
  fragment ViewerImage on Image {
    id
    code
    url
    thumbnailUrl
    widthPx
    heightPx
    sizeBytes
    modality
    dayOfStudy
    quality
    qualityNote
    revision
    copyNumber
    source
    licence
    attribution
    lesion {
      ...ViewerLesion
    }
    referenceMask {
      id
      version
      url
      widthPx
      heightPx
      createdAt
      author {
        id
        name
      }
    }
    predictions {
      id
      createdAt
      device
      modelVersion {
        id
        title
        version
        model {
          id
          name
        }
      }
      scores {
        task
        probability
      }
      mask {
        url
        widthPx
        heightPx
        areaShare
      }
      agreement {
        jaccard
        dice
      }
    }
  }
`);

export const viewerLesionFragment = graphql(`
  fragment ViewerLesion on Lesion {
    id
    code
    anatomicSite
    diagnosisHistory {
      id
      version
      diagnosis
      method
      reason
      createdAt
      supersededAt
      author {
        id
        name
      }
    }
    patient {
      id
      code
      sex
      ageYears
      skinType
      consent
      lesionCount
      imageCount
      lesions {
        id
        images {
          id
          code
          thumbnailUrl
          widthPx
          heightPx
        }
      }
    }
  }
`);

export const viewerPageQuery = graphql(`
  query ViewerPage($slug: String!, $code: String!) {
    study(slug: $slug) {
      id
      slug
      name
      isSynthetic
      permissions {
        editRecords
        runInference
      }
      image(code: $code) {
        ...ViewerImage
      }
    }
  }
`);

export const viewerImageQuery = graphql(`
  query ViewerImageByCode($slug: String!, $code: String!) {
    study(slug: $slug) {
      id
      image(code: $code) {
        ...ViewerImage
      }
    }
  }
`);

export const filmQuery = graphql(`
  query Film($slug: String!, $first: Int!, $after: String, $filter: ImageFilter, $sort: ImageSort) {
    study(slug: $slug) {
      id
      images(first: $first, after: $after, filter: $filter, sort: $sort) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            code
            url
            thumbnailUrl
          }
        }
      }
    }
  }
`);

export const updateImageMutation = graphql(`
  mutation UpdateImage($input: UpdateImageInput!) {
    updateImage(input: $input) {
      id
      revision
    }
  }
`);

export const scoreImageMutation = graphql(`
  mutation ScoreImage($input: RequestInferenceInput!) {
    requestInference(input: $input) {
      id
      number
      state
    }
  }
`);

export const scoreProgressSubscription = graphql(`
  subscription ScoreProgress($id: ID!) {
    runProgress(id: $id) {
      id
      state
      failure
      failures {
        reason
        title
        hint
      }
    }
  }
`);

export const scoreProgressQuery = graphql(`
  query ScoreState($id: ID!) {
    inferenceRun(id: $id) {
      id
      state
      failure
      failures {
        reason
        title
        hint
      }
    }
  }
`);
