import { missingClass } from './auc.js';
import { chiSquareSf } from './chi-square.js';
import {
  checkedCohort,
  checkedLevel,
  checkedScores,
  checkProbabilities,
  type Cohort,
  type Labels,
  type ScoreArray,
  type Scores,
} from './cases.js';
import type { ResampledStatistic } from './cluster-bootstrap.js';
import { fitLogistic, logLikelihoodAsIs, type LogisticCases } from './logistic-regression.js';
import { normalQuantile } from './normal.js';
import { reliabilityBins, type ReliabilityBin } from './reliability.js';
import { undef, type Interval, type Undef, type Value } from './value.js';
import type { ChiSquareTest } from './wald-test.js';

/** Intercept of a calibration model on the logit scale. */
export interface CalibrationIntercept {
  /** 0 where scores are right on the whole; above 0 where they are too low. */
  estimate: number;
  se: number;
  ci: Interval;
}

/** Line of a calibration model on the logit scale. */
export interface CalibrationSlope {
  /** The intercept that goes with this slope. */
  intercept: number;
  /** 1 where scores are spread right; below 1 where they are too extreme. */
  slope: number;
  seIntercept: number;
  seSlope: number;
  slopeCi: Interval;
}

/** How well scores hold as probabilities. */
export interface Calibration {
  /** Mean squared distance of score and label. */
  brier: Value;
  bins: ReliabilityBin[];
  /** Expected calibration error; it depends on the number of bins, which is to be shown with it. */
  ece: Value;
  /** Largest distance of observed and mean score over the bins that have cases. */
  mce: Value;
  /** Scores moved to 1e-6 or 1 - 1e-6 for the logistic models, and for those alone. */
  clamped: number;
  calibrationInTheLarge: Value<CalibrationIntercept>;
  slope: Value<CalibrationSlope>;
  /** Likelihood ratio test of intercept 0 and slope 1. */
  cox: Value<ChiSquareTest>;
}

export interface CalibrationOptions {
  /** Equal bins of [0, 1]. */
  bins: number;
  /** Level of the intervals, in (0, 1); 0.95 unless given. */
  level?: number;
}

/** Logits of 0 and 1 are infinite; beyond this a network's score says nothing more. */
const CLAMP = 1e-6;

/**
 * Calibration of scores as probabilities: Brier score, reliability diagram, expected and maximum
 * calibration error, calibration in the large, calibration slope and Cox's test of both.
 *
 * Standard errors assume independent images; over patients, resample `brierStatistic`,
 * `calibrationInTheLargeStatistic` and `calibrationSlopeStatistic`.
 * Undefined: `no-cases` (brier, ece, mce); `no-positives`, `no-negatives` (logistic models); slope and
 * test also `constant-scores` and `separation` (one threshold parts the classes, so no maximum
 * exists).
 * Throws `MetricInputError`: `bad-probability` (outside [0, 1]), `length-mismatch`, `bad-label`,
 * `non-finite-score`, `bad-count` (bins), `bad-level`. O(n) per step of the fit.
 *
 * Brier, Mon. Weather Rev. 78 (1950) 1-3. Cox, Biometrika 45 (1958) 562-565. Naeini, AAAI (2015).
 * Guo et al., ICML (2017).
 *
 * @param labels 1 = diseased, 0 = not.
 * @param scores probabilities of disease, in [0, 1].
 */
export function calibration(
  labels: Labels,
  scores: Scores,
  options: CalibrationOptions,
): Calibration {
  const { cohort, probabilities } = checkedProbabilities(labels, scores);
  const level = checkedLevel(options.level);
  const z = normalQuantile((1 + level) / 2);
  const cases = logisticCases(cohort, probabilities);
  return {
    ...reliabilityOf(cohort, probabilities, options.bins, level),
    calibrationInTheLarge: missingClass(cohort) ?? interceptOf(cases, z),
    slope: noSlope(cohort, cases) ?? slopeOf(cases, z),
    cox: noSlope(cohort, cases) ?? coxTest(cases),
  };
}

/** What a reliability diagram shows, without the logistic models. */
export type Reliability = Pick<Calibration, 'brier' | 'bins' | 'ece' | 'mce' | 'clamped'>;

/**
 * The part of `calibration` that needs no logistic model: Brier score, reliability diagram, expected
 * and maximum calibration error. Undefined and throws as there. O(n).
 */
export function reliability(
  labels: Labels,
  scores: Scores,
  options: CalibrationOptions,
): Reliability {
  const { cohort, probabilities } = checkedProbabilities(labels, scores);
  return reliabilityOf(cohort, probabilities, options.bins, checkedLevel(options.level));
}

