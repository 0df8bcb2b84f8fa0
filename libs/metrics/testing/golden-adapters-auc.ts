import * as metrics from '../src/index.js';
import { below } from '../src/mulberry32.js';
import type { CohortV1, Labels, ScoredVersion } from '../src/index.js';
import { defined, type GoldenCase } from './golden.js';

/** Inputs of a golden case, revived. */
export type Input = Record<string, unknown>;

/** Computes what one golden case expects, under the names it expects. */
export type Adapter = (input: Input, golden: GoldenCase) => unknown;

/** The arrays a case may name. */
export interface Cohort {
  labels: Labels;
  scores: number[];
  scoresA: number[];
  scoresB: number[];
  clusters: number[];
}

/** The inputs read as a cohort. */
export const cohort = (input: Input) => input as unknown as Cohort;

/** The cohort its generator makes. */
export const generated = (input: Input) => metrics.cohortV1(input['generator'] as CohortV1);

export function rocAuc(input: Input) {
  if (!('generator' in input)) return metrics.rocAuc(cohort(input).labels, cohort(input).scores);
  const { labels, scores } = generated(input);
  const estimate = metrics.rocAuc(labels, scores[0]!);
  const { positives, negatives } = estimate;
  return {
    ...estimate,
    checksum: {
      labelsSum: labels.reduce((sum, label) => sum + label, 0),
      scoresSum: Array.from(scores[0]!).reduce((sum, score) => sum + score, 0),
      first: Array.from(scores[0]!.subarray(0, 4)),
      distinct: new Set(scores[0]).size,
    },
    doubledPlacementSum: String(Math.round(defined(estimate.auc) * 2 * positives * negatives)),
  };
}

export function comparePairedAuc(input: Input) {
  const { labels, scoresA, scoresB } = cohort(input);
  const margin = input['margin'] as number | undefined;
  return metrics.comparePairedAuc(labels, scoresA, scoresB, margin === undefined ? {} : { margin });
}

export function compareAucs(input: Input) {
  if (!('generator' in input)) {
    return metrics.compareAucs(input['labels'] as Labels, input['versions'] as ScoredVersion[]);
  }
  const { labels, scores } = generated(input);
  return metrics.compareAucs(
    labels,
    scores.map((of, k) => ({ name: `v${k}`, scores: of })),
  );
}

export function clusteredPairedAuc(input: Input) {
  if (!('generator' in input)) {
    const { labels, scoresA, scoresB, clusters } = cohort(input);
    return metrics.clusteredPairedAuc(labels, scoresA, scoresB, clusters);
  }
  const { labels, scores, clusters } = generated(input);
  const compared = metrics.clusteredPairedAuc(labels, scores[0]!, scores[1]!, clusters!);
  return { ...compared, aucs: [compared.aucA, compared.aucB] };
}

export function clusterBootstrap(input: Input, { expected }: GoldenCase) {
  const { labels, scoresA, scoresB, clusters } = cohort(input);
  const options = input as unknown as metrics.BootstrapOptions;
  const aucA = metrics.clusterBootstrap(metrics.aucStatistic(labels, scoresA), clusters, options);
  const difference = metrics.clusterBootstrap(
    metrics.aucDifferenceStatistic(labels, scoresA, scoresB),
    clusters,
    options,
  );
  const random = metrics.mulberry32(options.seed);
  const patients = new Set(clusters).size;
  return {
    redrawn: difference.redrawn,
    firstIndices: (expected['firstIndices'] as number[]).map(() => below(random, patients)),
    aucA,
    difference,
    firstReplicatesA: Array.from(aucA.values.subarray(0, 5)),
  };
}

export function curves(input: Input, { expected }: GoldenCase) {
  const { labels, scores } = cohort(input);
  const points = metrics.rocCurve(labels, scores);
  const kept = metrics.rocCurve(labels, scores, { variant: 'drop-intermediate' });
  const targets = Object.keys(expected['specificityAtSensitivity'] as object);
  const { maxFpr } = expected['partialAucFpr'] as { maxFpr: number };
  const { minTpr } = expected['partialAucTpr'] as { minTpr: number };
  return {
    points,
    droppedPointCount: points.length - kept.length,
    keptThresholds: kept.map(({ threshold }) => threshold),
    averagePrecision: metrics.averagePrecision(labels, scores),
    averagePrecisionTrapezoid: metrics.averagePrecision(labels, scores, { rule: 'trapezoid' }),
    specificityAtSensitivity: Object.fromEntries(
      targets.map((target) => [
        target,
        {
          all: metrics.specificityAtSensitivity(labels, scores, Number(target)),
          dropIntermediate: metrics.specificityAtSensitivity(labels, scores, Number(target), {
            variant: 'drop-intermediate',
          }),
        },
      ]),
    ),
    youden: metrics.youden(labels, scores),
    partialAucFpr: { maxFpr, ...metrics.partialAuc(labels, scores, { maxFpr }) },
    partialAucTpr: { minTpr, ...metrics.partialAuc(labels, scores, { minTpr }) },
  };
}

export function transferThreshold(input: Input, { expected }: GoldenCase) {
  const source = { labels: input['labelsA'] as Labels, scores: input['scoresA'] as number[] };
  const target = { labels: input['labelsB'] as Labels, scores: input['scoresB'] as number[] };
  return Object.fromEntries(
    Object.keys(expected).map((key) => {
      const moved = defined(
        metrics.transferThreshold(source, target, { sensitivity: Number(key) }),
      );
      const sensitivity = defined(moved.source.sensitivity).estimate;
      return [key, { ...moved.target, threshold: moved.threshold, sourceSensitivity: sensitivity }];
    }),
  );
}
