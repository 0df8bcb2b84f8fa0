import { fQuantile } from '../src/beta.js';
import * as metrics from '../src/index.js';
import type { Isic2017Task, Labels, Value } from '../src/index.js';
import { maskOfRows, valuesOf } from './golden.js';
import {
  clusterBootstrap,
  clusteredPairedAuc,
  cohort,
  compareAucs,
  comparePairedAuc,
  curves,
  generated,
  rocAuc,
  transferThreshold,
  type Adapter,
  type Input,
} from './golden-adapters-auc.js';

/** Reads a field of a value that may be undefined. */
const field =
  <T, K extends keyof T>(key: K) =>
  (value: T): T[K] =>
    value[key];

function operatingPoint(input: Input) {
  const { labels, scores } = cohort(input);
  const { threshold, rule } = input as { threshold: number; rule: metrics.ThresholdRule };
  return metrics.operatingPoint(labels, scores, threshold, rule);
}

function subgroupAuc(input: Input) {
  const { labels, scores, clusters } = cohort(input);
  const groups = input['groups'] as string[];
  const byLevel = metrics.subgroupAuc(
    labels,
    scores,
    groups,
    'clusters' in input ? clusters : undefined,
  );
  return {
    ...byLevel,
    levels: byLevel.groups.map(({ level }) => level),
    aucs: byLevel.groups.map(({ auc }) => auc),
  };
}

function segmentation(input: Input) {
  const reference = maskOfRows(input['reference'] as string[]);
  const predicted = maskOfRows(input['predicted'] as string[]);
  const counts = metrics.segmentationCounts(reference, predicted);
  return {
    counts,
    isic2017: metrics.segmentationMetrics(counts, 'isic2017-v1'),
    isic2018: metrics.segmentationMetrics(counts, 'isic2018-seg'),
    study: metrics.segmentationMetrics(counts, 'study-v1'),
    surface: metrics.surfaceDistances(reference, predicted),
  };
}

function jaccardAggregate(input: Input) {
  const a = valuesOf(input['jaccardA']);
  const b = valuesOf(input['jaccardB']);
  const clusters = input['clusters'] as number[];
  const options = input as unknown as metrics.BootstrapOptions;
  const inBoth = a.map((of, i) => (metrics.isDefined(b[i]!) ? of : (b[i] as Value)));
  const ofA = metrics.macroMean(inBoth, clusters);
  const compared = metrics.comparePairedJaccard(a, b, clusters, options);
  return {
    images: compared.images,
    excluded: compared.excluded,
    macroMeanA: ofA.mean,
    sd: ofA.sd,
    tCi: ofA.tCi,
    clusterSeA: ofA.clusterSe,
    thresholdJaccardMeanA: metrics.macroMean(inBoth.map(metrics.thresholdJaccard)).mean,
    difference: compared.difference,
  };
}

function isic2017Classification(input: Input) {
  const tasks = input as unknown as { melanoma: Isic2017Task; seborrheicKeratosis: Isic2017Task };
  const names = { melanoma: tasks.melanoma, seborrheic_keratosis: tasks.seborrheicKeratosis };
  const official = metrics.isic2017Classification(tasks);
  const allPointsVariant: Record<string, Value> = {};
  for (const [name, { labels, scores }] of Object.entries(names)) {
    for (const percent of [82, 89, 95]) {
      allPointsVariant[`spec_at_sens_${percent}_${name}`] = metrics.mapValue(
        metrics.specificityAtSensitivity(labels, scores, percent / 100),
        field('specificity'),
      );
    }
    const trapezoid = `average_precision_${name}_trapezoid`;
    allPointsVariant[trapezoid] = official[trapezoid]!;
  }
  return { metrics: official, allPointsVariant };
}

function powerSingleAuc(input: Input) {
  const plan = input as { auc: number; ratio: number };
  return {
    positivesForPower90: metrics.powerSingleAuc({ ...plan, power: 0.9 }).positivesUnrounded,
    powerWith50: metrics.powerSingleAuc({ ...plan, positives: 50 }).power,
  };
}

function powerPairedAuc(input: Input) {
  const plan = input as unknown as metrics.PairedPlan;
  const size = metrics.powerPairedAuc({ ...plan, power: 0.8 });
  return {
    positivesForPower80: size.positives,
    unrounded: size.positivesUnrounded,
    powerWith60: metrics.powerPairedAuc({ ...plan, positives: 60 }).power,
  };
}