function reliabilityOf(
  cohort: Cohort,
  probabilities: ScoreArray,
  k: number,
  level: number,
): Reliability {
  const bins = reliabilityBins(cohort.labels, probabilities, k, level);
  const gaps = bins.flatMap(({ count, observed, meanScore }) =>
    observed === null || meanScore === null ? [] : [{ count, gap: Math.abs(observed - meanScore) }],
  );
  const n = probabilities.length;
  const none = n === 0 ? undef('no-cases') : undefined;
  let clamped = 0;
  for (const score of probabilities) if (score < CLAMP || score > 1 - CLAMP) clamped++;
  return {
    brier: brierOf(cohort.labels, probabilities),
    bins,
    ece: none ?? gaps.reduce((sum, { count, gap }) => sum + (count / n) * gap, 0),
    mce: none ?? Math.max(...gaps.map(({ gap }) => gap)),
    clamped,
  };
}

function checkedProbabilities(labels: Labels, scores: Scores) {
  const cohort = checkedCohort(labels);
  const probabilities = checkedScores(scores, cohort.labels.length);
  checkProbabilities(probabilities);
  return { cohort, probabilities };
}

/** Cases of the logistic models: scores moved off 0 and 1, as log odds. */
export function logisticCases(cohort: Cohort, probabilities: ScoreArray): LogisticCases {
  const logits = Float64Array.from(probabilities, (score) => {
    const p = Math.min(1 - CLAMP, Math.max(CLAMP, score));
    return Math.log(p / (1 - p));
  });
  return { labels: cohort.labels, logits };
}

function brierOf(labels: Uint8Array, scores: ScoreArray, weights?: Uint32Array): Value {
  let [sum, total] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += weight * (scores[i]! - labels[i]!) ** 2;
    total += weight;
  }
  return total > 0 ? sum / total : undef('no-cases');
}

function interceptOf(cases: LogisticCases, z: number): CalibrationIntercept {
  const { intercept, seIntercept } = fitLogistic(cases, false);
  return {
    estimate: intercept,
    se: seIntercept,
    ci: [intercept - z * seIntercept, intercept + z * seIntercept],
  };
}

function slopeOf(cases: LogisticCases, z: number): CalibrationSlope {
  const { intercept, slope, seIntercept, seSlope } = fitLogistic(cases, true);
  return {
    intercept,
    slope,
    seIntercept,
    seSlope,
    slopeCi: [slope - z * seSlope, slope + z * seSlope],
  };
}

function coxTest(cases: LogisticCases): ChiSquareTest {
  const gain = fitLogistic(cases, true).logLikelihood - logLikelihoodAsIs(cases);
  const chiSquare = Math.max(0, 2 * gain);
  return { chiSquare, df: 2, p: chiSquareSf(chiSquare, 2) };
}

/** The reason why the slope has no maximum likelihood estimate; undefined where it has one. */
export function noSlope(
  cohort: Pick<Cohort, 'positives' | 'negatives'>,
  { labels, logits, weights }: LogisticCases,
): Undef | undefined {
  if (cohort.positives === 0) return undef('no-positives');
  if (cohort.negatives === 0) return undef('no-negatives');
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (let i = 0; i < labels.length; i++) {
    if (weights?.[i] === 0) continue;
    const label = labels[i]!;
    least[label] = Math.min(least[label]!, logits[i]!);
    most[label] = Math.max(most[label]!, logits[i]!);
  }
  if (Math.min(...least) === Math.max(...most)) return undef('constant-scores');
  const isSeparated = most[0]! <= least[1]! || most[1]! <= least[0]!;
  return isSeparated ? undef('separation') : undefined;
}

/** The Brier score as a statistic for `clusterBootstrap`. Throws as `calibration`. */
export function brierStatistic(labels: Labels, scores: Scores): ResampledStatistic {
  const { cohort, probabilities } = checkedProbabilities(labels, scores);
  return (weights) => brierOf(cohort.labels, probabilities, weights);
}

/** Calibration in the large as a statistic for `clusterBootstrap`. Throws as `calibration`. */
export function calibrationInTheLargeStatistic(labels: Labels, scores: Scores): ResampledStatistic {
  const { cohort, probabilities } = checkedProbabilities(labels, scores);
  const cases = logisticCases(cohort, probabilities);
  return (weights) =>
    missingClass(weightedClasses(cohort, weights)) ??
    fitLogistic({ ...cases, weights }, false).intercept;
}

/** The calibration slope as a statistic for `clusterBootstrap`. Throws as `calibration`. */
export function calibrationSlopeStatistic(labels: Labels, scores: Scores): ResampledStatistic {
  const { cohort, probabilities } = checkedProbabilities(labels, scores);
  const cases = logisticCases(cohort, probabilities);
  return (weights) =>
    noSlope(weightedClasses(cohort, weights), { ...cases, weights }) ??
    fitLogistic({ ...cases, weights }, true).slope;
}

function weightedClasses({ labels }: Cohort, weights: Uint32Array): Cohort {
  let [positives, negatives] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) positives += weights[i]!;
    else negatives += weights[i]!;
  }
  return { labels, positives, negatives };
}
