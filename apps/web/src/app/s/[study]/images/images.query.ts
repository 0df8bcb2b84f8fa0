import { graphql } from '@/gql';

export const imagesPageQuery = graphql(`
  query ImagesPage($slug: String!, $first: Int!, $filter: ImageFilter, $sort: ImageSort) {
    study(slug: $slug) {
      id
      slug
      name
      isSynthetic
      permissions {
        buildCohorts
        runInference
        importImages
      }
      summary {
        images
      }
      images(first: $first, filter: $filter, sort: $sort) {
        totalCount
        patientCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...ImageRow
          }
        }
      }
      imageFacets(filter: $filter) {
        field
        values {
          value
          count
        }
      }
    }
  }
`);

export const moreImagesQuery = graphql(`
  query MoreImages(
    $slug: String!
    $first: Int!
    $after: String
    $filter: ImageFilter
    $sort: ImageSort
  ) {
    study(slug: $slug) {
      id
      images(first: $first, after: $after, filter: $filter, sort: $sort) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...ImageRow
          }
        }
      }
    }
  }
`);

/** How many images a list would have under another filter. */
export const imageCountQuery = graphql(`
  query ImageCount($slug: String!, $filter: ImageFilter) {
    study(slug: $slug) {
      id
      images(first: 1, filter: $filter) {
        totalCount
      }
    }
  }
`);

export const createCohortMutation = graphql(`
  mutation CreateCohort($input: CreateCohortInput!) {
    createCohort(input: $input) {
      id
      name
      imageCount
    }
  }
`);

export const createSnapshotMutation = graphql(`
  mutation CreateSnapshotForRun($cohortId: ID!) {
    createSnapshot(cohortId: $cohortId) {
      id
      imageCount
    }
  }
`);

export const requestInferenceMutation = graphql(`
  mutation RequestInference($input: RequestInferenceInput!) {
    requestInference(input: $input) {
      id
      number
      state
    }
  }
`);
