import { checkedCohort, checkedScores, type Labels, type Scores } from './cases.js';
import type { ResampledStatistic } from './cluster-bootstrap.js';
import { scoreOrder } from './score-order.js';
import { isDefined, undef } from './value.js';

/**
 * The AUC as a statistic for `clusterBootstrap`. The scores are sorted once; each replicate is one
 * pass with integer weights, exact to one ulp.
 *
 * Undefined in replicates without a class. Throws as `auc`. O(n) per replicate.
 */
export function aucStatistic(labels: Labels, scores: Scores): ResampledStatistic {
  const cohort = checkedCohort(labels);
  const checked = checkedScores(scores, cohort.labels.length);
  const { order, ends } = scoreOrder(checked);
  const isPositive = Uint8Array.from(order, (i) => cohort.labels[i]!);
  return (weights) => {
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
}

/** The paired difference `AUC of a - AUC of b` as a statistic for `clusterBootstrap`. */
export function aucDifferenceStatistic(labels: Labels, a: Scores, b: Scores): ResampledStatistic {
  const aucOfA = aucStatistic(labels, a);
  const aucOfB = aucStatistic(labels, b);
  return (weights) => {
    const first = aucOfA(weights);
    const second = aucOfB(weights);
    if (!isDefined(first)) return first;
    return isDefined(second) ? first - second : second;
  };
}
