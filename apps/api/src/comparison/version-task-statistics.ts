import {
  averagePrecision,
  calibration,
  clusteredCalibration,
  clusteredDecisionCurve,
  clusteredOperatingPoint,
  clusteredProportion,
  drawnCurves,
  isDefined,
  mapValue,
  operatingPoint,
  reliability,
  resampledRoc,
  specificityAtSensitivity,
  transferThreshold,
  type ThresholdChoice,
  type Value,
} from '@lesionwise/metrics';
import { clustersOf, columnsOf, intervalRules } from './columns.js';
import type { ComparedCalibration, DecisionCurvePoint } from './calibration.type.js';
import type { Answers, Job, JobSet, VersionTaskAnswer } from './comparison-job.type.js';
import {
  estimateOf,
  type IntervalRules,
  tooFewEstimate,
  tooSmallClass,
  unitsInWords,
} from './estimates.js';
import type { ComparedOperatingPoint } from './operating-point.type.js';

type VersionTaskJob = Extract<Job, { kind: 'version-task' }>;
type Columns = ReturnType<typeof columnsOf>;

/** Of the ISIC 2017 scorer. */
const sensitivities = [0.82, 0.89, 0.95];
const fiftieths = Array.from({ length: 51 }, (_, k) => k / 50);
const calibrationBins = 10;
/** A chart of some 400 pixels shows no more, and half of an answer are these points. */
const curvePoints = 200;
/** Risks at which one might biopsy: close together where decisions are made. */
const risks = [
  ...[0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.2, 0.25],
  ...[0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9],
];

/** Chooses a version's threshold on the images of the set; null where a class is missing. */
export function chosenThreshold(
  set: JobSet,
  { task, version, rule }: Extract<Job, { kind: 'threshold' }>,
): Answers['threshold'] {
  const { labels, scores } = columnsOf(set, task, version);
  const choice: ThresholdChoice =
    rule.kind === 'YOUDEN' ? 'youden' : { sensitivity: rule.value ?? 1 };
  const chosen = transferThreshold({ labels, scores }, { labels, scores }, choice);
  return isDefined(chosen) ? { threshold: chosen.threshold } : null;
}

/** Curves, operating point, calibration and decision curve of one version in one task. */
export function versionTaskStatistics(set: JobSet, job: VersionTaskJob): VersionTaskAnswer {
  const columns = columnsOf(set, job.task, job.version);
  const rules = intervalRules(set.rules, columns);
  const positives = columns.labels.reduce((sum, label) => sum + label, 0);
  const counts = { positives, negatives: columns.labels.length - positives };
  const small = tooSmallClass(counts, set.rules.minimumCell);
  if (small) {
    return {
      ...{ roc: [], rocBand: null, precisionRecall: [], specificityAtSensitivity: [] },
      averagePrecision: tooFewEstimate(rules, small),
      ...{ operatingPoint: null, calibration: null, decisionCurve: [] },
    };
  }
  const curves = drawnCurves(columns.labels, columns.scores, curvePoints);
  return {
    roc: isDefined(curves) ? curves.roc : [],
    precisionRecall: isDefined(curves) ? curves.precisionRecall : [],
    ...resampledParts(set, job, columns, rules),
    operatingPoint:
      job.threshold === undefined
        ? null
        : operatingPointOf(set, columns, rules, { threshold: job.threshold, chosen: job.chosen }),
    calibration: calibrationOf(set, columns, rules),
    decisionCurve: decisionCurveOf(set, columns, rules),
  };
}

