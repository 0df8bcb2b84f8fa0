import { z } from 'zod';
import type { ModelContract } from '../manifest.js';
import type { RawOutput, Run } from '../session-messages.js';
import type { HttpAnswer } from './engine-connection.js';
import { RemoteEngineError } from './remote-engine-error.js';

// Open Inference Protocol v2 and its binary tensor extension:
// https://github.com/kserve/open-inference-protocol and
// https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md

const HEADER_LENGTH = 'inference-header-content-length';
/** A float32 in decimal, with its comma and room for spaces; more would be no number. */
const LONGEST_DECIMAL_BYTES = 32;
/** The JSON around the tensors. */
const HEADER_ROOM_BYTES = 65_536;

/** A question as it goes over the wire. */
export interface InferQuestion {
  headers: Record<string, string>;
  body: Uint8Array[];
}

/** Names of the outputs a contract uses, each once. */
export function outputNames({ outputs }: Pick<ModelContract, 'outputs'>): string[] {
  const names = [outputs.mask?.name, ...(outputs.scores ?? []).map(({ name }) => name)];
  return [...new Set(names)].filter((name) => name !== undefined);
}

/**
 * The question for some images, of `height * width * 3` bytes each. As binary tensors the images follow
 * the JSON as they are; otherwise each byte is written as a decimal number, about four times the size.
 */
export function inferQuestion(
  contract: Pick<ModelContract, 'input' | 'outputs'>,
  images: readonly Uint8Array[],
  { binary }: { binary: boolean },
): InferQuestion {
  const { name, height, width } = contract.input;
  const tensor = { name, datatype: 'UINT8', shape: [images.length, height, width, 3] };
  const outputs = outputNames(contract).map((output) => ({
    name: output,
    ...(binary && { parameters: { binary_data: true } }),
  }));
  if (!binary) return jsonQuestion(tensor, outputs, images);
  const size = images.length * height * width * 3;
  const inputs = [{ ...tensor, parameters: { binary_data_size: size } }];
  const header = Buffer.from(JSON.stringify({ inputs, outputs }));
  return {
    headers: {
      'content-type': 'application/octet-stream',
      [HEADER_LENGTH]: String(header.length),
    },
    body: [header, ...images],
  };
}

function jsonQuestion(
  tensor: { name: string; datatype: string; shape: number[] },
  outputs: unknown[],
  images: readonly Uint8Array[],
): InferQuestion {
  // Joined by hand: JSON.stringify would need every byte as an element of an ordinary array first.
  const numbers = images.map((image) => image.join()).join();
  const open = JSON.stringify({ inputs: [{ ...tensor, data: 0 }], outputs });
  const text = open.replace('"data":0', () => `"data":[${numbers}]`);
  return { headers: { 'content-type': 'application/json' }, body: [Buffer.from(text)] };
}

/** The longest right answer to a question about so many images. */
export function largestAnswerBytes(
  { outputs }: Pick<ModelContract, 'outputs'>,
  count: number,
  { binary }: { binary: boolean },
): number {
  const mask = outputs.mask ? outputs.mask.height * outputs.mask.width : 0;
  // The manifest says which class it reads, not how many there are; its schema allows 1024.
  const scores = (outputs.scores?.length ?? 0) * 1024;
  const bytesPerValue = binary ? Float32Array.BYTES_PER_ELEMENT : LONGEST_DECIMAL_BYTES;
  return HEADER_ROOM_BYTES + count * (mask + scores) * bytesPerValue;
}

const answerSchema = z.looseObject({
  model_name: z.string(),
  model_version: z.string().nullish(),
  outputs: z.array(
    z.looseObject({
      name: z.string(),
      datatype: z.string(),
      shape: z.array(z.coerce.number().int().min(0)),
      parameters: z.looseObject({ binary_data_size: z.int().min(0).optional() }).optional(),
      data: z.array(z.unknown()).optional(),
    }),
  ),
});
type Answer = z.infer<typeof answerSchema>;
type AnsweredTensor = Answer['outputs'][number];

const malformed = (
  where: string,
  message: string,
  difference: { expected?: string; found?: string } = {},
) =>
  new RemoteEngineError(
    'ANSWER_INVALID',
    `the engine's answer is not of the protocol: ${message}`,
    {
      where,
      ...difference,
    },
  );

