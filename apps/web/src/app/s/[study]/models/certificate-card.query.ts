import { graphql } from '@/gql';

export const VersionCertificatesQuery = graphql(`
  query VersionCertificates($name: String!, $version: String!) {
    modelVersion(name: $name, version: $version) {
      id
      certificates {
        id
        passed
        imageCount
        images
        imagesHash
        threshold
        createdAt
        machine {
          system
          processor
          cores
          runtime
        }
        repetition {
          ...DeviceComparisonLine
        }
        devices {
          ...DeviceComparisonLine
        }
      }
    }
  }
`);

export const DeviceComparisonFragment = graphql(`
  fragment DeviceComparisonLine on DeviceComparison {
    device
    deviceNote
    msPerImage
    passed
    tasks {
      task
      median
      q99
      largest
      callsChanged
      ranksChanged
      referenceAuc
      auc
    }
    mask {
      median
      q99
      largest
      masksChanged
      pixelsChanged
      pixelsCompared
    }
  }
`);
