import { ModelPackageError, type ModelPackageErrorCode } from './model-package-error.js';
import type { Prediction } from './predictions.js';

/**
 * How far an answer may move when asked again or in company. One CPU repeats itself bit for bit; other
 * batch sizes may take other kernels, which differ by the rounding of float32.
 */
export const [REPEAT_TOLERANCE, BATCH_TOLERANCE] = [1e-6, 1e-4];

/** The largest difference between two answers, over scores and mask; both must be of one version. */
export function answerDifference(a: Prediction, b: Prediction): number {
  const values = ({ mask, scores }: Prediction) => [...Object.values(scores), ...(mask ?? [])];
  const other = values(b);
  return values(a).reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);
}

/** The difference, once it is known to be allowed; throws ModelPackageError with the code otherwise. */
export function requireSame(
  a: Prediction,
  b: Prediction,
  [code, tolerance]: [ModelPackageErrorCode, number],
): number {
  const moved = answerDifference(a, b);
  if (moved > tolerance) {
    const message = `the answer to the same image moved by ${moved}; at most ${tolerance} is allowed`;
    throw new ModelPackageError(code, 'outputs', message);
  }
  return moved;
}

/** An answer's scores for people. */
export const scoresInWords = ({ scores }: Prediction): string =>
  Object.entries(scores)
    .map(([task, score]) => `${task} ${score.toFixed(4)}`)
    .join(', ') || 'a mask';
