import { type MaskRuns, maskAgreement, type Prediction } from '@lesionwise/model';
import { isDefined, rocAuc, scoreShift, shiftOf } from '@lesionwise/metrics';
import type { Diagnosis } from '../db.js';
import { type Task, tasks } from '../images/task.type.js';
import type { DeviceComparison, MaskShift, TaskShift } from './certificate.type.js';

/** One image's answer on one device. */
export interface DeviceAnswer {
  scores: Prediction['scores'];
  /** The network's own probabilities, and the mask cut from them at the image's size. */
  mask: { probability: Float32Array; runs: MaskRuns } | undefined;
}

/** The answers of one device beside those of the first, image by image; nothing larger than numbers is kept. */
export interface AnswerTally {
  add: (reference: DeviceAnswer, answer: DeviceAnswer, diagnosis: Diagnosis | undefined) => void;
  addTime: (ms: number) => void;
  comparison: (ofDevice: { device: string; deviceNote: string }) => DeviceComparison;
}

interface Row {
  reference: Prediction['scores'];
  scores: Prediction['scores'];
  diagnosis: Diagnosis | undefined;
}

/** The label of a task is 1 for its own diagnosis and 0 for every other. */
const diagnosisOf: Record<Task, Diagnosis> = {
  melanoma: 'MELANOMA',
  seborrheic_keratosis: 'SEBORRHEIC_KERATOSIS',
};

/** @param threshold the operating point at which calls are compared */
export function createAnswerTally(threshold: number): AnswerTally {
  const rows: Row[] = [];
  const largest: number[] = [];
  const pixels = { masksChanged: 0, pixelsChanged: 0, pixelsCompared: 0 };
  let ms = 0;
  return {
    addTime: (more) => void (ms += more),
    add: (reference, answer, diagnosis) => {
      rows.push({ reference: reference.scores, scores: answer.scores, diagnosis });
      if (!reference.mask || !answer.mask) return;
      largest.push(largestDifference(reference.mask.probability, answer.mask.probability));
      const { runs } = answer.mask;
      const agreement = maskAgreement(reference.mask.runs, runs);
      const changed = agreement.falsePositivePx + agreement.falseNegativePx;
      pixels.masksChanged += changed > 0 ? 1 : 0;
      pixels.pixelsChanged += changed;
      pixels.pixelsCompared += runs.widthPx * runs.heightPx;
    },
    comparison: (ofDevice) => {
      const shifts = tasks.flatMap((task) => taskShift(task, rows, threshold) ?? []);
      const mask: MaskShift | null =
        largest.length === 0 ? null : { ...withoutCases(shiftOf(largest)), ...pixels };
      const passed = shifts.every(isUnnoticed);
      return { ...ofDevice, msPerImage: ms / rows.length, passed, tasks: shifts, mask };
    },
  };
}

/** No call is another; nor is an AUC, or any rank where no AUC can be told. */
const isUnnoticed = ({ callsChanged, ranksChanged, auc, referenceAuc }: TaskShift) =>
  callsChanged === 0 && (auc === null ? ranksChanged === 0 : auc === referenceAuc);

function taskShift(task: Task, rows: Row[], threshold: number): TaskShift | undefined {
  const given = rows.filter(({ scores, reference }) => task in scores && task in reference);
  if (given.length === 0) return undefined;
  const before = given.map(({ reference }) => reference[task]!);
  const after = given.map(({ scores }) => scores[task]!);
  const shift = withoutCases(scoreShift(before, after, threshold));
  return { task, ...shift, ...aucs(task, given) };
}

function aucs(task: Task, rows: Row[]): Pick<TaskShift, 'auc' | 'referenceAuc'> {
  const known = rows.filter(({ diagnosis }) => diagnosis !== undefined);
  const labels = known.map(({ diagnosis }) => (diagnosis === diagnosisOf[task] ? 1 : 0));
  const areaOf = (scores: number[]) => {
    const area = rocAuc(labels, scores).auc;
    return isDefined(area) ? area : null;
  };
  return {
    referenceAuc: areaOf(known.map(({ reference }) => reference[task]!)),
    auc: areaOf(known.map(({ scores }) => scores[task]!)),
  };
}

function withoutCases<T extends { cases: number }>({ cases: _, ...rest }: T): Omit<T, 'cases'> {
  return rest;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i += 1) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}
