import { missingClass, singleCase } from './auc.js';
import { checkedCohort, checkedScores, type Labels, type Scores } from './cases.js';
import { designEffectOf, tooFewClusters } from './clustered-auc.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import {
  caseInfluence,
  clusterClassCounts,
  clusterInfluence,
  dot,
  type Influence,
} from './influence.js';
import { aucPair, differenceOf, varianceOfDifference } from './paired-auc.js';
import { mapValue, type Value } from './value.js';

/** What a pilot says that `powerPairedAuc` needs: two versions on the same images. */
export interface PairedPilot {
  positives: number;
  negatives: number;
  /** Negatives per positive. */
  ratio: Value;
  aucA: Value;
  aucB: Value;
  /** `aucA - aucB`. */
  difference: Value;
  /** Sample variance of the per-case placement differences among positives. */
  v10: Value;
  /** The same among negatives. */
  v01: Value;
  /** Clustered over DeLong variance of the difference. */
  designEffect: Value;
  /** Patients. */
  clusters: number;
  /** Images per patient. */
  meanClusterSize: number;
  /** Standard deviation of images per patient (of a sample) over their mean; 0 for one patient. */
  clusterSizeCv: number;
}

/**
 * Plans a paired comparison from cases at hand.
 *
 * Undefined: `no-positives`, `no-negatives`; variances also `one-positive`, `one-negative`; the design
 * effect also `one-cluster-with-positives`, `one-cluster-with-negatives`, and `zero-variance` where
 * the versions order every pair alike.
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `bad-cluster`. O(n).
 *
 * DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837-845; Obuchowski, Biometrics 53 (1997)
 * 567-578.
 *
 * @param labels 1 = diseased, 0 = not, per image.
 * @param a scores of A, higher = more suspicious.
 * @param b scores of B in the same order.
 * @param clusters patient of each image.
 */
export function pairedPilot(
  labels: Labels,
  a: Scores,
  b: Scores,
  clusters: ClusterIds,
): PairedPilot {
  const cohort = checkedCohort(labels);
  const versions = [
    checkedScores(a, cohort.labels.length, 'scores of A'),
    checkedScores(b, cohort.labels.length, 'scores of B'),
  ];
  const patients = checkedClusters(clusters, cohort.labels.length);
  const counts = clusterClassCounts(cohort.labels, patients);
  const missing = missingClass(cohort);
  const influence = missing ?? caseInfluence(cohort, versions);
  const varied = singleCase(cohort) ?? influence;
  const ofPatients =
    missing ??
    tooFewClusters(cohort, counts) ??
    clusterInfluence(cohort, versions, patients, counts);
  const { positives, negatives } = cohort;
  return {
    positives,
    negatives,
    ratio: missing ?? negatives / positives,
    ...aucPair(influence),
    difference: differenceOf(influence),
    v10: mapValue(varied, (of) => placementVariance(of, of.positive)),
    v01: mapValue(varied, (of) => placementVariance(of, of.negative)),
    designEffect: designEffectOf(
      mapValue(ofPatients, varianceOfDifference),
      mapValue(varied, varianceOfDifference),
    ),
    clusters: patients.count,
    ...clusterSizes(patients),
  };
}

/** Sample variance of `placement of A - placement of B`; the pulls are these times 2mn, about their mean. */
function placementVariance(
  { doubledPairs }: Influence,
  [ofA, ofB]: readonly Float64Array[],
): number {
  const differences = ofA!.map((pull, i) => pull - ofB![i]!);
  return dot(differences, differences) / doubledPairs ** 2 / (differences.length - 1);
}

function clusterSizes({ index, count }: Clusters) {
  const sizes = new Float64Array(count);
  for (const cluster of index) sizes[cluster]! += 1;
  const meanClusterSize = count > 0 ? index.length / count : 0;
  const squares = sizes.reduce((sum, size) => sum + (size - meanClusterSize) ** 2, 0);
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  return { meanClusterSize, clusterSizeCv: count > 1 ? sd / meanClusterSize : 0 };
}
