import type { Assumption } from './assumption.js';
import { checkCount, type Labels, type Scores } from './cases.js';
import type { ClusterIds } from './clusters.js';
import { differenceTest, type DifferenceTest } from './difference-test.js';
import type { Contrast } from './influence.js';
import { normalQuantile } from './normal.js';
import { levelInterval } from './subgroup-auc.js';
import { estimateOf, interactionOf, type Interaction } from './subgroup-interaction.js';
import { stratify, type Stratum, type SubgroupOptions } from './subgroup-strata.js';
import type { Interval, Value } from './value.js';

/** One version in one level. */
export interface LevelVersion {
  auc: Value;
  variance: Value;
  logitCi: Value<Interval>;
  /** Version minus the first version in this level; null for the first. */
  gain: (DifferenceTest & { difference: Value }) | null;
}

/** One level of an attribute. */
export interface VersionsLevel {
  level: string | number;
  positives: number;
  negatives: number;
  /** Patients with an image in it; images where no patients are given. */
  units: number;
  /** True where a class is smaller than the cell that may be shown. */
  suppressed: boolean;
  versions: LevelVersion[];
}

/** Several versions by subgroup. */
export interface SubgroupVersions {
  groups: VersionsLevel[];
  /** Whether the levels differ, for each version. */
  aucs: Interaction[];
  /** Whether the difference to the first version depends on the level, for each other version. */
  gains: Interaction[];
  /** Levels large enough to be tested, whether or not they have a variance. */
  tested: (string | number)[];
  /** True where a patient has images in two levels. */
  crossed: boolean;
  assumption: Assumption;
}

export interface SubgroupVersionsOptions extends SubgroupOptions {
  /** Cases of each class below which a level stays out of the tests; 10 unless given. */
  minTestCell?: number;
}

const MIN_TEST_CELL = 10;

/**
 * AUC of several versions in each level of an attribute, the gain over the first version, and for
 * each the test whether levels differ: what `subgroupAuc` and `subgroupGain` say, from one sort per
 * version and level. Levels with few cases of a class are listed, but stay out of the tests.
 *
 * Undefined, errors and sources as `subgroupAuc`; `bad-count` for a cell that is no whole number.
 *
 * @param groups level of each case.
 */
export function subgroupVersions(
  labels: Labels,
  versions: readonly Scores[],
  groups: ClusterIds,
  options: SubgroupVersionsOptions = {},
): SubgroupVersions {
  const minTestCell = options.minTestCell ?? MIN_TEST_CELL;
  checkCount(minTestCell, 'minTestCell');
  const { strata, level, minCell, crossed, assumption } = stratify(
    labels,
    versions.map((scores, k) => ({ scores, field: `versions[${k}]` })),
    groups,
    options,
  );
  const z = normalQuantile((1 + level) / 2);
  const isAtLeast = (least: number) => (stratum: Stratum) =>
    stratum.cohort.positives >= least && stratum.cohort.negatives >= least;
  const large = strata.filter(isAtLeast(minTestCell));
  const testOf = (contrast: Contrast) =>
    interactionOf(
      large,
      large.map((stratum) => estimateOf(stratum, contrast)),
      contrast,
      crossed,
    );
  const isShown = isAtLeast(minCell);
  return {
    groups: strata.map((stratum) => ({
      level: stratum.name,
      positives: stratum.cohort.positives,
      negatives: stratum.cohort.negatives,
      units: stratum.units,
      suppressed: !isShown(stratum),
      versions: versions.map((_, k) => versionIn(stratum, k, z, level)),
    })),
    aucs: versions.map((_, k) => testOf({ plus: k })),
    gains: versions.slice(1).map((_, k) => testOf({ plus: k + 1, minus: 0 })),
    tested: large.map(({ name }) => name),
    crossed,
    assumption,
  };
}

function versionIn(stratum: Stratum, k: number, z: number, level: number): LevelVersion {
  const own = estimateOf(stratum, { plus: k });
  const auc = {
    auc: own.value,
    variance: own.variance,
    logitCi: levelInterval(own.value, own.variance, z),
  };
  if (k === 0) return { ...auc, gain: null };
  const gain = estimateOf(stratum, { plus: k, minus: 0 });
  return {
    ...auc,
    gain: { difference: gain.value, ...differenceTest(gain.value, gain.variance, level) },
  };
}
