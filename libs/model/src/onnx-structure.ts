import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import type { ModelManifest } from './manifest.js';
import { ModelPackageError } from './model-package-error.js';

const { onnx } = onnxProto;

/**
 * The opsets of the standard operators that the runtime carries: onnxruntime supports 7 on, and 1.30
 * refuses 27 as not yet released (tried one by one).
 */
export const OPSETS = { from: 7, to: 26 } as const;
/** '' and ai.onnx are the same standard domain; ai.onnx.ml holds the standard's trees and scalers. */
const STANDARD_DOMAINS = new Set(['', 'ai.onnx', 'ai.onnx.ml']);
const { FLOAT, UINT8 } = onnx.TensorProto.DataType;
const { EXTERNAL } = onnx.TensorProto.DataLocation;

/** Protobuf's 64-bit integers come as objects that turn to text, and so to numbers, by themselves. */
const toNumber = (value: unknown): number => Number(value ?? 0);

export type OnnxModel = Onnx.ModelProto;

/** The file as an ONNX model. Throws `NOT_ONNX` where the bytes are not one. */
export function decodeOnnx(bytes: Uint8Array, file: string): OnnxModel {
  let model: OnnxModel;
  try {
    model = onnx.ModelProto.decode(bytes);
  } catch (cause) {
    throw new ModelPackageError('NOT_ONNX', file, `${file} is not an ONNX model`, { cause });
  }
  const isModel = toNumber(model.irVersion) > 0 && model.opsetImport.length > 0;
  if (!isModel || !model.graph?.node?.length) {
    throw new ModelPackageError('NOT_ONNX', file, `${file} holds no ONNX graph`);
  }
  return model;
}

/** The version of the standard operators. Throws `OPSET_UNSUPPORTED` outside `OPSETS`. */
export function standardOpset(model: OnnxModel): number {
  const standard = model.opsetImport.find(({ domain }) => !domain || domain === 'ai.onnx');
  const opset = toNumber(standard?.version);
  if (opset < OPSETS.from || opset > OPSETS.to) {
    throw new ModelPackageError(
      'OPSET_UNSUPPORTED',
      'opset_import',
      `the graph uses opset ${opset}; ${OPSETS.from} to ${OPSETS.to} are supported`,
    );
  }
  return opset;
}

/**
 * How many operators the graph has, subgraphs and functions of its own included.
 * Throws `CUSTOM_OPERATOR` at the first that is neither standard nor defined in the file.
 */
export function countStandardOperators(model: OnnxModel): number {
  const ownFunctions = new Set(model.functions.map((own) => `${domainOf(own)}:${own.name ?? ''}`));
  let count = 0;
  for (const node of nodesOf(model)) {
    count += 1;
    const { opType, domain, name } = node;
    if (STANDARD_DOMAINS.has(domain ?? '')) continue;
    if (ownFunctions.has(`${domain ?? ''}:${opType ?? ''}`)) continue;
    const operator = `${domain ?? ''}:${opType ?? ''}`;
    throw new ModelPackageError(
      'CUSTOM_OPERATOR',
      operator,
      `the operator ${operator}${name ? ` (node ${name})` : ''} is not a standard ONNX operator`,
    );
  }
  return count;
}

// The published proto of functions has a domain that the typings of onnx-proto 8 leave out.
const domainOf = (own: object): string =>
  'domain' in own && typeof own.domain === 'string' ? own.domain : '';

/** Throws `EXTERNAL_DATA` at the first tensor whose values are in another file. */
export function refuseExternalData(model: OnnxModel): void {
  for (const tensor of tensorsOf(model)) {
    if (tensor.dataLocation === EXTERNAL || tensor.externalData?.length) {
      const name = tensor.name ?? '';
      throw new ModelPackageError(
        'EXTERNAL_DATA',
        name,
        `the values of tensor ${name} are in another file; a package has one ONNX file`,
      );
    }
  }
}

function* graphsOf(model: OnnxModel): Generator<Onnx.IGraphProto> {
  const waiting = [
    model.graph,
    ...model.trainingInfo.flatMap((t) => [t.initialization, t.algorithm]),
  ];
  const functionNodes = model.functions.flatMap(({ node }) => node ?? []);
  waiting.push({ node: functionNodes });
  // A list and not recursion: how deep graphs nest is up to the file.
  for (let graph = waiting.pop(); waiting.length > 0 || graph; graph = waiting.pop()) {
    if (!graph) continue;
    yield graph;
    for (const { attribute } of graph.node ?? []) {
      for (const { g, graphs } of attribute ?? []) waiting.push(g, ...(graphs ?? []));
    }
  }
}

function* nodesOf(model: OnnxModel): Generator<Onnx.INodeProto> {
  for (const { node } of graphsOf(model)) yield* node ?? [];
}

