import type { Task } from '../images/task.type.js';
import type { ChangedCalls } from './changed-calls.type.js';
import type { Clustering, PValueCorrection } from './comparison.input.js';
import type { Verdict } from './difference.type.js';
import type { Estimate } from './estimate.type.js';
import type { ThresholdQuestion } from './question.service.js';

const taskWords: Record<Task, { one: string; many: string }> = {
  melanoma: { one: 'melanoma', many: 'melanomas' },
  seborrheic_keratosis: { one: 'seborrheic keratosis', many: 'seborrheic keratoses' },
};

/** `not estimated: 4 melanomas`. */
export function notEstimatedSentence(
  task: Task,
  { positives, negatives }: { positives: number; negatives: number },
  least: number,
): string {
  const { one, many } = taskWords[task];
  if (positives < least) {
    return `not estimated: ${positives === 0 ? 'no' : positives} ${positives <= 1 ? one : many}`;
  }
  return `not estimated: ${negatives === 0 ? 'no image' : negatives === 1 ? '1 image' : `${negatives} images`} without ${one}`;
}

/** With a true minus. */
const number = (value: number, digits = 3) => value.toFixed(digits).replace('-', '−');
const signed = (value: number) => (value > 0 ? '+' : '') + number(value);

/** Two digits, more where two would read as 0 or lie on the other side of alpha. */
export function pInWords(p: number, alpha = 0.05): string {
  if (p < 0.001) return 'p < 0.001';
  let digits = p < 0.01 ? 3 : 2;
  while (Number(p.toFixed(digits)) < alpha !== p < alpha) digits += 1;
  return `p = ${p.toFixed(digits)}`;
}

const correctionWords: Record<PValueCorrection, string> = {
  HOLM: 'Holm ',
  BENJAMINI_HOCHBERG: 'Benjamini-Hochberg ',
  NONE: 'uncorrected ',
};

export interface DifferenceWords {
  verdict: Verdict;
  /** Null for the difference in mean Jaccard. */
  task: Task | null;
  version: string;
  baseline: string;
  difference: Estimate;
  adjustedP: number | null;
  tests: number;
  correction: PValueCorrection;
  alpha: number;
  margin: number | null;
  /** Patients with a positive; for masks the patients. */
  patientsAtStake: number;
  changed: ChangedCalls | undefined;
}

/** The verdict with its numbers. Never says more than they support. */
export function differenceSentence(words: DifferenceWords): string {
  return `${claim(words)}: ${numbersOf(words)}${fixes(words)}.`;
}

function claim(words: DifferenceWords): string {
  const { verdict, task, version, baseline, margin, patientsAtStake } = words;
  const what = task === null ? 'lesions' : taskWords[task].one;
  const better = task === null ? 'outlines lesions' : `tells ${what} from other lesions`;
  const about = task === null ? 'in outlining lesions' : `for ${what}`;
  switch (verdict) {
    case 'SUPERIOR':
      return `${version} ${better} better than ${baseline}`;
    case 'WORSE':
      return `${version} ${better} worse than ${baseline}`;
    case 'NON_INFERIOR':
      return `${version} is non-inferior to ${baseline} ${about} (margin ${number(margin ?? 0, 2)}), ${isShownLower(words) ? 'yet shown to be lower' : 'and not shown to be better'}`;
    case 'NO_DIFFERENCE_SHOWN':
      return `No difference between ${version} and ${baseline} is shown ${about}`;
    case 'NOT_DECISIVE':
      return margin === null
        ? `${version} against ${baseline} cannot be decided ${about}`
        : `It stays open whether ${version} is at most ${number(margin, 2)} worse than ${baseline} ${about}`;
    case 'TOO_FEW_PATIENTS':
      return task === null
        ? `Too few patients for a verdict on ${version} against ${baseline} (${patientsAtStake})`
        : `Too few patients with ${what} for a verdict on ${version} against ${baseline} (${patientsAtStake})`;
  }
}

const isShownLower = ({ difference, adjustedP, alpha }: DifferenceWords) =>
  difference.high !== null && difference.high < 0 && adjustedP !== null && adjustedP < alpha;

