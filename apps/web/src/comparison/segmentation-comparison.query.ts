import { graphql } from '@/gql';

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
