import {
  designEffect,
  MetricInputError,
  powerPairedAuc,
  powerSingleAuc,
  type SizeOrPower,
  type StudySize,
} from '@lesionwise/metrics';
import { invalid } from '../errors.js';
import type {
  ClusteringInput,
  PlanPairedAucInput,
  PlanSingleAucInput,
} from './study-size.input.js';
import type { PowerPoint, StudySizePlan } from './study-size.type.js';

/** No study has more; beyond it the numbers no longer fit a GraphQL Int. */
const mostImages = 100_000_000;
/** Enough points for a smooth curve on any screen. */
const curvePoints = 40;
/** The curve goes from a tenth of the planned size to twice of it. */
const [curveFrom, curveTo] = [0.1, 2];

/** Size or power of a test of one AUC against 0.5. */
export function planSingleAuc(input: PlanSingleAucInput): StudySizePlan {
  between('auc', input.auc, 0.5, 1);
  const common = commonOf(input);
  const sizeOf = (ask: SizeOrPower) => powerSingleAuc({ auc: input.auc, ...common, ...ask });
  return planned(input, common.designEffect, sizeOf, 'Obuchowski 2004, one AUC against 0.5');
}

/** Size or power of a paired comparison: superiority, or non-inferiority where a margin is given. */
export function planPairedAuc(input: PlanPairedAucInput): StudySizePlan {
  const { difference, v10, v01 } = input;
  between('difference', difference, -1, 1);
  atLeast('v10', v10, 0);
  atLeast('v01', v01, 0);
  if (v10 + v01 === 0) throw invalid('v10', 'At least one of v10 and v01 is above 0.');
  const margin = input.margin ?? null;
  if (margin !== null) between('margin', margin, 0, 1);
  if (margin === null && difference === 0) {
    throw invalid('difference', 'Without a difference there is nothing to detect.');
  }
  if (margin !== null && difference + margin <= 0) {
    throw invalid('difference', 'A version that is worse by the margin or more cannot pass.');
  }
  const common = commonOf(input);
  const sizeOf = (ask: SizeOrPower) =>
    powerPairedAuc({ difference, v10, v01, margin, ...common, ...ask });
  const test = margin === null ? 'two-sided' : 'non-inferiority, one-sided';
  return planned(input, common.designEffect, sizeOf, `paired AUCs after DeLong 1988, ${test}`);
}

type CommonInput = Pick<
  PlanSingleAucInput,
  'power' | 'positives' | 'ratio' | 'alpha' | 'designEffect' | 'clustering'
>;

function commonOf({ ratio, alpha, designEffect: effect, clustering }: CommonInput) {
  if (!(ratio > 0) || !Number.isFinite(ratio)) throw invalid('ratio', 'The ratio is above 0.');
  between('alpha', alpha, 0, 1);
  if (typeof effect === 'number' && clustering) {
    throw invalid('clustering', 'Give a design effect or the clustering, not both.');
  }
  if (typeof effect === 'number' && !(effect > 0)) {
    throw invalid('designEffect', 'A design effect is above 0.');
  }
  return { ratio, alpha, designEffect: effect ?? effectOf(clustering) };
}

function effectOf(clustering: ClusteringInput | null | undefined): number {
  if (!clustering) return 1;
  const { imagesPerPatient, cv, icc } = clustering;
  atLeast('imagesPerPatient', imagesPerPatient, 1);
  atLeast('cv', cv, 0);
  if (!(icc >= 0 && icc <= 1)) throw invalid('icc', 'The correlation is from 0 to 1.');
  return designEffect({ meanClusterSize: imagesPerPatient, cv, icc });
}

/** What is asked for: the size that reaches a power, or the power of a size. */
function askOf({ power, positives }: CommonInput): SizeOrPower {
  if (typeof power === 'number' && typeof positives === 'number') {
    throw invalid('positives', 'Give the power or the number of positives, not both.');
  }
  if (typeof power === 'number') {
    between('power', power, 0, 1);
    return { power };
  }
  if (typeof positives !== 'number')
    throw invalid('power', 'Give a power or a number of positives.');
  atLeast('positives', positives, 1);
  return { positives };
}

function planned(
  input: CommonInput,
  effect: number,
  sizeOf: (ask: SizeOrPower) => StudySize,
  method: string,
): StudySizePlan {
  const { positives, negatives, power } = sized(sizeOf, askOf(input));
  return {
    ...{ positives, negatives, images: positives + negatives, power },
    ...{ designEffect: effect, method: effect === 1 ? method : `${method}, times design effect` },
    curve: curveAround(positives, sizeOf),
  };
}

function sized(sizeOf: (ask: SizeOrPower) => StudySize, ask: SizeOrPower): StudySize {
  const size = refusable(() => sizeOf(ask));
  if (!(size.positives + size.negatives <= mostImages)) {
    throw invalid('power', `This needs more than ${mostImages} images: no study has them.`);
  }
  return size;
}

function curveAround(positives: number, sizeOf: (ask: SizeOrPower) => StudySize): PowerPoint[] {
  const lowest = Math.max(2, Math.floor(positives * curveFrom));
  const highest = Math.max(lowest + 1, Math.ceil(positives * curveTo));
  const step = (highest - lowest) / (curvePoints - 1);
  const sizes = new Set(
    Array.from({ length: curvePoints }, (_, at) => Math.round(lowest + at * step)),
  );
  return [...sizes].map((size) => {
    const { negatives, power } = sizeOf({ positives: size });
    return { positives: size, negatives, power };
  });
}

/** What the library refuses beyond the checks here is still the caller's input, and never a fault of ours. */
function refusable<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof MetricInputError) throw invalid('input', error.message);
    throw error;
  }
}

function between(field: string, value: number, low: number, high: number) {
  if (!(value > low && value < high)) {
    throw invalid(field, `\`${field}\` lies between ${low} and ${high}.`);
  }
}

function atLeast(field: string, value: number, least: number) {
  if (!(value >= least) || !Number.isFinite(value)) {
    throw invalid(field, `\`${field}\` is at least ${least}.`);
  }
}
