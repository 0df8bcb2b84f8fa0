import type { Cohort, ScoreArray } from './cases.js';
import type { Clusters } from './clusters.js';
import { placements } from './placements.js';

/**
 * How far each independent unit pulls the AUC of each version, in integers: a positive case counts
 * `m c10 - sum`, a negative case `n c01 - sum`, which is its placement minus the AUC times 2mn. A
 * unit is a case (DeLong) or a patient (Obuchowski), whose cases are added up.
 *
 * Variances of AUCs and of differences of AUCs are one bilinear form of these arrays.
 */
export interface Influence {
  /** Versions, each with its doubled placement sum: AUC times 2mn. */
  readonly sums: readonly number[];
  /** 2mn. */
  readonly doubledPairs: number;
  /** `positive[v][u]`: what the positives of unit u pull in version v. */
  readonly positive: readonly Float64Array[];
  /** `negative[v][u]`: what the negatives of unit u pull in version v. */
  readonly negative: readonly Float64Array[];
  /** What the sums of products are multiplied by. */
  readonly factors: InfluenceFactors;
}

/** Factors of the three sums a covariance is made of; none is negative. */
export interface InfluenceFactors {
  /** Of products of the positives' pulls. */
  readonly positive: number;
  /** Of products of the negatives' pulls. */
  readonly negative: number;
  /** Of products of what a unit pulls as a whole, `n positive + m negative`; 0 where units are cases. */
  readonly whole: number;
  /** m and n. */
  readonly classes: readonly [positives: number, negatives: number];
}

/** Influence of every case, for independent images. Needs two cases of each class. O(k n). */
export function caseInfluence(cohort: Cohort, versions: readonly ScoreArray[]): Influence {
  const { labels, positives: m, negatives: n } = cohort;
  const sums: number[] = [];
  const positive: Float64Array[] = [];
  const negative: Float64Array[] = [];
  for (const scores of versions) {
    const { counts, sum } = placements(cohort, scores);
    const ofPositives = new Float64Array(m);
    const ofNegatives = new Float64Array(n);
    let [i, j] = [0, 0];
    for (let k = 0; k < counts.length; k++) {
      if (labels[k] === 1) ofPositives[i++] = m * counts[k]! - sum;
      else ofNegatives[j++] = n * counts[k]! - sum;
    }
    sums.push(sum);
    positive.push(ofPositives);
    negative.push(ofNegatives);
  }
  const factors: InfluenceFactors = {
    positive: 1 / ((m - 1) * m),
    negative: 1 / ((n - 1) * n),
    whole: 0,
    classes: [m, n],
  };
  return { sums, doubledPairs: 2 * m * n, positive, negative, factors };
}

/** Influence of every patient. Needs two patients with each class. O(k n). */
export function clusterInfluence(
  cohort: Cohort,
  versions: readonly ScoreArray[],
  clusters: Clusters,
  counts: ClusterClassCounts,
): Influence {
  const { labels, positives: m, negatives: n } = cohort;
  const sums: number[] = [];
  const positive: Float64Array[] = [];
  const negative: Float64Array[] = [];
  for (const scores of versions) {
    const placed = placements(cohort, scores);
    const ofPositives = new Float64Array(clusters.count);
    const ofNegatives = new Float64Array(clusters.count);
    for (let k = 0; k < labels.length; k++) {
      const cluster = clusters.index[k]!;
      if (labels[k] === 1) ofPositives[cluster]! += m * placed.counts[k]! - placed.sum;
      else ofNegatives[cluster]! += n * placed.counts[k]! - placed.sum;
    }
    sums.push(placed.sum);
    positive.push(ofPositives);
    negative.push(ofNegatives);
  }
  // Obuchowski adds three sums, one of which may be negative, with factors I10/(I10-1), I01/(I01-1)
  // and I/(I-1). As no factor is below the last, the same total is a square of whole patients plus
  // what the first two factors exceed it by: never negative, and nothing cancels.
  const all = clusters.count;
  const excess = (withClass: number) => (all - withClass) / ((withClass - 1) * (all - 1));
  const factors: InfluenceFactors = {
    positive: excess(counts.withPositive) / (m * m),
    negative: excess(counts.withNegative) / (n * n),
    whole: all / (all - 1) / (m * n) ** 2,
    classes: [m, n],
  };
  return { sums, doubledPairs: 2 * m * n, positive, negative, factors };
}

