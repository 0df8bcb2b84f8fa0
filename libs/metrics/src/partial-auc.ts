import { checkedCohort, checkedScores, checkOption, type Labels, type Scores } from './cases.js';
import type { ResampledStatistic } from './cluster-bootstrap.js';
import { rocTable } from './roc.js';
import { scoreOrder } from './score-order.js';
import { missingClassOf } from './specificity-at-sensitivity.js';
import { mapValue, undef, type Value } from './value.js';

/** The part of the ROC curve that counts: false positive rates up to, or sensitivities from. */
export type PartialAucRegion = { maxFpr: number } | { minTpr: number };

/** Area under a part of the ROC curve. */
export interface PartialAuc {
  /** Not normalised. */
  area: number;
  /** McClish's standardised area, 0.5 for chance and 1 for a perfect curve; for `maxFpr` alone. */
  mcclish?: number;
}

/**
 * Area under the part of the ROC curve with `fpr <= maxFpr` (trapezoids, the last one cut), or the
 * area between the curve and the line `tpr = minTpr`. For an interval, resample patients with
 * `partialAucStatistic`.
 *
 * Undefined: `no-positives`, `no-negatives`. Throws as `rocCurve`, and `bad-option` for a limit that
 * leaves no region: `0 < maxFpr <= 1`, `0 <= minTpr < 1`. O(n).
 *
 * McClish, Med. Decis. Making 9 (1989) 190-195. Jiang, Metz & Nishikawa, Radiology 201 (1996) 745-750.
 */
export function partialAuc(
  labels: Labels,
  scores: Scores,
  region: PartialAucRegion,
): Value<PartialAuc> {
  checkRegion(region);
  const table = rocTable(labels, scores);
  const missing = missingClassOf(table);
  if (missing) return missing;
  const area = areaOf(
    Float64Array.from(table.falsePositives, (fp) => fp / table.negatives),
    Float64Array.from(table.truePositives, (tp) => tp / table.positives),
    region,
  );
  if ('minTpr' in region) return { area };
  const least = region.maxFpr ** 2 / 2;
  return { area, mcclish: 0.5 * (1 + (area - least) / (region.maxFpr - least)) };
}

function checkRegion(region: PartialAucRegion): void {
  if ('maxFpr' in region) {
    checkOption(region.maxFpr > 0 && region.maxFpr <= 1, `maxFpr is ${region.maxFpr}`);
  } else {
    checkOption(region.minTpr >= 0 && region.minTpr < 1, `minTpr is ${region.minTpr}`);
  }
}

function areaOf(fpr: Float64Array, tpr: Float64Array, region: PartialAucRegion): number {
  let area = 0;
  for (let k = 1; k < fpr.length; k++) {
    const segment = [fpr[k - 1]!, tpr[k - 1]!, fpr[k]!, tpr[k]!] as const;
    area +=
      'maxFpr' in region ? areaLeftOf(region.maxFpr, segment) : areaAbove(region.minTpr, segment);
  }
  return area;
}

type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

function areaLeftOf(limit: number, [x0, y0, x1, y1]: Segment): number {
  if (x0 >= limit || x1 === x0) return 0;
  if (x1 <= limit) return ((x1 - x0) * (y0 + y1)) / 2;
  const cut = y0 + ((y1 - y0) * (limit - x0)) / (x1 - x0);
  return ((limit - x0) * (y0 + cut)) / 2;
}

function areaAbove(limit: number, [x0, y0, x1, y1]: Segment): number {
  if (y1 <= limit || x1 === x0) return 0;
  if (y0 >= limit) return (x1 - x0) * ((y0 + y1) / 2 - limit);
  const cut = x0 + ((x1 - x0) * (limit - y0)) / (y1 - y0);
  return ((x1 - cut) * (y1 - limit)) / 2;
}

/** The partial area as a statistic for `clusterBootstrap`; sorted once, O(n) per replicate. */
export function partialAucStatistic(
  labels: Labels,
  scores: Scores,
  region: PartialAucRegion,
): ResampledStatistic {
  checkRegion(region);
  const curve = weightedRoc(labels, scores);
  return (weights) => mapValue(curve(weights), ({ fpr, tpr }) => areaOf(fpr, tpr, region));
}

/** Rates along a resampled ROC curve, falling threshold, from (0, 0) to (1, 1). */
export interface WeightedRoc {
  fpr: Float64Array;
  tpr: Float64Array;
}

/** The ROC curve as a function of case weights. Sorts once; O(n) per call. */
export function weightedRoc(
  labels: Labels,
  scores: Scores,
): (weights: Uint32Array) => Value<WeightedRoc> {
  const cohort = checkedCohort(labels);
  const { order, ends } = scoreOrder(checkedScores(scores, cohort.labels.length));
  return (weights) => {
    const fpr = new Float64Array(ends.length + 1);
    const tpr = new Float64Array(ends.length + 1);
    let [fp, tp] = [0, 0];
    for (let group = ends.length - 1, point = 1; group >= 0; group--, point++) {
      for (let k = group === 0 ? 0 : ends[group - 1]!; k < ends[group]!; k++) {
        const i = order[k]!;
        if (cohort.labels[i] === 1) tp += weights[i]!;
        else fp += weights[i]!;
      }
      fpr[point] = fp;
      tpr[point] = tp;
    }
    if (tp === 0) return undef('no-positives');
    if (fp === 0) return undef('no-negatives');
    for (let point = 0; point < fpr.length; point++) {
      fpr[point]! /= fp;
      tpr[point]! /= tp;
    }
    return { fpr, tpr };
  };
}
