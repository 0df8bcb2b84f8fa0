import {
  checkedCohort,
  checkedScores,
  type Cohort,
  type Labels,
  type ScoreArray,
  type Scores,
} from './cases.js';
import { casesOfClusters, type ResampledStatistic } from './cluster-bootstrap.js';
import type { Clusters } from './clusters.js';
import { placements } from './placements.js';
import { scoreOrder } from './score-order.js';
import { isDefined, undef, type Value } from './value.js';

/** A statistic that knows its jackknife. */
export interface AucStatistic extends ResampledStatistic {
  readonly withoutEach: (clusters: Clusters) => Value<Float64Array>;
}

/**
 * The AUC as a statistic for `clusterBootstrap`. The scores are sorted once; each replicate is one
 * pass with integer weights, exact to one ulp.
 *
 * Undefined in replicates without a class. Throws as `auc`. O(n) per replicate.
 */
export function aucStatistic(labels: Labels, scores: Scores): AucStatistic {
  const cohort = checkedCohort(labels);
  const checked = checkedScores(scores, cohort.labels.length);
  const { order, ends } = scoreOrder(checked);
  const isPositive = Uint8Array.from(order, (i) => cohort.labels[i]!);
  const weighted = (weights: Uint32Array): Value => {
    let [doubled, positives, negatives, start] = [0, 0, 0, 0];
    for (const end of ends) {
      let [tiedPositives, tied] = [0, 0];
      for (let k = start; k < end; k++) {
        const weight = weights[order[k]!]!;
        tied += weight;
        tiedPositives += weight * isPositive[k]!;
      }
      doubled += tiedPositives * (2 * negatives + tied - tiedPositives);
      positives += tiedPositives;
      negatives += tied - tiedPositives;
      start = end;
    }
    if (positives === 0) return undef('no-positives');
    return negatives === 0 ? undef('no-negatives') : doubled / (2 * positives * negatives);
  };
  const withoutEach = (clusters: Clusters) => aucWithoutEach(cohort, checked, clusters);
  return Object.assign(weighted, { withoutEach });
}

/**
 * The AUC without each patient in turn: from all pairs, those with a case of the patient are taken
 * away, and the pairs inside the patient, taken away twice, are put back. Whole numbers throughout.
 * O(n + pairs inside patients).
 */
function aucWithoutEach(
  cohort: Cohort,
  scores: ScoreArray,
  clusters: Clusters,
): Value<Float64Array> {
  const { labels, positives, negatives } = cohort;
  const { counts, sum } = placements(cohort, scores);
  const without = new Float64Array(clusters.count);
  for (const [c, cases] of casesOfClusters(clusters).entries()) {
    const own = cases.filter((i) => labels[i] === 1);
    const others = cases.filter((i) => labels[i] === 0);
    const left = 2 * (positives - own.length) * (negatives - others.length);
    if (left === 0) return undef(own.length === positives ? 'no-positives' : 'no-negatives');
    const taken = cases.reduce((total, i) => total + counts[i]!, 0);
    without[c] = (sum - taken + doubledWins(scores, own, others)) / left;
  }
  return without;
}

/** `2 #{x > y} + #{x = y}` over the pairs of two short lists of cases. */
function doubledWins(
  scores: ScoreArray,
  own: readonly number[],
  others: readonly number[],
): number {
  let doubled = 0;
  for (const i of own) {
    for (const j of others) {
      doubled += scores[i]! > scores[j]! ? 2 : scores[i]! === scores[j]! ? 1 : 0;
    }
  }
  return doubled;
}

/** The paired difference `AUC of a - AUC of b` as a statistic for `clusterBootstrap`. */
export function aucDifferenceStatistic(labels: Labels, a: Scores, b: Scores): ResampledStatistic {
  const aucOfA = aucStatistic(labels, a);
  const aucOfB = aucStatistic(labels, b);
  const weighted = (weights: Uint32Array): Value => {
    const first = aucOfA(weights);
    const second = aucOfB(weights);
    if (!isDefined(first)) return first;
    return isDefined(second) ? first - second : second;
  };
  const withoutEach = (clusters: Clusters): Value<Float64Array> => {
    const first = aucOfA.withoutEach(clusters);
    const second = aucOfB.withoutEach(clusters);
    if (!isDefined(first)) return first;
    return isDefined(second) ? first.map((auc, c) => auc - second[c]!) : second;
  };
  return Object.assign(weighted, { withoutEach });
}
