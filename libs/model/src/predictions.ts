import type { ModelContract, Task } from './manifest.js';
import { ModelPackageError } from './model-package-error.js';
import type { RawOutput, Run } from './session-messages.js';

/** What the network says of one image. */
export interface Prediction {
  /** Lesion probability of each pixel of the network's mask, row-major, in [0, 1]; undefined without one. */
  mask?: Float32Array;
  /** Probability of each diagnosis the version answers, in [0, 1]; higher is more suspicious. */
  scores: Partial<Record<Task, number>>;
}

/**
 * Cuts the outputs of one run into one prediction per image. The masks are views of one buffer.
 *
 * Throws ModelPackageError: `SIGNATURE_MISMATCH` where a shape is not the manifest's,
 * `OUTPUT_NOT_FINITE` or `OUTPUT_OUT_OF_RANGE` where a value is no probability.
 */
export function predictionsOf(
  { outputs, count }: Run,
  manifest: Pick<ModelContract, 'outputs'>,
): Prediction[] {
  const { mask, scores = [] } = manifest.outputs;
  const masks = mask && masksOf(outputs, count, mask);
  const columns = scores.map(({ task, name, index }) => ({
    task,
    values: scoresOf(outputs, count, { name, index, task }),
  }));
  return Array.from({ length: count }, (_, image) => ({
    ...(masks && { mask: masks[image]! }),
    scores: Object.fromEntries(columns.map(({ task, values }) => [task, values[image]!])),
  }));
}

function masksOf(
  outputs: Record<string, RawOutput>,
  count: number,
  { name, height, width }: { name: string; height: number; width: number },
): Float32Array[] {
  const { values, dims } = outputNamed(outputs, name);
  const allowed = [
    [count, height, width],
    [count, 1, height, width],
    [count, height, width, 1],
  ];
  if (!allowed.some((shape) => shape.join() === dims.join())) {
    throw shapeMismatch(name, `[${count},${height},${width}]`, dims);
  }
  for (let at = 0; at < values.length; at += 1) {
    if (!(values[at]! >= 0 && values[at]! <= 1)) throw notAProbability(name, values[at]!);
  }
  const size = height * width;
  return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size));
}

function scoresOf(
  outputs: Record<string, RawOutput>,
  count: number,
  { name, index, task }: { name: string; index: number; task: Task },
): number[] {
  const { values, dims } = outputNamed(outputs, name);
  const [given, classes] = dims;
  if (dims.length !== 2 || given !== count || classes === undefined || classes <= index) {
    throw shapeMismatch(name, `[${count},more than ${index}]`, dims);
  }
  return Array.from({ length: count }, (_, image) => {
    const score = values[image * classes + index]!;
    if (!(score >= 0 && score <= 1)) throw notAProbability(`${name}[${index}] (${task})`, score);
    return score;
  });
}

function outputNamed(outputs: Record<string, RawOutput>, name: string): RawOutput {
  const output = outputs[name];
  if (!output)
    throw new ModelPackageError('SIGNATURE_MISMATCH', name, `there is no output ${name}`);
  return output;
}

const shapeMismatch = (name: string, expected: string, dims: readonly number[]) =>
  new ModelPackageError(
    'SIGNATURE_MISMATCH',
    name,
    `output ${name} has shape [${dims.join()}], the manifest expects ${expected}`,
  );

const notAProbability = (where: string, value: number) =>
  new ModelPackageError(
    Number.isFinite(value) ? 'OUTPUT_OUT_OF_RANGE' : 'OUTPUT_NOT_FINITE',
    where,
    `output ${where} holds ${value}, which is not a probability`,
  );
