import { graphql } from '@/gql';

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
