import {
  checkedCohort,
  checkedLevel,
  checkedScores,
  checkOption,
  type Cohort,
  type Labels,
  type Scores,
} from './cases.js';
import { MetricInputError } from './errors.js';
import { proportion, type Proportion } from './proportion.js';
import { isDefined, undef, type Value } from './value.js';

/** `gt`: positive above the threshold (the ISIC decision). `gte`: at or above it (ROC points). */
export type ThresholdRule = 'gt' | 'gte';

const RULES: readonly string[] = ['gt', 'gte'];

/** Calls at one threshold against the reference labels. */
export interface OperatingPoint {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
  /** `tp / m`. */
  sensitivity: Value<Proportion>;
  /** `tn / n`. */
  specificity: Value<Proportion>;
  /** `tp / (tp + fp)`; holds for this cohort's prevalence only. */
  ppv: Value<Proportion>;
  /** `tn / (tn + fn)`; holds for this cohort's prevalence only. */
  npv: Value<Proportion>;
  /** `(tp + tn) / (m + n)`. */
  accuracy: Value<Proportion>;
  /** Mean of sensitivity and specificity. */
  balancedAccuracy: Value;
  /** `sensitivity + specificity - 1`. */
  youden: Value;
  /** `2 tp / (2 tp + fp + fn)`. */
  f1: Value;
}

/**
 * Sensitivity, specificity and their kin at one threshold, each with Wilson's and Clopper-Pearson's
 * interval for independent images; over patients see `clusteredOperatingPoint`.
 *
 * The rule has no default: whether a score equal to the threshold is positive must be said.
 * Undefined where the denominator is 0: `no-positives`, `no-negatives`, `no-positive-calls`,
 * `no-negative-calls`, `no-cases`. F1 without positives and without calls is `no-positives`.
 * Throws `MetricInputError`: `bad-threshold` (NaN), `bad-option` (rule), `length-mismatch`,
 * `bad-label`, `non-finite-score`, `bad-level`. O(n).
 *
 * @param threshold null or Infinity calls nothing positive.
 */
export function operatingPoint(
  labels: Labels,
  scores: Scores,
  threshold: number | null,
  rule: ThresholdRule,
  options: { level?: number } = {},
): OperatingPoint {
  const cohort = checkedCohort(labels);
  const level = checkedLevel(options.level);
  const called = calls(cohort, scores, threshold, rule);
  let [tp, fp] = [0, 0];
  for (let i = 0; i < called.length; i++) {
    tp += called[i]! & cohort.labels[i]!;
    fp += called[i]! & (1 - cohort.labels[i]!);
  }
  const { positives: m, negatives: n } = cohort;
  const [fn, tn] = [m - tp, n - fp];
  const sensitivity = proportion(tp, m, 'no-positives', level);
  const specificity = proportion(tn, n, 'no-negatives', level);
  const youden = youdenIndex(sensitivity, specificity);
  return {
    tp,
    fp,
    fn,
    tn,
    sensitivity,
    specificity,
    ppv: proportion(tp, tp + fp, 'no-positive-calls', level),
    npv: proportion(tn, tn + fn, 'no-negative-calls', level),
    accuracy: proportion(tp + tn, m + n, 'no-cases', level),
    balancedAccuracy: isDefined(youden) ? (youden + 1) / 2 : youden,
    youden,
    f1: tp + fp + fn > 0 ? (2 * tp) / (2 * tp + fp + fn) : undef('no-positives'),
  };
}

function youdenIndex(sensitivity: Value<Proportion>, specificity: Value<Proportion>): Value {
  if (!isDefined(sensitivity)) return sensitivity;
  if (!isDefined(specificity)) return specificity;
  return sensitivity.estimate + specificity.estimate - 1;
}

/** 1 for each case called positive, else 0. */
export function calls(
  cohort: Cohort,
  scores: Scores,
  threshold: number | null,
  rule: ThresholdRule,
): Uint8Array {
  const limit = checkedThreshold(threshold);
  checkOption(RULES.includes(rule), `rule is ${rule}; it is gt or gte`);
  const checked = checkedScores(scores, cohort.labels.length);
  const called = new Uint8Array(checked.length);
  for (let i = 0; i < checked.length; i++) {
    const score = checked[i]!;
    called[i] = (rule === 'gt' ? score > limit : score >= limit) ? 1 : 0;
  }
  return called;
}

/** Throws `bad-threshold` at NaN; null is +Infinity. */
export function checkedThreshold(threshold: number | null, field = 'threshold'): number {
  if (threshold === null) return Infinity;
  if (Number.isNaN(threshold)) throw new MetricInputError('bad-threshold', `${field} is NaN`);
  return threshold;
}
