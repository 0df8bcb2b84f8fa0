import {
  comparePairedJaccard,
  distribution,
  isDefined,
  macroMean,
  overlapColumns,
  studentTSf,
  twoSidedTP,
  type Value,
} from '@lesionwise/metrics';
import { countDistinct, intervalRules, placesOf } from './columns.js';
import type { Answers, Job, JobSet, RawDifference } from './comparison-job.type.js';
import { estimateOf, fewPatients, type IntervalRules } from './estimates.js';
import type { VersionFacts } from './facts.type.js';
import type { VersionSegmentation } from './segmentation-comparison.type.js';

/** Fine enough to draw the shape of a distribution from. */
const bins = 40;

/** Values of the images with a reference mask, in their order. A column where all of them exist. */
type Indices = Float64Array | readonly Value[];

interface MaskIndices {
  jaccard: Indices;
  dice: Indices;
  /** Images where the version has a mask. */
  measured: number;
}

/** Masks of the versions against the reference masks; null where nothing can be said. */
export function segmentationStatistics(
  set: JobSet,
  { drawing }: Extract<Job, { kind: 'segmentation' }>,
): Answers['segmentation'] {
  const all = placesOf(set);
  const places = all.filter((place) => set.facts.hasReferenceMask[place] === 1);
  if (places.length === 0 || drawing.length === 0) return null;
  const patients = places.map((place) => set.facts.patient[place]!);
  const rules = intervalRules(set.rules, { patients });
  const indices = drawing.map((version) => indicesAt(set.versions[version]!, places));
  const draws = drawing[0] === 0;
  return {
    images: places.length,
    patients: countDistinct(patients),
    withoutReference: all.length - places.length,
    versions: drawing.map((version, k) =>
      ofVersion(set, indices[k]!, { version, patients, rules }),
    ),
    differences: draws
      ? drawing
          .slice(1)
          .map((version, k) =>
            differenceOf(set, [indices[0]!, indices[k + 1]!], { version, patients, rules }),
          )
      : [],
  };
}

/** Jaccard and Dice of one version at these places; undefined without a mask. */
export function indicesAt(version: VersionFacts, places: Int32Array): MaskIndices {
  const at = (column: Int32Array) => places.map((place) => column[place]!);
  const tp = at(version.truePositivePx);
  const columns = overlapColumns(tp, at(version.falsePositivePx), at(version.falseNegativePx));
  let measured = 0;
  for (const count of tp) if (count >= 0) measured += 1;
  return {
    jaccard: withReasons(columns.jaccard, tp),
    dice: withReasons(columns.dice, tp),
    measured,
  };
}

/** The column itself where nothing is missing: objects for so many images would cost more than the statistics. */
function withReasons(column: Float64Array, tp: Int32Array): Indices {
  if (!column.some(Number.isNaN)) return column;
  return Array.from(column, (value, k): Value => {
    if (!Number.isNaN(value)) return value;
    return { undefined: tp[k]! < 0 ? 'no-cases' : 'both-masks-empty' };
  });
}

interface Place {
  version: number;
  patients: Int32Array;
  rules: IntervalRules;
}

function ofVersion(
  set: JobSet,
  { jaccard, dice, measured }: MaskIndices,
  { version, patients, rules }: Place,
): VersionSegmentation {
  const spread = distribution(jaccard, { bins, threshold: 0.65 });
  const diceSpread = distribution(dice, { bins });
  const shown = (value: Value) => (isDefined(value) ? value : null);
  const defined = jaccard.length - spread.excluded;
  return {
    modelVersionId: set.versions[version]!.modelVersionId,
    slot: version + 1,
    images: defined,
    undefinedCount: measured - defined,
    meanJaccard: meanEstimate(set, jaccard, patients, rules),
    meanDice: meanEstimate(set, dice, patients, rules),
    medianJaccard: shown(spread.median),
    medianDice: shown(diceSpread.median),
    lowerQuartileJaccard: shown(spread.lowerQuartile),
    upperQuartileJaccard: shown(spread.upperQuartile),
    below065: spread.below,
    jaccardBins: spread.bins,
    diceBins: diceSpread.bins,
  };
}

function meanEstimate(set: JobSet, values: Indices, patients: Int32Array, rules: IntervalRules) {
  const { replicates, seed, level } = set.rules;
  if (!set.rules.isByPatient) {
    const mean = macroMean(values, undefined, { level });
    return estimateOf(mean.mean, mean.ci, rules, {
      method: "Student's t",
      standardError: mean.se,
    });
  }
  const mean = macroMean(values, patients, { replicates, seed, level });
  return estimateOf(mean.mean, mean.ci, rules, {
    method: `percentile bootstrap, ${replicates} replicates, seed ${seed}`,
    standardError: mean.clusterSe ?? mean.se,
  });
}

function differenceOf(
  set: JobSet,
  [baseline, other]: [MaskIndices, MaskIndices],
  { version, patients, rules }: Place,
): RawDifference & { images: number; wilcoxonP: number | null } {
  const { replicates, seed, level, margin } = set.rules;
  const units = set.rules.isByPatient ? patients : Int32Array.from(patients.keys());
  const pair = comparePairedJaccard(baseline.jaccard, other.jaccard, units, {
    ...{ replicates, seed, level },
  });
  const { mean, clusterSe, clusterP, bootstrap, wilcoxon } = pair.difference;
  const among = new Set(
    units.filter((_, k) => isDefined(baseline.jaccard[k]!) && isDefined(other.jaccard[k]!)),
  ).size;
  const isSmall = among < fewPatients;
  const isTested = isDefined(mean) && isDefined(clusterSe) && clusterSe > 0;
  return {
    version,
    images: pair.images,
    difference: estimateOf(mean, bootstrap.percentile, rules, {
      method: `percentile bootstrap, paired, ${replicates} replicates, seed ${seed}`,
      standardError: clusterSe,
    }),
    p:
      isTested && isSmall
        ? twoSidedTP(mean / clusterSe, among - 1)
        : isDefined(clusterP)
          ? clusterP
          : null,
    nonInferiorityP:
      isTested && margin !== null ? studentTSf((mean + margin) / clusterSe, among - 1) : null,
    units: among,
    patientsAtStake: among,
    wilcoxonP: isDefined(wilcoxon) ? wilcoxon.p : null,
  };
}
