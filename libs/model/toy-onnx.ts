// Networks of a few nodes and under 2 kB, built for the tests: what each answers can be worked by hand.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import type { ModelManifest } from './src/manifest.js';

const { onnx } = onnxProto;
const { FLOAT, INT64, UINT8, BOOL } = onnx.TensorProto.DataType;

export const SIDE = 8;
export const imageBytes = SIDE * SIDE * 3;

type Size = number | string;
export const value = (name: string, elemType: number, sizes: Size[]): Onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: {
        dim: sizes.map((size) =>
          typeof size === 'string' ? { dimParam: size } : { dimValue: size },
        ),
      },
    },
  },
});

const attributeOf = (name: string, given: number | number[] | Onnx.IGraphProto) => {
  const { INT, INTS, GRAPH } = onnx.AttributeProto.AttributeType;
  if (typeof given === 'number') return { name, type: INT, i: given };
  return Array.isArray(given) ? { name, type: INTS, ints: given } : { name, type: GRAPH, g: given };
};

export function node(
  opType: string,
  input: string[],
  output: string[],
  attributes: Record<string, number | number[] | Onnx.IGraphProto> = {},
): Onnx.INodeProto {
  const attribute = Object.entries(attributes).map(([name, given]) => attributeOf(name, given));
  return { opType, input, output, attribute };
}

export const floats = (name: string, dims: number[], values: number[]): Onnx.ITensorProto => ({
  name,
  dataType: FLOAT,
  dims,
  rawData: new Uint8Array(Float32Array.from(values).buffer),
});
export const longs = (name: string, values: number[]): Onnx.ITensorProto => ({
  name,
  dataType: INT64,
  dims: values.length === 1 ? [] : [values.length],
  rawData: new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer),
});
const truth = (name: string): Onnx.ITensorProto => ({
  name,
  dataType: BOOL,
  dims: [],
  rawData: Uint8Array.of(1),
});

/**
 * The toy network: the mask is each pixel's mean of red, green and blue over 255; the scores are the
 * sigmoids of the image's mean red and of minus its mean blue, both in [0, 1] before the sigmoid.
 */
export function toyModel(): Onnx.ModelProto {
  return onnx.ModelProto.create({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 16 }],
    producerName: 'toy',
    graph: {
      name: 'toy',
      input: [value('image', UINT8, ['n', SIDE, SIDE, 3])],
      output: [
        value('mask_probability', FLOAT, ['n', SIDE, SIDE]),
        value('scores', FLOAT, ['n', 2]),
      ],
      initializer: [floats('most', [], [255]), floats('weights', [3, 2], [1, 0, 0, 0, 0, -1])],
      node: [
        node('Cast', ['image'], ['levels'], { to: FLOAT }),
        node('Div', ['levels', 'most'], ['unit']),
        node('ReduceMean', ['unit'], ['mask_probability'], { axes: [3], keepdims: 0 }),
        node('ReduceMean', ['unit'], ['colour'], { axes: [1, 2], keepdims: 0 }),
        node('MatMul', ['colour', 'weights'], ['logits']),
        node('Sigmoid', ['logits'], ['scores']),
      ],
    },
  });
}

export const toyManifest: ModelManifest = {
  schema: 'lesionwise.model/1',
  name: 'toy',
  version: '1.0.0',
  licence: 'Apache-2.0',
  file: 'model.onnx',
  sha256: '0'.repeat(64),
  input: {
    name: 'image',
    dtype: 'uint8',
    layout: 'NHWC',
    height: SIDE,
    width: SIDE,
    fit: 'squash',
    colour: 'RGB',
  },
  outputs: {
    mask: { name: 'mask_probability', height: SIDE, width: SIDE },
    scores: [
      { task: 'melanoma', name: 'scores', index: 0 },
      { task: 'seborrheic_keratosis', name: 'scores', index: 1 },
    ],
  },
  maskThreshold: 0.5,
  training: { data: 'none: written by hand' },
};

/** Puts `nodes` and constants in, and sends what the last of them gives to the output `replaces`. */
export function graft(
  replaces: string,
  nodes: Onnx.INodeProto[],
  initializer: Onnx.ITensorProto[] = [],
): Onnx.ModelProto {
  const model = toyModel();
  const graph = model.graph!;
  for (const before of graph.node!) {
    before.output = before.output!.map((name) => (name === replaces ? 'before' : name));
  }
  graph.node!.push(...nodes);
  graph.initializer!.push(...initializer);
  return model;
}

/** Counts without end before it answers, as a hostile or broken export may. */
export function endlessModel(): Onnx.ModelProto {
  const body: Onnx.IGraphProto = {
    name: 'again',
    input: [value('turn', INT64, []), value('going', BOOL, []), value('carried', FLOAT, [])],
    output: [value('still', BOOL, []), value('next', FLOAT, [])],
    node: [node('Identity', ['going'], ['still']), node('Neg', ['carried'], ['next'])],
  };
  const nodes = [
    node('Loop', ['turns', 'yes', 'zero'], ['end'], { body }),
    node('Mul', ['end', 'zero'], ['nothing']),
    node('Add', ['before', 'nothing'], ['scores']),
  ];
  const constants = [
    longs('turns', [Number.MAX_SAFE_INTEGER]),
    truth('yes'),
    floats('zero', [], [0]),
  ];
  return graft('scores', nodes, constants);
}

export const encodeModel = (model: Onnx.ModelProto): Uint8Array =>
  onnx.ModelProto.encode(model).finish();

/** Writes a package to a folder that lasts as long as the test; the manifest gets the file's hash unless it is given one. */
export async function writePackage(
  file: Uint8Array,
  changes: Partial<ModelManifest> = {},
): Promise<{ folder: string; manifest: ModelManifest; modelFile: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'lesionwise-model-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const sha256 = createHash('sha256').update(file).digest('hex');
  const manifest = { ...toyManifest, sha256, ...changes };
  const modelFile = join(folder, manifest.file);
  await writeFile(modelFile, file);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return { folder, manifest, modelFile };
}