/** How many patients have at least one case of each class. */
export interface ClusterClassCounts {
  readonly withPositive: number;
  readonly withNegative: number;
}

/** Counts the patients with at least one case of each class. O(n). */
export function clusterClassCounts(labels: Uint8Array, clusters: Clusters): ClusterClassCounts {
  const seen = new Uint8Array(clusters.count);
  for (let k = 0; k < labels.length; k++) seen[clusters.index[k]!]! |= 1 << labels[k]!;
  let [withPositive, withNegative] = [0, 0];
  for (const classes of seen) {
    withPositive += classes >> 1;
    withNegative += classes & 1;
  }
  return { withPositive, withNegative };
}

/** AUC of each version. */
export const aucsOf = ({ sums, doubledPairs }: Influence): number[] =>
  sums.map((sum) => sum / doubledPairs);

/**
 * A difference of two versions, or one version alone (`minus` left out).
 */
export interface Contrast {
  readonly plus: number;
  readonly minus?: number;
}

/**
 * Covariance of two contrasts. The products are taken of per-unit differences, never as
 * `S_AA + S_BB - 2 S_AB`, which cancels where the versions are alike; it is exactly 0 where all
 * per-unit differences are. O(units).
 */
export function covarianceOf(influence: Influence, first: Contrast, second: Contrast): number {
  const { positive, negative, factors, doubledPairs } = influence;
  const isSame = first.plus === second.plus && first.minus === second.minus;
  const x1 = contrastOf(positive, first);
  const x2 = isSame ? x1 : contrastOf(positive, second);
  const y1 = contrastOf(negative, first);
  const y2 = isSame ? y1 : contrastOf(negative, second);
  let sum = factors.positive * dot(x1, x2) + factors.negative * dot(y1, y2);
  if (factors.whole > 0) {
    const whole1 = wholePull(x1, y1, factors);
    sum += factors.whole * dot(whole1, isSame ? whole1 : wholePull(x2, y2, factors));
  }
  return sum / doubledPairs ** 2;
}

/** `n positive + m negative` of each unit: its pull on the AUC, in integers. */
function wholePull(x: Float64Array, y: Float64Array, { classes: [m, n] }: InfluenceFactors) {
  const pull = new Float64Array(x.length);
  for (let u = 0; u < x.length; u++) pull[u] = n * x[u]! + m * y[u]!;
  return pull;
}

function contrastOf(arrays: readonly Float64Array[], { plus, minus }: Contrast): Float64Array {
  const first = arrays[plus]!;
  if (minus === undefined) return first;
  const second = arrays[minus]!;
  const difference = new Float64Array(first.length);
  for (let u = 0; u < first.length; u++) difference[u] = first[u]! - second[u]!;
  return difference;
}

/** Sum of products. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let u = 0; u < a.length; u++) sum += a[u]! * b[u]!;
  return sum;
}

/** Covariance matrix of the AUCs of all versions. O(k^2 units). */
export function covarianceMatrix(influence: Influence): number[][] {
  const versions = influence.sums.length;
  const matrix = Array.from({ length: versions }, () => new Array<number>(versions).fill(0));
  for (let r = 0; r < versions; r++) {
    for (let s = r; s < versions; s++) {
      const entry = covarianceOf(influence, { plus: r }, { plus: s });
      matrix[r]![s] = entry;
      matrix[s]![r] = entry;
    }
  }
  return matrix;
}
