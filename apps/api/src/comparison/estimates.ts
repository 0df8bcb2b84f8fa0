import { type Interval, isDefined, type Value, type VersionAuc } from '@lesionwise/metrics';
import type { Estimate } from './estimate.type.js';

/** Below this many patients Student's t takes the place of the normal distribution. */
export const fewPatients = 50;

/** How intervals of one set of images are made. */
export interface IntervalRules {
  level: number;
  /** Patients are the units, and some have several images. */
  isClustered: boolean;
  /** Images are taken as independent because somebody asked for it, though patients have several. */
  assumesIndependence: boolean;
  /** Patients, or images where they are the units. */
  units: number;
}

/** What counts as independent, as every method says it. */
export const unitsInWords = ({
  isClustered,
  assumesIndependence,
}: Pick<IntervalRules, 'isClustered' | 'assumesIndependence'>) =>
  isClustered
    ? 'clustered by patient'
    : assumesIndependence
      ? 'assumes independent images'
      : 'one image per patient';

/** An estimate with the interval that was computed for it, or the reasons why there is none. */
export function estimateOf(
  value: Value | null,
  interval: Value<Interval> | null,
  rules: IntervalRules,
  { method, standardError }: { method: string; standardError?: Value },
): Estimate {
  const exists = value !== null && isDefined(value);
  const ci = interval !== null && isDefined(interval) ? interval : null;
  return {
    value: exists ? value : null,
    low: exists && ci ? ci[0] : null,
    high: exists && ci ? ci[1] : null,
    standardError: isNumber(standardError) ? standardError : null,
    level: rules.level,
    method: `${method}, ${unitsInWords(rules)}`,
    undefinedReason: exists ? null : value === null ? 'not-estimated' : value.undefined,
    intervalUndefinedReason: exists && !ci ? (reasonOf(interval) ?? 'not-estimated') : null,
  };
}

const isNumber = (value: Value | undefined): value is number => typeof value === 'number';
const reasonOf = (value: Value<Interval> | null) =>
  value !== null && !isDefined(value) ? value.undefined : null;

/** The AUC with the interval to show: logit, by Student's t below 50 units, Newcombe's at 0 and 1. */
export function aucEstimate(version: VersionAuc, rules: IntervalRules): Estimate {
  const isSmall = rules.units < fewPatients;
  const ci = isSmall ? version.logitTCi : version.logitCi;
  const method = isSmall ? "logit with Student's t" : 'logit';
  const isAtTheEdge = isDefined(version.auc) && !isDefined(ci) && ci.undefined === 'zero-variance';
  return isAtTheEdge
    ? estimateOf(version.auc, version.newcombeCi, rules, {
        method: 'Newcombe, approximate',
        standardError: version.se,
      })
    : estimateOf(version.auc, ci, rules, { method, standardError: version.se });
}

/** Nothing is estimated from so few images of a class. */
export const tooFewEstimate = (
  { level }: Pick<IntervalRules, 'level'>,
  reason: 'too-few-positives' | 'too-few-negatives',
): Estimate => ({
  ...{ value: null, low: null, high: null, standardError: null, level },
  ...{ method: 'not estimated', undefinedReason: reason, intervalUndefinedReason: null },
});

/** The class that is too small, the positives before the negatives; null where both are large enough. */
export function tooSmallClass(
  { positives, negatives }: { positives: number; negatives: number },
  least: number,
): 'too-few-positives' | 'too-few-negatives' | null {
  if (positives < least) return 'too-few-positives';
  return negatives < least ? 'too-few-negatives' : null;
}
