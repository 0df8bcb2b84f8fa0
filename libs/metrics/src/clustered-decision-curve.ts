import { checkedLevel, type Labels, type Scores } from './cases.js';
import { checkedCohort, checkedScores } from './cases.js';
import { checkedClusters, type ClusterIds } from './clusters.js';
import { decisionCurve, type DecisionPoint } from './decision-curve.js';
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
 * `bad-cluster`, `bad-level`. O(n) per threshold.
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
  const { index, count } = checkedClusters(clusters, risks.length);
  return mapValue(decisionCurve(labels, scores, thresholds), ({ points }) => ({
    clusters: count,
    points: points.map((point) => {
      const odds = point.threshold / (1 - point.threshold);
      const benefit = new Float64Array(count);
      const avoided = new Float64Array(count);
      for (let i = 0; i < risks.length; i++) {
        const isCalled = risks[i]! >= point.threshold;
        const isPositive = cohort.labels[i] === 1;
        const c = index[i]!;
        benefit[c]! += (isCalled ? (isPositive ? 1 : -odds) : 0) - point.netBenefit;
        // Against calling everyone: a positive not called costs 1, a negative not called saves the odds.
        avoided[c]! += (isCalled ? 0 : isPositive ? -100 / odds : 100) - point.avoidedPer100;
      }
      const netBenefitSe = clusteredMeanSe(benefit, risks.length);
      const avoidedPer100Se = clusteredMeanSe(avoided, risks.length);
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
  }));
}

/** `sqrt(I / (I - 1) sum of squares) / n` of the patients' sums of deviations. */
export function clusteredMeanSe(deviations: Float64Array, cases: number): Value {
  const count = deviations.length;
  if (count < 2) return undef('one-cluster');
  let squares = 0;
  for (const deviation of deviations) squares += deviation * deviation;
  return Math.sqrt((count / (count - 1)) * squares) / cases;
}
