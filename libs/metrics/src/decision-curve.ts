import {
  checkedCohort,
  checkedScores,
  checkProbabilities,
  type Labels,
  type ScoreArray,
  type Scores,
} from './cases.js';
import { MetricInputError } from './errors.js';
import { undef, type Value } from './value.js';

/** Net benefit at one risk threshold. */
export interface DecisionPoint {
  threshold: number;
  /** Of calling positive at `score >= threshold`. */
  netBenefit: number;
  /** Of calling everyone positive. */
  treatAll: number;
  /** Of calling nobody positive: 0. */
  treatNone: number;
  /** Biopsies avoided per 100 patients against calling everyone, at equal benefit. */
  avoidedPer100: number;
}

/** A decision curve. */
export interface DecisionCurve {
  points: DecisionPoint[];
}

/**
 * Decision curve: what a score is worth to someone who would rather do `(1 - t) / t` needless
 * biopsies than miss one melanoma, at each threshold t.
 *
 * Holds for this cohort's prevalence only. Undefined `no-cases`.
 * Throws `MetricInputError`: `bad-threshold` unless 0 < t < 1, `bad-probability` (a score outside
 * [0, 1] has no threshold on the scale of risk), `length-mismatch`, `bad-label`, `non-finite-score`.
 * O(n log thresholds).
 *
 * Vickers & Elkin, Med. Decis. Making 26 (2006) 565-574.
 */
export function decisionCurve(
  labels: Labels,
  scores: Scores,
  thresholds: readonly number[],
): Value<DecisionCurve> {
  const cohort = checkedCohort(labels);
  const risks = checkedScores(scores, cohort.labels.length);
  checkProbabilities(risks);
  thresholds.forEach((t, index) => {
    if (t > 0 && t < 1) return;
    throw new MetricInputError('bad-threshold', `thresholds[${index}] is ${t}; 0 < t < 1`, index);
  });
  const n = risks.length;
  if (n === 0) return undef('no-cases');
  const prevalence = cohort.positives / n;
  const rising = Float64Array.from(thresholds).sort();
  const reached = thresholdsReached(risks, rising);
  const [positives, negatives] = [new Float64Array(rising.length), new Float64Array(rising.length)];
  for (let i = 0; i < n; i++) {
    if (reached[i] === 0) continue;
    (cohort.labels[i] === 1 ? positives : negatives)[reached[i]! - 1]!++;
  }
  // Called at a threshold is who reaches it or a higher one.
  for (let t = rising.length - 2; t >= 0; t--) {
    positives[t]! += positives[t + 1]!;
    negatives[t]! += negatives[t + 1]!;
  }
  const points = thresholds.map((threshold) => {
    const at = rising.lastIndexOf(threshold);
    const [tp, fp] = [positives[at]!, negatives[at]!];
    const odds = threshold / (1 - threshold);
    const netBenefit = tp / n - (fp / n) * odds;
    const treatAll = prevalence - (1 - prevalence) * odds;
    const avoidedPer100 = ((netBenefit - treatAll) / odds) * 100;
    return { threshold, netBenefit, treatAll, treatNone: 0, avoidedPer100 };
  });
  return { points };
}

/** How many of the thresholds, rising, each risk reaches: `risk >= threshold`. O(n log thresholds). */
export function thresholdsReached(risks: ScoreArray, rising: Float64Array): Uint16Array {
  const reached = new Uint16Array(risks.length);
  for (let i = 0; i < risks.length; i++) {
    const risk = risks[i]!;
    let [low, high] = [0, rising.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (risk >= rising[middle]!) low = middle + 1;
      else high = middle;
    }
    reached[i] = low;
  }
  return reached;
}