function hanleyMcNeilVariance(input: Input) {
  const { auc, positives, negatives } = input as Record<string, number>;
  const variance = metrics.hanleyMcNeilVariance(auc!, positives!, negatives!);
  return { variance, halfWidth: metrics.normalQuantile(0.975) * Math.sqrt(variance) };
}

function normal(input: Input) {
  const { z, p } = input as { z: number[]; p: number[] };
  return {
    cdf: z.map(metrics.normalCdf),
    sf: z.map(metrics.normalSf),
    quantile: p.map(metrics.normalQuantile),
  };
}

function specialFunctions(input: Input) {
  const pairs = input as Record<string, [number, number, number][]>;
  return {
    chiSquareSf: pairs['chiSquare']?.map(([x, df]) => metrics.chiSquareSf(x, df)),
    studentSf: pairs['student']?.map(([t, df]) => metrics.studentTSf(t, df)),
    studentQuantile975: pairs['student']?.map(([, df]) => metrics.studentTQuantile(0.975, df)),
    betaQuantile: pairs['beta']?.map(([p, a, b]) => metrics.betaQuantile(p, a, b)),
    betaCdf: pairs['betaX']?.map(([x, a, b]) => metrics.betaCdf(x, a, b)),
    chiSquareQuantile: pairs['chiSquareP']?.map(([p, df]) => metrics.chiSquareQuantile(p, df)),
    fQuantile: pairs['f']?.map(([p, df1, df2]) => fQuantile(p, df1, df2)),
    studentTail: pairs['studentP']?.map(([p, df]) => metrics.studentTQuantile(p, df)),
  };
}

/** What computes each golden case, by the first function it names. */
export const adapters: Record<string, Adapter | undefined> = {
  mulberry32: (input) => {
    const random = metrics.mulberry32(input['seed'] as number);
    return { u32: Array.from({ length: 6 }, random) };
  },
  cohortV1: (input) => {
    const { labels, scores, clusters } = generated(input);
    return {
      labels: Array.from(labels),
      scores: scores.map((of) => Array.from(of)),
      clusters: Array.from(clusters!),
    };
  },
  rocAuc,
  comparePairedAuc,
  compareAucs,
  adjustPValues: (input) => metrics.adjustPValues(input['p'] as number[]),
  clusteredPairedAuc,
  clusterBootstrap,
  clusteredProportion: (input) =>
    metrics.clusteredProportion(input['outcomes'] as Labels, cohort(input).clusters),
  clusteredProportionDifference: (input) =>
    metrics.clusteredProportionDifference(
      input['a'] as Labels,
      input['b'] as Labels,
      cohort(input).clusters,
    ),
  rocCurve: curves,
  rocBandKs: (input) => {
    const { positives, negatives, level } = input as Record<string, number>;
    return metrics.rocBandKs(positives!, negatives!, level);
  },
  transferThreshold,
  operatingPoint,
  mcnemarExact: (input) => metrics.mcnemarExact(input['b'] as number, input['c'] as number),
  flipList: (input) => {
    const { labels, scoresA, scoresB } = cohort(input);
    const { thresholdA, thresholdB } = input as { thresholdA: number; thresholdB: number };
    return metrics.flipList(labels, scoresA, scoresB, thresholdA, thresholdB);
  },
  calibration: (input) =>
    metrics.calibration(cohort(input).labels, cohort(input).scores, {
      bins: input['bins'] as number,
    }),
  decisionCurve: (input) =>
    metrics.decisionCurve(
      cohort(input).labels,
      cohort(input).scores,
      input['thresholds'] as number[],
    ),
  subgroupAuc,
  hanleyMcNeilVariance,
  powerSingleAuc,
  powerPairedAuc,
  designEffect: (input) => ({ designEffect: metrics.designEffect(input as never) }),
  segmentationMetrics: segmentation,
  macroMean: jaccardAggregate,
  wilcoxonSignedRank: (input) => metrics.wilcoxonSignedRank(input['differences'] as number[]),
  cohenKappa: (input) => metrics.cohenKappa(input['table'] as number[][]),
  fleissKappa: (input) => metrics.fleissKappa(input['counts'] as number[][]),
  icc21: (input) => metrics.icc21(input['ratings'] as number[][]),
  pairwiseDice: (input) => metrics.pairwiseDice((input['masks'] as string[][]).map(maskOfRows)),
  isic2017Classification,
  normalCdf: normal,
  chiSquareSf: specialFunctions,
};