/** What needs resampled patients: the band, the specificities and the average precision. */
function resampledParts(
  set: JobSet,
  { hasBand }: VersionTaskJob,
  { labels, scores, patients }: Columns,
  rules: IntervalRules,
) {
  const { replicates, seed, level } = set.rules;
  const resampled = resampledRoc(labels, scores, {
    ...{ replicates, seed, level, sensitivities },
    clusters: clustersOf(set.rules, { patients }),
    fpr: hasBand ? fiftieths : [],
  });
  const method = `percentile bootstrap, ${replicates} replicates, seed ${seed}`;
  return {
    rocBand:
      hasBand && isDefined(resampled)
        ? {
            falsePositiveRates: resampled.fpr,
            ...{ low: resampled.lower, high: resampled.upper },
            method: `pointwise ${method}, ${unitsInWords(rules)}`,
          }
        : null,
    averagePrecision: estimateOf(
      averagePrecision(labels, scores),
      mapValue(resampled, (of) => of.averagePrecision),
      rules,
      { method },
    ),
    specificityAtSensitivity: sensitivities.map((target, k) => {
      const point = specificityAtSensitivity(labels, scores, target);
      const interval = mapValue(resampled, (of) => of.specificity[k]!);
      return {
        target,
        sensitivity: isDefined(point) ? point.sensitivity : null,
        threshold: isDefined(point) ? point.threshold : null,
        specificity: estimateOf(
          mapValue(point, ({ specificity }) => specificity),
          interval,
          rules,
          { method },
        ),
      };
    }),
  };
}

/** Images are clusters of their own where they are taken as independent. */
const unitsOf = (rules: IntervalRules, patients: Int32Array) =>
  rules.isClustered ? patients : Int32Array.from(patients.keys());

function operatingPointOf(
  set: JobSet,
  { labels, scores, patients }: Columns,
  rules: IntervalRules,
  { threshold, chosen }: { threshold: number | null; chosen: string },
): ComparedOperatingPoint {
  const { level } = set.rules;
  const plain = operatingPoint(labels, scores, threshold, 'gte', { level });
  const units = unitsOf(rules, patients);
  const over = clusteredOperatingPoint(labels, scores, threshold, 'gte', units, { level });
  const share = (rate: 'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'accuracy') => {
    const alone = plain[rate];
    const value: Value = mapValue(alone, ({ estimate }) => estimate);
    return rules.isClustered
      ? estimateOf(value, over[rate].wilson, rules, {
          method: 'Wilson by Rao and Scott',
          standardError: over[rate].se,
        })
      : estimateOf(
          value,
          mapValue(alone, ({ wilson }) => wilson),
          rules,
          { method: 'Wilson' },
        );
  };
  const several = (rate: 'balancedAccuracy' | 'youden' | 'f1') =>
    estimateOf(plain[rate], over[rate].ci, rules, {
      method: 'Wald, linearised',
      standardError: over[rate].se,
    });
  return {
    ...{ threshold, chosen, sourceCounts: null },
    counts: {
      ...{ truePositives: plain.tp, falsePositives: plain.fp },
      ...{ falseNegatives: plain.fn, trueNegatives: plain.tn },
    },
    sensitivity: share('sensitivity'),
    specificity: share('specificity'),
    ppv: share('ppv'),
    npv: share('npv'),
    accuracy: share('accuracy'),
    balancedAccuracy: several('balancedAccuracy'),
    youden: several('youden'),
    f1: several('f1'),
  };
}

function calibrationOf(
  { rules: { level } }: JobSet,
  { labels, scores, patients }: Columns,
  rules: IntervalRules,
): ComparedCalibration {
  const plain = reliability(labels, scores, { bins: calibrationBins, level });
  const units = unitsOf(rules, patients);
  const over = clusteredCalibration(labels, scores, units, { level });
  const members = membersOfBins(scores, plain.bins);
  return {
    bins: plain.bins.map((bin, b) => ({
      ...{ from: bin.lower, to: bin.upper, count: bin.count, positives: bin.positives },
      meanScore: bin.meanScore,
      observed: shareInBin(bin, members[b]!, { labels, units }, rules),
    })),
    ...logisticParts({ labels, scores, over }, rules),
    brier: fromIntercept(over.brier, rules, { method: 'Wald' }),
    ece: isDefined(plain.ece) ? plain.ece : null,
    binCount: calibrationBins,
    clamped: plain.clamped,
  };
}