function* tensorsOf(model: OnnxModel): Generator<Onnx.ITensorProto> {
  for (const { initializer, sparseInitializer, node } of graphsOf(model)) {
    yield* initializer ?? [];
    for (const sparse of sparseInitializer ?? []) yield* partsOf(sparse);
    for (const { attribute } of node ?? []) {
      for (const given of attribute ?? []) yield* attributeTensors(given);
    }
  }
}

function* attributeTensors(given: Onnx.IAttributeProto): Generator<Onnx.ITensorProto> {
  yield* present([given.t]);
  yield* given.tensors ?? [];
  for (const sparse of present([given.sparseTensor])) yield* partsOf(sparse);
  for (const sparse of given.sparseTensors ?? []) yield* partsOf(sparse);
}

const present = <T>(values: (T | null | undefined)[]): T[] =>
  values.filter((value) => value !== null && value !== undefined);
const partsOf = ({ values, indices }: Onnx.ISparseTensorProto) => present([values, indices]);

/**
 * Proves that the graph takes and gives what the manifest says: names, element types, ranks and sizes,
 * and a batch of any length. A size the graph leaves open is proved by the dry run.
 * Throws `SIGNATURE_MISMATCH`.
 */
export function assertSignature(model: OnnxModel, { input, outputs }: ModelManifest): void {
  const graph = model.graph!;
  const constants = new Set((graph.initializer ?? []).map(({ name }) => name));
  const inputs = (graph.input ?? []).filter(({ name }) => !constants.has(name));
  assertValue(inputs, 'input', {
    name: input.name,
    elementType: UINT8,
    shapes: [['batch', input.height, input.width, 3]],
  });
  const other = inputs.find(({ name }) => name !== input.name);
  if (other)
    throw mismatch('input', other.name ?? '', 'the graph asks for it and the manifest does not');

  if (outputs.mask) {
    const { name, height, width } = outputs.mask;
    assertValue(graph.output ?? [], 'output', {
      name,
      elementType: FLOAT,
      shapes: [
        ['batch', height, width],
        ['batch', 1, height, width],
        ['batch', height, width, 1],
      ],
    });
  }
  for (const { name, index } of outputs.scores ?? []) {
    const shapes: Wanted['shapes'] = [['batch', { above: index }]];
    assertValue(graph.output ?? [], 'output', { name, elementType: FLOAT, shapes });
  }
}

type WantedSize = number | 'batch' | { above: number };
interface Wanted {
  name: string;
  elementType: number;
  /** Any one of these. */
  shapes: WantedSize[][];
}

const mismatch = (kind: 'input' | 'output', name: string, what: string) =>
  new ModelPackageError('SIGNATURE_MISMATCH', name, `${kind} ${name}: ${what}`);

function assertValue(values: Onnx.IValueInfoProto[], kind: 'input' | 'output', wanted: Wanted) {
  const value = values.find(({ name }) => name === wanted.name);
  if (!value) {
    const given = values.map(({ name }) => name).join(', ') || 'none';
    throw mismatch(kind, wanted.name, `the graph has no such ${kind}; it has ${given}`);
  }
  const tensor = value.type?.tensorType;
  if (tensor?.elemType !== wanted.elementType) {
    const [given, asked] = [tensor?.elemType, wanted.elementType].map(elementTypeName);
    throw mismatch(kind, wanted.name, `its values are ${given!}, not ${asked!}`);
  }
  // A graph may leave an output's shape out altogether.
  if (tensor.shape) assertShape(tensor.shape, kind, wanted);
}

function assertShape(
  { dim }: Onnx.ITensorShapeProto,
  kind: 'input' | 'output',
  { name, shapes }: Wanted,
) {
  const sizes = (dim ?? []).map(sizeOf);
  if (shapes.some((shape) => fits(sizes, shape))) return;
  const found = sizes.map((size) => size ?? '?').join();
  const expected = shapes.map((shape) => `[${shape.map(inWords).join()}]`).join(' or ');
  throw mismatch(kind, name, `its shape is [${found}], not ${expected}`);
}

/** Undefined where the graph leaves the size open. */
function sizeOf({ dimValue }: Onnx.TensorShapeProto.IDimension): number | undefined {
  const size = toNumber(dimValue);
  return size > 0 ? size : undefined;
}

const fits = (sizes: (number | undefined)[], shape: WantedSize[]) =>
  sizes.length === shape.length &&
  shape.every((wanted, i) => {
    const size = sizes[i];
    if (size === undefined) return true;
    if (wanted === 'batch') return false; // a fixed batch would refuse every other one
    return typeof wanted === 'number' ? size === wanted : size > wanted.above;
  });

const inWords = (wanted: WantedSize) =>
  typeof wanted === 'object' ? `>${wanted.above}` : String(wanted);

const elementTypeName = (type: number | null | undefined): string =>
  onnx.TensorProto.DataType[type ?? 0]?.toLowerCase() ?? `type ${type ?? 0}`;
