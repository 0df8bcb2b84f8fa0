import {
  checkedCohort,
  checkedLevel,
  checkedScores,
  type Labels,
  type ScoreArray,
  type Scores,
} from './cases.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import { decisionCurve, thresholdsReached, type DecisionPoint } from './decision-curve.js';
import { normalQuantile } from './normal.js';
import { mapValue, undef, type Interval, type Value } from './value.js';

/** Net benefit at one risk threshold, with intervals over patients. */
export interface ClusteredDecisionPoint extends DecisionPoint {
  netBenefitSe: Value;
  netBenefitCi: Value<Interval>;
  avoidedPer100Se: Value;
  avoidedPer100Ci: Value<Interval>;
}

/**
 * `decisionCurve` with Wald intervals over patients: both quantities are means over images of what
 * each image contributes, and have the standard error of a mean over clusters. The prevalence is
 * counted as random with the patients.
 *
 * Undefined `no-cases`; errors and intervals `one-cluster`. Throws as `decisionCurve`, and
 * `bad-cluster`, `bad-level`. O(n log thresholds + patients per threshold).
 */
export function clusteredDecisionCurve(
  labels: Labels,
  scores: Scores,
  thresholds: readonly number[],
  clusters: ClusterIds,
  options: { level?: number } = {},
): Value<{ points: ClusteredDecisionPoint[]; clusters: number }> {
  const z = normalQuantile((1 + checkedLevel(options.level)) / 2);
  const cohort = checkedCohort(labels);
  const risks = checkedScores(scores, cohort.labels.length);
  const patients = checkedClusters(clusters, risks.length);
  return mapValue(decisionCurve(labels, scores, thresholds), ({ points }) => {
    const errors = errorsAt(cohort.labels, risks, patients, points);
    return {
      clusters: patients.count,
      points: points.map((point, k) => {
        const { netBenefitSe, avoidedPer100Se } = errors[k]!;
        const around = (estimate: number, se: Value) =>
          mapValue(se, (error): Value<Interval> => [estimate - z * error, estimate + z * error]);
        return {
          ...point,
          netBenefitSe,
          netBenefitCi: around(point.netBenefit, netBenefitSe),
          avoidedPer100Se,
          avoidedPer100Ci: around(point.avoidedPer100, avoidedPer100Se),
        };
      }),
    };
  });
}

/**
 * Both standard errors at each point. From the lowest threshold up a case is called until its risk is
 * passed, so that patients are counted once and then only lose calls. O(n + patients per threshold).
 */
function errorsAt(
  labels: Uint8Array,
  risks: ScoreArray,
  { index, count }: Clusters,
  points: readonly DecisionPoint[],
): { netBenefitSe: Value; avoidedPer100Se: Value }[] {
  const rising = Float64Array.from(points, ({ threshold }) => threshold).sort();
  const reached = thresholdsReached(risks, rising);
  const cases = casesByCount(reached, rising.length);
  /** Of each patient: positives, negatives, and those of them that are called. */
  const positives = new Float64Array(count);
  const negatives = new Float64Array(count);
  for (let i = 0; i < labels.length; i++) (labels[i] === 1 ? positives : negatives)[index[i]!]!++;
  const [truePositives, falsePositives] = [positives.slice(), negatives.slice()];
  const errors = new Map<number, { netBenefitSe: Value; avoidedPer100Se: Value }>();
  let next = 0;
  for (const [t, threshold] of rising.entries()) {
    for (; next < cases.ends[t]!; next++) {
      const i = cases.order[next]!;
      (labels[i] === 1 ? truePositives : falsePositives)[index[i]!]!--;
    }
    const { netBenefit, avoidedPer100 } = points.find((point) => point.threshold === threshold)!;
    const odds = threshold / (1 - threshold);
    const cost = 100 / odds;
    let [benefitSquares, avoidedSquares] = [0, 0];
    for (let c = 0; c < count; c++) {
      const tp = truePositives[c]!;
      const fp = falsePositives[c]!;
      const p = positives[c]!;
      const n = negatives[c]!;
      const benefit = tp - odds * fp - (p + n) * netBenefit;
      // Against calling everyone: a positive not called costs 1, a negative not called saves the odds.
      const avoided = 100 * (n - fp) - cost * (p - tp) - (p + n) * avoidedPer100;
      benefitSquares += benefit * benefit;
      avoidedSquares += avoided * avoided;
    }
    errors.set(threshold, {
      netBenefitSe: meanSeOfSquares(benefitSquares, count, risks.length),
      avoidedPer100Se: meanSeOfSquares(avoidedSquares, count, risks.length),
    });
  }
  return points.map(({ threshold }) => errors.get(threshold)!);
}

/** Case numbers by how many thresholds they reach, and where those that reach at most `t` end. */
function casesByCount(reached: Uint16Array, most: number) {
  const ends = new Uint32Array(most + 1);
  for (let i = 0; i < reached.length; i++) ends[reached[i]!]!++;
  for (let t = 1; t <= most; t++) ends[t]! += ends[t - 1]!;
  const filled = Uint32Array.from(ends, (_, t) => (t === 0 ? 0 : ends[t - 1]!));
  const order = new Uint32Array(reached.length);
  for (let i = 0; i < reached.length; i++) order[filled[reached[i]!]!++] = i;
  return { order, ends };
}

/** `sqrt(I / (I - 1) sum of squares) / n` of the patients' sums of deviations. */
export function clusteredMeanSe(deviations: Float64Array, cases: number): Value {
  let squares = 0;
  for (const deviation of deviations) squares += deviation * deviation;
  return meanSeOfSquares(squares, deviations.length, cases);
}

const meanSeOfSquares = (squares: number, count: number, cases: number): Value =>
  count < 2 ? undef('one-cluster') : Math.sqrt((count / (count - 1)) * squares) / cases;
