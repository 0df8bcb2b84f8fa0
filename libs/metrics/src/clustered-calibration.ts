import { missingClass } from './auc.js';
import { logisticCases, noSlope, type CalibrationIntercept } from './calibration.js';
import {
  checkedCohort,
  checkedLevel,
  checkedScores,
  checkProbabilities,
  type Labels,
  type Scores,
} from './cases.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import { fitLogistic, type LogisticCases } from './logistic-regression.js';
import { clusterSeOf, meanOf } from './macro-mean.js';
import { normalQuantile } from './normal.js';
import { mapValue, undef, type Value } from './value.js';

/** Calibration with standard errors over patients. */
export interface ClusteredCalibration {
  /** Mean squared distance of score and label. */
  brier: Value<CalibrationIntercept>;
  calibrationInTheLarge: Value<CalibrationIntercept>;
  slope: Value<CalibrationIntercept>;
  clusters: number;
}

/**
 * Brier score, calibration in the large and calibration slope as `calibration` has them, with
 * standard errors that know which images come from one patient: the cluster mean's for the Brier
 * score, and the sandwich `I/(I-1) H^-1 (sum over patients of score score') H^-1` for the two
 * logistic models.
 *
 * Undefined as `calibration`, and `one-cluster`. Throws as `calibration`, and `bad-cluster`. O(n) per
 * step of the fit.
 *
 * Liang & Zeger, Biometrika 73 (1986) 13-22.
 */
export function clusteredCalibration(
  labels: Labels,
  scores: Scores,
  clusters: ClusterIds,
  options: { level?: number } = {},
): ClusteredCalibration {
  const cohort = checkedCohort(labels);
  const probabilities = checkedScores(scores, cohort.labels.length);
  checkProbabilities(probabilities);
  const patients = checkedClusters(clusters, cohort.labels.length);
  const z = normalQuantile((1 + checkedLevel(options.level)) / 2);
  const cases = logisticCases(cohort, probabilities);
  const single = patients.count < 2 ? undef('one-cluster') : undefined;
  const estimateOf = (estimate: number, se: Value): Value<CalibrationIntercept> =>
    mapValue(se, (error) => ({
      estimate,
      se: error,
      ci: [estimate - z * error, estimate + z * error] as const,
    }));
  const fitted = (slopeIsFree: boolean) => {
    const { intercept, slope } = fitLogistic(cases, slopeIsFree);
    const se = sandwich(cases, patients, { intercept, slope, slopeIsFree });
    return estimateOf(slopeIsFree ? slope : intercept, se);
  };
  const none = cohort.labels.length === 0 ? undef('no-cases') : single;
  return {
    brier: none ?? brierOf(cohort.labels, probabilities, patients, estimateOf),
    calibrationInTheLarge: missingClass(cohort) ?? single ?? fitted(false),
    slope: noSlope(cohort, cases) ?? single ?? fitted(true),
    clusters: patients.count,
  };
}

function brierOf(
  labels: Uint8Array,
  scores: ArrayLike<number>,
  patients: Clusters,
  estimateOf: (estimate: number, se: Value) => Value<CalibrationIntercept>,
): Value<CalibrationIntercept> {
  const squares = new Float64Array(labels.length);
  for (let i = 0; i < squares.length; i++) squares[i] = (scores[i]! - labels[i]!) ** 2;
  const mean = meanOf(squares);
  return estimateOf(mean, clusterSeOf(squares, mean, patients));
}

/** Standard error of the slope, or with the slope fixed at 1 of the intercept. */
function sandwich(
  { labels, logits }: LogisticCases,
  { index, count }: Clusters,
  { intercept, slope, slopeIsFree }: { intercept: number; slope: number; slopeIsFree: boolean },
): Value {
  const g0 = new Float64Array(count);
  const g1 = new Float64Array(count);
  let [i00, i01, i11] = [0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    const x = logits[i]!;
    const p = 1 / (1 + Math.exp(-(intercept + slope * x)));
    const residual = labels[i]! - p;
    g0[index[i]!]! += residual;
    g1[index[i]!]! += residual * x;
    const information = p * (1 - p);
    i00 += information;
    i01 += information * x;
    i11 += information * x * x;
  }
  const determinant = i00 * i11 - i01 * i01;
  let squares = 0;
  for (let c = 0; c < count; c++) {
    const pull = slopeIsFree ? (i00 * g1[c]! - i01 * g0[c]!) / determinant : g0[c]! / i00;
    squares += pull * pull;
  }
  const se = Math.sqrt((count / (count - 1)) * squares);
  return Number.isFinite(se) ? se : undef('separation');
}
