import { checkCount, checkOption } from './cases.js';
import { normalCdf, normalQuantile } from './normal.js';

/**
 * Variance of an AUC from its size and the class sizes alone, under Hanley and McNeil's exponential
 * model: for planning, before there are scores.
 *
 * Throws `bad-option` unless 0 <= auc <= 1, `bad-count` unless both classes have a case.
 *
 * Hanley & McNeil, Radiology 143 (1982) 29-36.
 */
export function hanleyMcNeilVariance(auc: number, positives: number, negatives: number): number {
  checkOption(auc >= 0 && auc <= 1, `auc is ${auc}; it lies in [0, 1]`);
  checkCount(positives, 'positives', 1);
  checkCount(negatives, 'negatives', 1);
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  return (
    (auc * (1 - auc) + (positives - 1) * (q1 - auc * auc) + (negatives - 1) * (q2 - auc * auc)) /
    (positives * negatives)
  );
}

/** Ask either for the cases that reach a power, or for the power that cases reach. */
export type SizeOrPower = { power: number } | { positives: number };

/** A planned study. */
export interface StudySize {
  /** Positive cases, rounded up. */
  positives: number;
  /** Positive cases before rounding. */
  positivesUnrounded: number;
  /** Negative cases that go with them, rounded up. */
  negatives: number;
  /** Power at `positivesUnrounded`. */
  power: number;
}

/**
 * Size or power of a study that tests one AUC against 0.5, two-sided: Obuchowski's binormal formulas
 * exactly as `pROC::power.roc.test` has them, its rounded constants included. A design effect asks for
 * that many times the images.
 *
 * Throws `bad-option` unless 0.5 < auc < 1, ratio > 0, designEffect > 0, 0 < alpha < 1, 0 < power < 1,
 * positives > 0.
 *
 * Obuchowski, Lieber & Wians, Clin. Chem. 50 (2004) 1118-1125.
 *
 * @param plan `auc` expected; `ratio` of negatives to positives; `designEffect`, 1 unless given;
 *   `alpha` two-sided, 0.05 unless given.
 */
export function powerSingleAuc(
  plan: { auc: number; ratio: number; designEffect?: number; alpha?: number } & SizeOrPower,
): StudySize {
  const { auc, ratio, designEffect = 1, alpha = 0.05 } = plan;
  checkOption(auc > 0.5 && auc < 1, `auc is ${auc}; it lies between 0.5 and 1`);
  checkOption(designEffect > 0, `designEffect is ${designEffect}; it is above 0`);
  checkPlan(plan, ratio, alpha);
  const a = 1.414 * normalQuantile(auc);
  const variance = 0.0099 * Math.exp((-a * a) / 2) * (5 * a * a + 8 + (a * a + 8) / ratio);
  const nullSd = Math.sqrt(0.0792 * (1 + 1 / ratio));
  const critical = normalQuantile(1 - alpha / 2);
  const effect = auc - 0.5;
  if ('power' in plan) {
    const reach = critical * nullSd + normalQuantile(plan.power) * Math.sqrt(variance);
    return studySize(designEffect * (reach / effect) ** 2, ratio, plan.power);
  }
  const z =
    (Math.sqrt(plan.positives / designEffect) * effect - critical * nullSd) / Math.sqrt(variance);
  return studySize(plan.positives, ratio, normalCdf(z));
}

/** A paired comparison of two versions, with variances from a pilot. */
export interface PairedPlan {
  /** Difference of AUCs expected, A - B. */
  difference: number;
  /** Variance of the pilot's per-case placement differences among positives. */
  v10: number;
  /** The same among negatives. */
  v01: number;
  /** Negatives per positive. */
  ratio: number;
  /** Variance over patients divided by that of independent images; 1 unless given. */
  designEffect?: number;
  /** Given: non-inferiority with this margin, one-sided 0.025. Null or left out: superiority. */
  margin?: number | null;
  /** Of the two-sided test, 0.05 unless given; non-inferiority uses half of it. */
  alpha?: number;
}

/**
 * Size or power of a paired comparison of two AUCs. The power of the two-sided test counts both
 * tails; the size ignores the far one, which never matters at a power worth having.
 *
 * Throws `bad-option` for a difference (plus margin) of 0 or less than 0 with a margin, negative
 * variances, or a plan as `powerSingleAuc` refuses.
 *
 * DeLong, DeLong & Clarke-Pearson 1988, for the variance; Obuchowski, Biometrics 53 (1997), for the
 * design effect.
 */
export function powerPairedAuc(plan: PairedPlan & SizeOrPower): StudySize {
  const { v10, v01, ratio, designEffect = 1, alpha = 0.05 } = plan;
  const margin = plan.margin ?? null;
  const effect = margin === null ? Math.abs(plan.difference) : plan.difference + margin;
  checkOption(effect > 0, `a difference of ${plan.difference} leaves nothing to detect`);
  checkOption(v10 >= 0 && v01 >= 0 && v10 + v01 > 0, `v10 is ${v10}, v01 is ${v01}`);
  checkOption(designEffect > 0, `designEffect is ${designEffect}; it is above 0`);
  checkPlan(plan, ratio, alpha);
  const critical = normalQuantile(1 - alpha / 2);
  const perPositive = designEffect * (v10 + v01 / ratio);
  if ('power' in plan) {
    const reach = critical + normalQuantile(plan.power);
    return studySize((perPositive * reach ** 2) / effect ** 2, ratio, plan.power);
  }
  const shift = effect / Math.sqrt(perPositive / plan.positives);
  const far = margin === null ? normalCdf(-shift - critical) : 0;
  return studySize(plan.positives, ratio, normalCdf(shift - critical) + far);
}

function checkPlan(plan: SizeOrPower, ratio: number, alpha: number): void {
  checkOption(ratio > 0 && ratio < Infinity, `ratio is ${ratio}; it is above 0`);
  checkOption(alpha > 0 && alpha < 1, `alpha is ${alpha}; it lies between 0 and 1`);
  if ('power' in plan) {
    checkOption(plan.power > 0 && plan.power < 1, `power is ${plan.power}; it lies in (0, 1)`);
  } else {
    checkOption(plan.positives > 0, `positives is ${plan.positives}; it is above 0`);
  }
}

const studySize = (positivesUnrounded: number, ratio: number, power: number): StudySize => ({
  positives: Math.ceil(positivesUnrounded),
  positivesUnrounded,
  negatives: Math.ceil(ratio * Math.ceil(positivesUnrounded)),
  power,
});

/**
 * Design effect of patients with unequal numbers of images: `1 + ((cv^2 + 1) mean - 1) icc`.
 *
 * Throws `bad-option` unless meanClusterSize >= 1, cv >= 0, -1 <= icc <= 1.
 *
 * Eldridge, Ashby & Kerry, Int. J. Epidemiol. 35 (2006) 1292-1300.
 *
 * @param plan mean images per patient, their coefficient of variation, correlation within a patient.
 */
export function designEffect(plan: { meanClusterSize: number; cv: number; icc: number }): number {
  const { meanClusterSize, cv, icc } = plan;
  checkOption(meanClusterSize >= 1, `meanClusterSize is ${meanClusterSize}; it is at least 1`);
  checkOption(cv >= 0, `cv is ${cv}; it is not negative`);
  checkOption(icc >= -1 && icc <= 1, `icc is ${icc}; a correlation lies in [-1, 1]`);
  return 1 + ((cv * cv + 1) * meanClusterSize - 1) * icc;
}
