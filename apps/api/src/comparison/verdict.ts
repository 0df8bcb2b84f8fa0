import { adjustPValues } from '@lesionwise/metrics';
import type { PValueCorrection } from './comparison.input.js';
import type { RawDifference } from './comparison-job.type.js';
import type { NonInferiority, Verdict } from './difference.type.js';

/** Below this many patients with the disease no verdict should be built (docs/statistics.md). */
const fewestPatients = 10;

export interface VerdictRules {
  correction: PValueCorrection;
  margin: number | null;
  alpha: number;
}

/** p-values of one family, corrected together; null stays null and is no test. */
export function corrected(
  pValues: readonly (number | null)[],
  correction: PValueCorrection,
): { adjusted: (number | null)[]; tests: number } {
  const tested = pValues.filter((p) => p !== null);
  const { holm, benjaminiHochberg } = adjustPValues(tested);
  const all = { HOLM: holm, BENJAMINI_HOCHBERG: benjaminiHochberg, NONE: tested }[correction];
  let next = 0;
  return { adjusted: pValues.map((p) => (p === null ? null : all[next++]!)), tests: tested.length };
}

/** What a difference shows. Superiority and inferiority need the interval and the corrected p to agree. */
export function verdictOf(
  { difference: { low, high }, patientsAtStake }: RawDifference,
  adjustedP: number | null,
  { margin, alpha }: VerdictRules,
): Verdict {
  if (patientsAtStake < fewestPatients) return 'TOO_FEW_PATIENTS';
  if (low === null || high === null || adjustedP === null) return 'NOT_DECISIVE';
  const isTested = adjustedP < alpha;
  if (low > 0 && isTested) return 'SUPERIOR';
  if (margin !== null && low > -margin) return 'NON_INFERIOR';
  if (high < 0 && isTested) return 'WORSE';
  return margin === null ? 'NO_DIFFERENCE_SHOWN' : 'NOT_DECISIVE';
}

/** The test of a margin, by the very interval that is shown; null without a margin. */
export function nonInferiorityOf(
  { difference: { low }, nonInferiorityP }: RawDifference,
  margin: number | null,
): NonInferiority | null {
  if (margin === null) return null;
  const holds = low === null ? null : low > -margin;
  return { margin, p: nonInferiorityP, lower: low, holds };
}
