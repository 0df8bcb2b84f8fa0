import { graphql } from '@/gql';

export const importFragment = graphql(`
  fragment ImportOnPage on Import {
    id
    state
    duplicates
    doneCount
    totalCount
    uploadedFiles
    failure
    reason
    createdAt
    finishedAt
    uploadUrl
    createdBy {
      id
      name
    }
    report {
      imagesRead
      masksRead
      imagesToAdd
      masksToAdd
      lesionsToAdd
      patientsToAdd
      diagnosesToAdd
      skipped
      duplicates
      withError
      withWarning
      withoutMask
      metadataRemoved
      locationRemoved
      isSynthetic
      problems {
        severity
        code
        subject
        message
        fix
        examples
        count
      }
    }
  }
`);

export const importPageQuery = graphql(`
  query ImportPage($id: ID!) {
    import(id: $id) {
      ...ImportOnPage
      study {
        id
        slug
        isSynthetic
        permissions {
          importImages
        }
      }
    }
  }
`);

export const importStateQuery = graphql(`
  query ImportState($id: ID!) {
    import(id: $id) {
      ...ImportOnPage
    }
  }
`);

export const checkImportMutation = graphql(`
  mutation CheckImport($id: ID!) {
    checkImport(id: $id) {
      ...ImportOnPage
    }
  }
`);

export const applyImportMutation = graphql(`
  mutation ApplyImport($input: ApplyImportInput!) {
    applyImport(input: $input) {
      ...ImportOnPage
    }
  }
`);

export const discardImportMutation = graphql(`
  mutation DiscardImport($id: ID!) {
    discardImport(id: $id) {
      ...ImportOnPage
    }
  }
`);
