import { checkedCohort, type Labels, type Scores } from './cases.js';
import { mcnemarExact } from './mcnemar.js';
import { calls } from './operating-point.js';
import { isDefined, undef, type Value } from './value.js';

/** Images whose call changes from version A to version B. Case numbers, rising. */
export interface FlipList {
  /** Diseased, missed by A, found by B. */
  malignantFixed: number[];
  /** Diseased, found by A, missed by B. */
  malignantBroken: number[];
  /** Healthy, called by A, spared by B. */
  benignFixed: number[];
  /** Healthy, spared by A, called by B. */
  benignBroken: number[];
  /** `(fixed - broken) / m` among the diseased. */
  nriEvents: Value;
  /** `(fixed - broken) / n` among the healthy. */
  nriNonEvents: Value;
  /** Sum of the two: a footnote to the counts, never a headline. */
  nri: Value;
  /** McNemar's exact p of fixed against broken, for independent images. */
  mcnemarP: number;
}

/**
 * Lists the images whose call at the frozen thresholds differs between an old version A and a new
 * version B, rule `score >= threshold`.
 *
 * Undefined: `no-positives`, `no-negatives` (net reclassification). Throws as `operatingPoint`. O(n).
 *
 * Pencina et al., Stat. Med. 27 (2008) 157-172, for the net reclassification.
 */
export function flipList(
  labels: Labels,
  a: Scores,
  b: Scores,
  thresholdA: number | null,
  thresholdB: number | null,
): FlipList {
  const cohort = checkedCohort(labels);
  const before = calls(cohort, a, thresholdA, 'gte');
  const after = calls(cohort, b, thresholdB, 'gte');
  const changed = (label: number, to: number) => {
    const cases: number[] = [];
    for (let i = 0; i < before.length; i++) {
      if (cohort.labels[i] === label && before[i] !== after[i] && after[i] === to) cases.push(i);
    }
    return cases;
  };
  const malignantFixed = changed(1, 1);
  const malignantBroken = changed(1, 0);
  const benignFixed = changed(0, 0);
  const benignBroken = changed(0, 1);
  const { positives: m, negatives: n } = cohort;
  const nriEvents: Value =
    m === 0 ? undef('no-positives') : (malignantFixed.length - malignantBroken.length) / m;
  const nriNonEvents: Value =
    n === 0 ? undef('no-negatives') : (benignFixed.length - benignBroken.length) / n;
  return {
    malignantFixed,
    malignantBroken,
    benignFixed,
    benignBroken,
    nriEvents,
    nriNonEvents,
    nri: sumOf(nriEvents, nriNonEvents),
    mcnemarP: mcnemarExact(
      malignantBroken.length + benignBroken.length,
      malignantFixed.length + benignFixed.length,
    ).p,
  };
}

function sumOf(a: Value, b: Value): Value {
  if (!isDefined(a)) return a;
  return isDefined(b) ? a + b : b;
}
