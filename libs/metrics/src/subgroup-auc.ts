import type { Assumption } from './assumption.js';
import { logitInterval } from './auc-intervals.js';
import type { Cohort, Labels, Scores } from './cases.js';
import type { ClusterIds } from './clusters.js';
import { differenceTest, type DifferenceTest } from './difference-test.js';
import type { Contrast } from './influence.js';
import { normalQuantile } from './normal.js';
import { estimateOf, interactionOf, type Interaction } from './subgroup-interaction.js';
import { stratify, type SubgroupOptions } from './subgroup-strata.js';
import { isDefined, mapValue, undef, type Interval, type Value } from './value.js';

/** AUC of one level of an attribute. */
export interface SubgroupLevel {
  level: string | number;
  positives: number;
  negatives: number;
  auc: Value;
  variance: Value;
  logitCi: Value<Interval>;
  /** True where a class is smaller than the cell that may be shown. */
  suppressed: boolean;
}

/** AUC by subgroup. */
export interface SubgroupAuc extends Interaction {
  groups: SubgroupLevel[];
  /** True where a patient has images in two levels, which makes the levels dependent. */
  crossed: boolean;
  assumption: Assumption;
}

/**
 * AUC in each level of an attribute (sex, skin type, site, camera), and one test that they are all
 * the same. Levels are sorted: numbers rising, then texts by code unit.
 *
 * Where every patient is in one level the test is Cochran's Q; where a patient has images in two, it
 * is a Wald test with the covariance over patients. A level with fewer than two cases (patients) of a
 * class, or variance 0, is listed but not tested, and named in `leftOut`. A difference that is not
 * significant does not show that levels are alike.
 * Undefined: per level as `rocAuc` and `clusteredAuc`; the test `fewer-than-two-levels`.
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `bad-cluster`,
 * `bad-level`. O(n + levels n).
 *
 * Cochran, Biometrics 10 (1954) 101-129. Obuchowski 1997, for the variance over patients.
 *
 * @param groups level of each case.
 */
export function subgroupAuc(
  labels: Labels,
  scores: Scores,
  groups: readonly (string | number)[],
  clusters?: ClusterIds,
  options: Omit<SubgroupOptions, 'clusters'> = {},
): SubgroupAuc {
  const { strata, level, minCell, crossed, assumption } = stratify(
    labels,
    [{ scores, field: 'scores' }],
    groups,
    { ...options, ...(clusters && { clusters }) },
  );
  const z = normalQuantile((1 + level) / 2);
  const own: Contrast = { plus: 0 };
  const estimates = strata.map((stratum) => estimateOf(stratum, own));
  return {
    groups: strata.map(({ name, cohort }, g) => {
      const { value, variance } = estimates[g]!;
      return {
        level: name,
        positives: cohort.positives,
        negatives: cohort.negatives,
        auc: value,
        variance,
        logitCi: levelInterval(value, variance, z),
        suppressed: isSmall(cohort, minCell),
      };
    }),
    ...interactionOf(strata, estimates, own, crossed),
    crossed,
    assumption,
  };
}

/** Logit interval of one level; `zero-variance` at variance 0. */
export function levelInterval(auc: Value, variance: Value, z: number): Value<Interval> {
  if (!isDefined(auc)) return auc;
  return mapValue(variance, (v) =>
    v > 0 ? logitInterval(auc, z * Math.sqrt(v)) : undef('zero-variance'),
  );
}

const isSmall = ({ positives, negatives }: Cohort, minCell: number) =>
  positives < minCell || negatives < minCell;

/** Gain of a version in one level. */
export interface SubgroupGainLevel extends DifferenceTest {
  level: string | number;
  positives: number;
  negatives: number;
  aucA: Value;
  aucB: Value;
  /** `aucA - aucB`. */
  difference: Value;
  suppressed: boolean;
}

/** Difference of two versions by subgroup. */
export interface SubgroupGain extends Omit<SubgroupAuc, 'groups'> {
  groups: SubgroupGainLevel[];
}

/**
 * Difference `A - B` of two versions in each level, and one test whether the gain depends on the
 * level. Everything else as `subgroupAuc`.
 */
export function subgroupGain(
  labels: Labels,
  a: Scores,
  b: Scores,
  groups: readonly (string | number)[],
  options: SubgroupOptions = {},
): SubgroupGain {
  const { strata, level, minCell, crossed, assumption } = stratify(
    labels,
    [
      { scores: a, field: 'scores of A' },
      { scores: b, field: 'scores of B' },
    ],
    groups,
    options,
  );
  const gain: Contrast = { plus: 0, minus: 1 };
  const estimates = strata.map((stratum) => estimateOf(stratum, gain));
  return {
    groups: strata.map(({ name, cohort, influence }, g) => {
      const { value, variance } = estimates[g]!;
      const aucOf = (version: number) =>
        mapValue(influence, ({ sums, doubledPairs }) => sums[version]! / doubledPairs);
      return {
        level: name,
        positives: cohort.positives,
        negatives: cohort.negatives,
        aucA: aucOf(0),
        aucB: aucOf(1),
        difference: value,
        ...differenceTest(value, variance, level),
        suppressed: isSmall(cohort, minCell),
      };
    }),
    ...interactionOf(strata, estimates, gain, crossed),
    crossed,
    assumption,
  };
}
