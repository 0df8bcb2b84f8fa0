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

export const TaskComparisonFactsFragment = graphql(`
  fragment TaskComparisonFacts on TaskComparison {
    task
    positives
    negatives
    patients
    patientsWithPositive
    patientsWithNegative
    withoutReference
    notEstimated
    withoutScores {
      id
      title
    }
    versions {
      ...VersionTaskFacts
    }
    differences {
      ...DifferenceFacts
    }
    omnibus {
      chiSquare
      df
      p
      undefinedReason
    }
    subgroups {
      attribute
      levels {
        level
        positives
        negatives
        patients
        notEstimated
        versions {
          slot
          auc {
            ...EstimateFacts
          }
          difference {
            ...EstimateFacts
          }
        }
      }
      interactions {
        slot
        auc {
          method
          p
          undefinedReason
        }
        difference {
          method
          p
          undefinedReason
        }
      }
    }
    changedCalls {
      ...ChangedCallsFacts
    }
  }
`);

export const ChangedCallsFragment = graphql(`
  fragment ChangedCallsFacts on ChangedCalls {
    slot
    found
    lost
    cleared
    called
    sensitivityP
    specificityP
    test
    sensitivityDifference {
      ...EstimateFacts
    }
    specificityDifference {
      ...EstimateFacts
    }
    modelVersion {
      id
      title
    }
  }
`);

export const VersionTaskFactsFragment = graphql(`
  fragment VersionTaskFacts on VersionTaskComparison {
    slot
    designEffect
    auc {
      ...EstimateFacts
    }
    averagePrecision {
      ...EstimateFacts
    }
    roc {
      falsePositives
      truePositives
      falsePositiveRate
      truePositiveRate
      threshold
    }
    rocBand {
      falsePositiveRates
      low
      high
      method
    }
    precisionRecall {
      recall
      precision
      threshold
    }
    specificityAtSensitivity {
      target
      sensitivity
      threshold
      specificity {
        ...EstimateFacts
      }
    }
    operatingPoint {
      threshold
      chosen
      counts {
        truePositives
        falsePositives
        falseNegatives
        trueNegatives
      }
      sensitivity {
        ...EstimateFacts
      }
      specificity {
        ...EstimateFacts
      }
      ppv {
        ...EstimateFacts
      }
      npv {
        ...EstimateFacts
      }
      balancedAccuracy {
        ...EstimateFacts
      }
    }
    calibration {
      binCount
      ece
      bins {
        from
        to
        count
        positives
        meanScore
        observed {
          ...EstimateFacts
        }
      }
      slope {
        ...EstimateFacts
      }
      inTheLarge {
        ...EstimateFacts
      }
      brier {
        ...EstimateFacts
      }
    }
    decisionCurve {
      threshold
      treatAll
      netBenefit {
        ...EstimateFacts
      }
      avoidedPer100 {
        ...EstimateFacts
      }
    }
  }
`);

export const SegmentationComparisonFactsFragment = graphql(`
  fragment SegmentationComparisonFacts on SegmentationComparison {
    images
    patients
    withoutReference
    versions {
      slot
      images
      undefinedCount
      medianJaccard
      lowerQuartileJaccard
      upperQuartileJaccard
      below065
      meanJaccard {
        ...EstimateFacts
      }
      meanDice {
        ...EstimateFacts
      }
      jaccardBins {
        from
        to
        count
      }
    }
    differences {
      slot
      p
      adjustedP
      tests
      verdict
      sentence
      images
      wilcoxonP
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
  }
`);

export const ComparisonQuery = graphql(`
  query CompareVersions($input: ComparisonInput!) {
    comparison(input: $input) {
      ...ComparisonFacts
    }
  }
`);

export const ComparedImageFragment = graphql(`
  fragment ComparedImageFacts on ComparedImage {
    position
    diagnosis
    referenceLabel
    change
    disagreement
    answers {
      slot
      score
      threshold
      isCalled
      jaccard
    }
    image {
      id
      code
      thumbnailUrl
      widthPx
      heightPx
      lesion {
        id
        anatomicSite
        patient {
          id
          sex
          ageYears
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
        mask {
          url
          widthPx
          heightPx
        }
      }
    }
  }
`);

export const ChangedImagesQuery = graphql(`
  query ChangedImages(
    $input: ComparisonInput!
    $task: Task!
    $modelVersionId: ID!
    $changes: [CallChange!]
    $first: Int!
  ) {
    comparison(input: $input) {
      changedImages(
        task: $task
        modelVersionId: $modelVersionId
        changes: $changes
        first: $first
      ) {
        totalCount
        edges {
          node {
            ...ComparedImageFacts
          }
        }
      }
    }
  }
`);

export const DisagreementsQuery = graphql(`
  query Disagreements(
    $input: ComparisonInput!
    $order: DisagreementOrder!
    $task: Task
    $modelVersionId: ID!
    $first: Int!
  ) {
    comparison(input: $input) {
      disagreements(order: $order, task: $task, modelVersionId: $modelVersionId, first: $first) {
        totalCount
        edges {
          node {
            ...ComparedImageFacts
          }
        }
      }
    }
  }
`);

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

export const FrozenChangedImagesQuery = graphql(`
  query FrozenChangedImages(
    $id: ID!
    $task: Task!
    $modelVersionId: ID!
    $changes: [CallChange!]
    $first: Int!
  ) {
    evaluation(id: $id) {
      id
      comparison {
        changedImages(
          task: $task
          modelVersionId: $modelVersionId
          changes: $changes
          first: $first
        ) {
          totalCount
          edges {
            node {
              ...ComparedImageFacts
            }
          }
        }
      }
    }
  }
`);

export const FrozenDisagreementsQuery = graphql(`
  query FrozenDisagreements(
    $id: ID!
    $order: DisagreementOrder!
    $task: Task
    $modelVersionId: ID!
    $first: Int!
  ) {
    evaluation(id: $id) {
      id
      comparison {
        disagreements(order: $order, task: $task, modelVersionId: $modelVersionId, first: $first) {
          totalCount
          edges {
            node {
              ...ComparedImageFacts
            }
          }
        }
      }
    }
  }
`);
