import { graphql } from '@/gql';

export const ComparisonFactsFragment = graphql(`
  fragment ComparisonFacts on Comparison {
    inputsHash
    question
    method {
      metricSet
      metricsVersion
      clustering
      correction
      level
      alpha
      margin
      minimumCell
      replicates
      seed
      sentence
    }
    imageSet {
      snapshotImages
      images
      patients
      mostImagesPerPatient
      isFiltered
      sha256
      sentence
      leftOut {
        reason
        images
      }
    }
    snapshot {
      id
      code
      contentHash
      createdAt
      imageCount
      cohort {
        id
        name
      }
    }
    versions {
      slot
      isBaseline
      tasks
      hasMasks
      absence
      modelVersion {
        id
        title
        version
        sha256
        model {
          id
          name
        }
      }
    }
    headline {
      verdict
      task
      sentence
      modelVersion {
        id
        title
      }
    }
    tasks {
      ...TaskComparisonFacts
    }
    segmentation {
      ...SegmentationComparisonFacts
    }
    withoutTrainingOverlap {
      leftOut
      images
      tasks {
        task
        positives
        negatives
        differences {
          ...DifferenceFacts
        }
      }
    }
    trainingOverlaps {
      isDeclared
      counts {
        total
        sameFile
        sameCode
        sameLesion
        samePatient
      }
      modelVersion {
        id
        title
      }
    }
    referenceChanges {
      diagnoses
      masks
    }
  }
`);

export const DifferenceFactsFragment = graphql(`
  fragment DifferenceFacts on VersionDifference {
    slot
    p
    adjustedP
    tests
    verdict
    sentence
    difference {
      ...EstimateFacts
    }
    nonInferiority {
      margin
      p
      lower
      holds
    }
  }
`);

export const ComparisonQuery = graphql(`
  query CompareVersions($input: ComparisonInput!) {
    comparison(input: $input) {
      ...ComparisonFacts
    }
  }
`);
