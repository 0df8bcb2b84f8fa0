import { graphql } from '@/gql';

export const setDiagnosisMutation = graphql(`
  mutation SetReferenceDiagnosis($input: SetReferenceDiagnosisInput!) {
    setReferenceDiagnosis(input: $input) {
      id
      diagnosis {
        id
        version
      }
    }
  }
`);