function numbersOf({ task, difference, adjustedP, tests, correction, alpha }: DifferenceWords) {
  const { value, low, high, level } = difference;
  const name = task === null ? 'Δ mean Jaccard' : 'ΔAUC';
  if (value === null) return `${name} does not exist`;
  const percent = number(level * 100, 1).replace('.0', '');
  const interval =
    low === null || high === null
      ? 'without an interval, as nothing varies'
      : `${percent} % CI ${number(low)} to ${number(high)}`;
  const p =
    adjustedP === null
      ? ''
      : `, ${correctionWords[correction]}${pInWords(adjustedP, alpha)} (${tests} ${tests === 1 ? 'test' : 'tests'})`;
  return `${name} ${signed(value)}, ${interval}${p}`;
}

function fixes({ changed }: DifferenceWords): string {
  if (!changed) return '';
  const fixed = changed.found + changed.cleared;
  const all = fixed + changed.lost + changed.called;
  if (all === 0) return '; no call changes';
  return `; ${fixed} of ${all} changed ${all === 1 ? 'call is a fix' : 'calls are fixes'}`;
}

/** What a version takes no part in; null where it takes part in all. */
export function absenceSentence(
  tasks: readonly Task[],
  hasMasks: boolean,
  asked: readonly Task[],
): string | null {
  const without = asked.filter((task) => !tasks.includes(task));
  const parts: string[] = [];
  if (without.length > 0) {
    const names = without.map((task) => taskWords[task].one).join(' and ');
    parts.push(`It gives no score for ${names} and takes no part in that comparison of AUCs.`);
  }
  if (!hasMasks) parts.push('It draws no masks and takes no part in the comparison of masks.');
  return parts.length > 0 ? parts.join(' ') : null;
}

const images = (count: number) => (count === 1 ? '1 image' : `${count} images`);

/** Which images are compared, and what was left out. */
export function imageSetSentence({
  compared,
  snapshot,
  patients,
  leftOut,
}: {
  compared: number;
  snapshot: number;
  patients: number;
  leftOut: readonly { reason: string; images: number }[];
}): string {
  const of = patients === 1 ? '1 patient' : `${patients} patients`;
  if (leftOut.length === 0) return `All ${images(snapshot)} of the snapshot, of ${of}.`;
  const reasons = leftOut.map((out) => `${images(out.images)} ${out.reason}`).join('; ');
  return `${compared} of the ${images(snapshot)} of the snapshot, of ${of}. Left out: ${reasons}.`;
}

/** How a threshold was chosen. */
export function chosenInWords({ kind, value, fromSnapshotId }: ThresholdQuestion): string {
  const where = fromSnapshotId === null ? 'on these images' : 'on another snapshot';
  switch (kind) {
    case 'FIXED':
      return `fixed at ${String(value)}`;
    case 'AT_SENSITIVITY':
      return `highest score with a sensitivity of at least ${String(value)} ${where}`;
    case 'YOUDEN':
      return `largest sensitivity + specificity ${where}`;
  }
}

/** For a report. */
export function methodSentence({
  clustering,
  correction,
  replicates,
  seed,
  level,
}: {
  clustering: Clustering;
  correction: PValueCorrection;
  replicates: number;
  seed: number;
  level: number;
}): string {
  const variance =
    clustering === 'PATIENT'
      ? "AUCs and their paired differences with Obuchowski's variance over patients (1997)"
      : "AUCs and their paired differences with DeLong's variance, which assumes independent images (1988)";
  const corrected = {
    HOLM: 'p-values corrected by Holm (1979)',
    BENJAMINI_HOCHBERG: 'p-values corrected by Benjamini and Hochberg (1995)',
    NONE: 'p-values not corrected',
  }[correction];
  const drawn = clustering === 'PATIENT' ? 'patients' : 'images';
  return `${variance}; ${number(level * 100, 1).replace('.0', '')} % intervals; ${corrected}; bands, specificities at a sensitivity and Jaccard by ${replicates} resamples of ${drawn}, seed ${seed}.`;
}
