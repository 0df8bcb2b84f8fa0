import { z } from 'zod';
import type { ModelContract } from '../manifest.js';
import { outputNames } from './infer-message.js';
import { RemoteEngineError } from './remote-engine-error.js';

const tensorSchema = z.looseObject({
  name: z.string(),
  datatype: z.string(),
  // Some engines write them as text, as gRPC's JSON does.
  shape: z.array(z.coerce.number().int()),
});

/** `GET /v2`. */
export const serverMetadataSchema = z.looseObject({
  name: z.string(),
  version: z.string().optional(),
  extensions: z.array(z.string()).default([]),
});

/** `GET /v2/models/M` */
export const modelMetadataSchema = z.looseObject({
  name: z.string(),
  versions: z.array(z.string()).default([]),
  platform: z.string().default(''),
  inputs: z.array(tensorSchema).default([]),
  outputs: z.array(tensorSchema).default([]),
});
export type ModelMetadata = z.infer<typeof modelMetadataSchema>;

/** `GET /v2/models/M/config`, an extension of Triton's. */
export const modelConfigSchema = z.looseObject({ max_batch_size: z.int().min(0).default(0) });

interface ServedTensor {
  name: string;
  datatype: string;
  /** Sizes; -1 is any. */
  shape: number[];
}

/** What an engine says of a model, as far as it must stay the same after registration. */
export interface ServedModel {
  platform: string;
  inputs: ServedTensor[];
  outputs: ServedTensor[];
}

const served = ({ name, datatype, shape }: ServedTensor) => ({ name, datatype, shape });

export const servedModel = ({ platform, inputs, outputs }: ModelMetadata): ServedModel => ({
  platform,
  inputs: inputs.map(served),
  outputs: outputs.map(served),
});

const inWords = (shape: readonly (number | string)[]) => `[${shape.join()}]`;

const mismatch = (where: string, expected: string, found: string) =>
  new RemoteEngineError(
    'SIGNATURE_MISMATCH',
    `${where} is ${found} at the engine, the manifest expects ${expected}`,
    { where, expected, found },
  );

/**
 * Throws RemoteEngineError `SIGNATURE_MISMATCH` unless the engine takes and gives what the manifest says:
 * one input `UINT8 [N,H,W,3]`, and each output the manifest names as `FP32` of its shape. Sizes that the
 * engine leaves open (-1) agree with any. Outputs that the manifest does not name are left alone.
 */
export function requireSignature(
  { inputs, outputs }: ServedModel,
  contract: Pick<ModelContract, 'input' | 'outputs'>,
): void {
  const { name, height, width } = contract.input;
  const others = inputs.filter((input) => input.name !== name);
  if (others.length > 0 || inputs.length === 0) {
    const found = inputs.map((input) => input.name).join(', ') || 'nothing';
    throw mismatch('inputs', name, found);
  }
  requireTensor(`inputs.${name}`, inputs[0]!, 'UINT8', [['N', height, width, 3]]);
  for (const wanted of outputNames(contract)) {
    const output = outputs.find((one) => one.name === wanted);
    if (!output) {
      const found = outputs.map((one) => one.name).join(', ') || 'nothing';
      throw mismatch('outputs', wanted, found);
    }
    requireTensor(`outputs.${wanted}`, output, 'FP32', shapesOf(wanted, contract.outputs));
  }
}

/** A size, `N` for the batch, or `more than` an index. */
type Size = number | 'N' | `more than ${number}`;

function shapesOf(name: string, { mask, scores = [] }: ModelContract['outputs']): Size[][] {
  if (mask?.name === name) {
    const { height, width } = mask;
    return [
      ['N', height, width],
      ['N', 1, height, width],
      ['N', height, width, 1],
    ];
  }
  const indices = scores.filter((score) => score.name === name).map(({ index }) => index);
  return [['N', `more than ${Math.max(...indices)}`]];
}

const fits = (found: number, wanted: Size) => {
  if (found === -1 || wanted === 'N') return true;
  return typeof wanted === 'number' ? found === wanted : found > Number(wanted.split(' ').at(-1));
};

function requireTensor(
  where: string,
  { datatype, shape }: ServedTensor,
  wanted: string,
  shapes: Size[][],
): void {
  if (datatype !== wanted) throw mismatch(`${where}.datatype`, wanted, datatype);
  const agrees = shapes.some(
    (sizes) => sizes.length === shape.length && sizes.every((size, i) => fits(shape[i]!, size)),
  );
  if (agrees) return;
  throw mismatch(`${where}.shape`, shapes.map(inWords).join(' or '), inWords(shape));
}

/** Images in one question: what we want, what the engine allows, and what its fixed batch size leaves. */
export function batchLimit(
  wanted: number,
  { inputs }: ServedModel,
  configured: number | undefined,
): number {
  const fixed = inputs[0]?.shape[0] ?? -1;
  if (fixed > 1) {
    const where = `inputs.${inputs[0]!.name}.shape[0]`;
    throw mismatch(where, 'a free batch size, or 1', String(fixed));
  }
  if (fixed === 1) return 1;
  return configured ? Math.min(wanted, configured) : wanted;
}

/** Throws RemoteEngineError `CHANGED` naming the first difference from what was registered. */
export function requireUnchanged(registered: ServedModel, found: ServedModel): void {
  const difference = firstDifference(registered, found, '');
  if (!difference) return;
  const { where, expected } = difference;
  const message = `the engine serves another model than was registered: ${where} was ${expected} and is ${difference.found}`;
  throw new RemoteEngineError('CHANGED', message, difference);
}

interface Difference {
  where: string;
  expected: string;
  found: string;
}

function firstDifference(a: unknown, b: unknown, where: string): Difference | undefined {
  if (!isBranch(a) || !isBranch(b) || Array.isArray(a) !== Array.isArray(b)) {
    return a === b ? undefined : { where, expected: inJson(a), found: inJson(b) };
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const inner = where === '' ? key : `${where}.${key}`;
    const difference = firstDifference(a[key], b[key], inner);
    if (difference) return difference;
  }
  return undefined;
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const inJson = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