/** Slope and calibration in the large: over patients where they have several images, else as for independent ones. */
function logisticParts(
  {
    labels,
    scores,
    over,
  }: Pick<Columns, 'labels' | 'scores'> & { over: ReturnType<typeof clusteredCalibration> },
  rules: IntervalRules,
) {
  if (rules.isClustered) {
    return {
      slope: fromIntercept(over.slope, rules, { method: 'Wald, sandwich' }),
      inTheLarge: fromIntercept(over.calibrationInTheLarge, rules, { method: 'Wald, sandwich' }),
    };
  }
  const { slope, calibrationInTheLarge } = calibration(labels, scores, {
    bins: calibrationBins,
    level: rules.level,
  });
  const asIntercept = mapValue(slope, (of) => ({
    ...{ estimate: of.slope, se: of.seSlope, ci: of.slopeCi },
  }));
  return {
    slope: fromIntercept(asIntercept, rules, { method: 'Wald' }),
    inTheLarge: fromIntercept(calibrationInTheLarge, rules, { method: 'Wald' }),
  };
}

const fromIntercept = (
  of: Value<{ estimate: number; se: number; ci: readonly [number, number] }>,
  rules: IntervalRules,
  { method }: { method: string },
) =>
  estimateOf(
    mapValue(of, ({ estimate }) => estimate),
    mapValue(of, ({ ci }) => ci),
    rules,
    { method, standardError: mapValue(of, ({ se }) => se) },
  );

/** Case numbers of each bin, which holds `lower < score <= upper`, the first also 0. */
function membersOfBins(scores: Float64Array, bins: readonly { count: number; upper: number }[]) {
  const members = bins.map(({ count }) => new Uint32Array(count));
  const filled = new Uint32Array(bins.length);
  for (let k = 0; k < scores.length; k++) {
    let bin = 0;
    while (scores[k]! > bins[bin]!.upper) bin += 1;
    members[bin]![filled[bin]!++] = k;
  }
  return members;
}

function shareInBin(
  bin: { observed: number | null; wilson: readonly [number, number] | null },
  members: Uint32Array,
  { labels, units }: { labels: Uint8Array; units: Int32Array },
  rules: IntervalRules,
) {
  if (bin.observed === null) {
    return estimateOf({ undefined: 'no-cases' }, null, rules, { method: 'Wilson' });
  }
  if (!rules.isClustered) return estimateOf(bin.observed, bin.wilson, rules, { method: 'Wilson' });
  const [ownLabels, ownUnits] = [new Uint8Array(members.length), new Int32Array(members.length)];
  for (let k = 0; k < members.length; k++) {
    ownLabels[k] = labels[members[k]!]!;
    ownUnits[k] = units[members[k]!]!;
  }
  const share = clusteredProportion(ownLabels, ownUnits, { level: rules.level });
  return estimateOf(share.estimate, share.wilson, rules, {
    method: 'Wilson by Rao and Scott',
    standardError: share.se,
  });
}

function decisionCurveOf(
  { rules: { level } }: JobSet,
  { labels, scores, patients }: Columns,
  rules: IntervalRules,
): DecisionCurvePoint[] {
  const units = unitsOf(rules, patients);
  const curve = clusteredDecisionCurve(labels, scores, risks, units, { level });
  if (!isDefined(curve)) return [];
  return curve.points.map((point) => ({
    threshold: point.threshold,
    treatAll: point.treatAll,
    netBenefit: estimateOf(point.netBenefit, point.netBenefitCi, rules, {
      method: 'Wald',
      standardError: point.netBenefitSe,
    }),
    avoidedPer100: estimateOf(point.avoidedPer100, point.avoidedPer100Ci, rules, {
      method: 'Wald',
      standardError: point.avoidedPer100Se,
    }),
  }));
}