/**
 * The outputs of an answer, in whichever form the engine chose for each. Throws RemoteEngineError
 * `ANSWER_INVALID` naming what is at fault, and `CHANGED` where another model or version answered.
 */
export function inferAnswer(
  { headers, body }: HttpAnswer,
  count: number,
  asked: { model: string; version: string | undefined },
): Run {
  const { answer, tensors } = split(body, headers[HEADER_LENGTH]);
  requireAsked(answer, asked);
  let at = 0;
  const outputs: Record<string, RawOutput> = {};
  for (const tensor of answer.outputs) {
    const sizeBytes = tensor.parameters?.binary_data_size;
    const values =
      sizeBytes === undefined
        ? decimalValues(tensor)
        : binaryValues(tensor, tensors.subarray(at, at + sizeBytes), sizeBytes);
    at += sizeBytes ?? 0;
    outputs[tensor.name] = { values, dims: tensor.shape };
  }
  if (at !== tensors.length) {
    throw malformed('outputs', `${tensors.length - at} bytes belong to no output`);
  }
  return { count, outputs };
}

/** An engine need not name the version that answered; where it does, it is the one that was asked. */
function requireAsked(
  { model_name: name, model_version: version }: Answer,
  asked: { model: string; version: string | undefined },
): void {
  const isVersion = version == null || asked.version === undefined || version === asked.version;
  if (name === asked.model && isVersion) return;
  const expected = `${asked.model} ${asked.version ?? ''}`.trim();
  const found = `${name} ${version ?? ''}`.trim();
  const message = `the engine answered with ${found}, and was asked for ${expected}`;
  throw new RemoteEngineError('CHANGED', message, { where: 'model_version', expected, found });
}

function split(
  body: Buffer,
  headerLength: string | string[] | undefined,
): { answer: Answer; tensors: Buffer } {
  const length = headerLength === undefined ? body.length : Number(headerLength);
  if (!Number.isInteger(length) || length < 0 || length > body.length) {
    throw malformed('Inference-Header-Content-Length', 'its header is longer than the whole', {
      expected: `at most ${body.length}`,
      found: String(headerLength),
    });
  }
  const parsed = answerSchema.safeParse(jsonOf(body.subarray(0, length)));
  if (parsed.success) return { answer: parsed.data, tensors: body.subarray(length) };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw malformed(where, `${where}: ${issue?.message ?? 'is missing'}`);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw malformed('body', 'it is not JSON');
  }
}

function requireFloats({ name, datatype }: AnsweredTensor): void {
  if (datatype === 'FP32') return;
  throw malformed(`outputs.${name}.datatype`, `output ${name} is ${datatype}, not FP32`, {
    expected: 'FP32',
    found: datatype,
  });
}

const countOf = ({ shape }: AnsweredTensor) => shape.reduce((product, size) => product * size, 1);

function binaryValues(
  tensor: AnsweredTensor,
  bytes: Buffer,
  sizeBytes: number,
): Float32Array<ArrayBuffer> {
  requireFloats(tensor);
  const expected = countOf(tensor) * Float32Array.BYTES_PER_ELEMENT;
  if (sizeBytes !== expected || bytes.length !== expected) {
    const found = Math.min(sizeBytes, bytes.length);
    const message = `output ${tensor.name} of shape [${tensor.shape.join()}] has ${found} bytes, not ${expected}`;
    const difference = { expected: String(expected), found: String(found) };
    throw malformed(`outputs.${tensor.name}`, message, difference);
  }
  // A copy, because floats must begin at a multiple of four. The protocol is little-endian, and so is
  // every machine that Node runs on but one (s390x), where onnxruntime has no build either.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

function decimalValues(tensor: AnsweredTensor): Float32Array<ArrayBuffer> {
  requireFloats(tensor);
  // Flat, or nested as the shape is; the protocol allows both.
  const flat = (tensor.data ?? []).flat(Infinity);
  const expected = countOf(tensor);
  const bad = flat.findIndex((value) => typeof value !== 'number');
  if (flat.length !== expected || bad >= 0) {
    const found = bad >= 0 ? `${typeof flat[bad]} at ${bad}` : String(flat.length);
    const message = `output ${tensor.name} of shape [${tensor.shape.join()}] has ${found}, not ${expected} numbers`;
    throw malformed(`outputs.${tensor.name}`, message, { expected: String(expected), found });
  }
  return Float32Array.from(flat as number[]);
}
