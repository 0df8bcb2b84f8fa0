import type { PlanPairedAucInput, PlanSingleAucInput } from '@/gql/graphql';

/** What is planned: one AUC, a difference, or that a version is not worse. */
export const tests = ['single', 'paired', 'non-inferiority'] as const;
export type Test = (typeof tests)[number];

/** The numbers of a plan, by the names they have in the address and in the form. */
export const numberNames = [
  ...(['auc', 'difference', 'margin', 'v10', 'v01', 'ratio', 'power', 'positives'] as const),
  ...(['alpha', 'deff', 'perPatient', 'cv', 'icc'] as const),
] as const;
export type NumberName = (typeof numberNames)[number];

/** As typed: what cannot be read stays in its field, to be corrected. */
export type Typed = Partial<Record<NumberName, string>>;

const usual: Record<Test, Typed> = {
  single: { auc: '0.85', ratio: '4', power: '0.8', alpha: '0.05' },
  paired: { difference: '0.03', ratio: '4', power: '0.8', alpha: '0.05' },
  'non-inferiority': { difference: '0', margin: '0.05', ratio: '4', power: '0.8', alpha: '0.05' },
};

const fieldsOf: Record<Test, readonly NumberName[]> = {
  single: ['auc'],
  paired: ['difference', 'v10', 'v01'],
  'non-inferiority': ['difference', 'margin', 'v10', 'v01'],
};

export interface PlanningAddress {
  test: Test;
  typed: Typed;
  pilot: { snapshot?: string; version?: string; baseline?: string; task?: string };
  /** The button that fills the form from the pilot. */
  takesPilot: boolean;
}

/** The address as a plan; where it says nothing, what is usual. */
export function readPlanningAddress(params: URLSearchParams): PlanningAddress {
  const test = tests.find((one) => one === params.get('test')) ?? 'single';
  // An address with a number in it is somebody's form, and an empty field in it was emptied.
  const isForm = numberNames.some((name) => params.has(name));
  const typed: Typed = isForm ? {} : { ...usual[test] };
  for (const name of numberNames) {
    const text = params.get(name)?.trim();
    if (text) typed[name] = text;
  }
  const pilot: PlanningAddress['pilot'] = {};
  for (const name of ['snapshot', 'version', 'baseline', 'task'] as const) {
    const text = params.get(name);
    if (text) pilot[name] = text;
  }
  return { test, typed, pilot, takesPilot: params.has('take') };
}

export type Question =
  { kind: 'single'; input: PlanSingleAucInput } | { kind: 'paired'; input: PlanPairedAucInput };

export interface Faults {
  /** Fields that hold something that is no number. */
  unreadable: NumberName[];
  /** Fields without which nothing can be computed. */
  missing: NumberName[];
}

/** What to ask the API, or which fields keep it from being asked. */
export function questionOf({ test, typed }: PlanningAddress): Question | Faults {
  const value = (name: NumberName) => (typed[name] === undefined ? undefined : Number(typed[name]));
  const unreadable = numberNames.filter((name) => {
    const number = value(name);
    const isWhole = name !== 'positives' || Number.isInteger(number);
    return number !== undefined && !(Number.isFinite(number) && isWhole);
  });
  const needed = [...fieldsOf[test], 'ratio', 'alpha'] as NumberName[];
  const missing = needed.filter((name) => typed[name] === undefined);
  if (typed.power === undefined && typed.positives === undefined) missing.push('power');
  if (unreadable.length > 0 || missing.length > 0) return { unreadable, missing };
  const common = {
    // Images at hand are the stronger wish: the power then follows.
    ...(typed.positives === undefined
      ? { power: value('power') }
      : { positives: value('positives') }),
    ratio: value('ratio')!,
    alpha: value('alpha')!,
    ...effectOf(typed, value),
  };
  if (test === 'single') return { kind: 'single', input: { ...common, auc: value('auc')! } };
  const margin = test === 'paired' ? undefined : value('margin');
  return {
    kind: 'paired',
    input: {
      ...{ ...common, margin, difference: value('difference')! },
      ...{ v10: value('v10')!, v01: value('v01')! },
    },
  };
}

/** A known design effect goes before what images per patient would give. */
function effectOf(typed: Typed, value: (name: NumberName) => number | undefined) {
  if (typed.deff !== undefined) return { designEffect: value('deff') };
  if (typed.perPatient === undefined) return {};
  return {
    clustering: {
      ...{ imagesPerPatient: value('perPatient')!, cv: value('cv') ?? 0 },
      icc: value('icc') ?? 0,
    },
  };
}

/** The address of a plan, for links and for the redirect after a pilot was taken. */
export function planningAddress({ test, typed, pilot }: Omit<PlanningAddress, 'takesPilot'>) {
  return new URLSearchParams({ test, ...pilot, ...typed }).toString();
}
