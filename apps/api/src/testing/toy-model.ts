import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
const { BOOL, FLOAT, INT64, UINT8 } = onnx.TensorProto.DataType;

const node = (opType: string, input: string[], output: string[], attribute: object[] = []) =>
  onnx.NodeProto.create({ opType, name: output[0], input, output, attribute });
const ints = (name: string, values: number[]) =>
  onnx.TensorProto.create({ name, dims: [values.length], dataType: INT64, int64Data: values });
const scalar = (name: string, value: number) =>
  onnx.TensorProto.create({ name, dims: [], dataType: FLOAT, floatData: [value] });
const value = (name: string, elemType: number, shape: (string | number)[]) =>
  onnx.ValueInfoProto.create({
    name,
    type: {
      tensorType: {
        elemType,
        shape: {
          dim: shape.map((d) => (typeof d === 'string' ? { dimParam: d } : { dimValue: d })),
        },
      },
    },
  });
const attribute = (name: string, i: number) => ({ name, type: 2, i });

const side = 16;

const delayInitializers = [
  onnx.TensorProto.create({ name: 'red', dims: [], dataType: INT64, int64Data: [0] }),
  onnx.TensorProto.create({ name: 'green', dims: [], dataType: INT64, int64Data: [1] }),
  scalar('ages', 1e15),
  scalar('nothing', 0),
];

/** Adds to the scores what a loop gives that turns 1e15 times on pure red, and not at all on anything else. */
function delayNodes(): object[] {
  const body = onnx.GraphProto.create({
    name: 'turn',
    input: [value('turn', INT64, []), value('goes_on', BOOL, []), value('before', FLOAT, [])],
    output: [value('goes_on_still', BOOL, []), value('after', FLOAT, [])],
    node: [
      node('Identity', ['goes_on'], ['goes_on_still']),
      node('Mul', ['before', 'before'], ['after']),
    ],
  });
  return [
    node('Gather', ['means', 'red'], ['mean_red'], [attribute('axis', 1)]),
    node('Gather', ['means', 'green'], ['mean_green'], [attribute('axis', 1)]),
    node('Floor', ['mean_red'], ['is_red']),
    node('Ceil', ['mean_green'], ['is_green']),
    node('Sub', ['one', 'is_green'], ['is_not_green']),
    node('Mul', ['is_red', 'is_not_green'], ['is_hung']),
    node('ReduceMax', ['is_hung'], ['is_any_hung'], [attribute('keepdims', 0)]),
    node('Mul', ['is_any_hung', 'ages'], ['turns']),
    node('Cast', ['turns'], ['whole_turns'], [attribute('to', INT64)]),
    node('Loop', ['whole_turns', '', 'nothing'], ['delay'], [{ name: 'body', type: 5, g: body }]),
    node('Add', ['means', 'delay'], ['scores']),
  ];
}

/**
 * A graph one can check in one's head: a pixel is lesion as far as it is dark (1 - mean/255), the
 * melanoma score is the image's mean red, the seborrheic-keratosis score its mean green.
 */
function toyGraph(hangsOnRed: boolean): Uint8Array {
  const graph = onnx.GraphProto.create({
    name: 'toy',
    input: [value('image', UINT8, ['n', side, side, 3])],
    output: [value('mask', FLOAT, ['n', side, side]), value('scores', FLOAT, ['n', 3])],
    initializer: [
      ...[scalar('white', 255), scalar('one', 1)],
      ...[ints('over', [1, 2]), ints('channel', [3])],
      ...(hangsOnRed ? delayInitializers : []),
    ],
    node: [
      node('Cast', ['image'], ['float'], [attribute('to', FLOAT)]),
      node('Div', ['float', 'white'], ['unit']),
      node('ReduceMean', ['unit', 'over'], ['means'], [attribute('keepdims', 0)]),
      ...(hangsOnRed ? delayNodes() : [node('Identity', ['means'], ['scores'])]),
      node('ReduceMean', ['unit', 'channel'], ['grey'], [attribute('keepdims', 0)]),
      node('Sub', ['one', 'grey'], ['mask']),
    ],
  });
  const model = onnx.ModelProto.create({
    irVersion: 8,
    producerName: 'lesionwise-test',
    opsetImport: [{ domain: '', version: 18 }],
    graph,
  });
  return onnx.ModelProto.encode(model).finish();
}

export interface ToyPackage {
  name?: string;
  version?: string;
  withMask?: boolean;
  withScores?: boolean;
  /** Written into the manifest instead of the file's own. */
  sha256?: string;
  /** Bytes written instead of the graph. */
  bytes?: Uint8Array;
  /** Never comes to an end on an image that is all red and nowhere green. */
  hangsOnRed?: boolean;
  /** The text of training-list.csv. */
  trainingList?: string;
  /** Written into the manifest instead of the list's own; `null` leaves the list undeclared. */
  trainingListSha256?: string | null;
}

const sha256Of = (content: Uint8Array | string) =>
  createHash('sha256').update(content).digest('hex');

const outputsOf = ({ withMask = true, withScores = true }: ToyPackage) => ({
  ...(withMask && { mask: { name: 'mask', height: side, width: side } }),
  ...(withScores && {
    scores: [
      { task: 'melanoma', name: 'scores', index: 0 },
      { task: 'seborrheic_keratosis', name: 'scores', index: 1 },
    ],
  }),
});

const trainingOf = ({
  trainingList,
  trainingListSha256 = trainingList === undefined ? null : sha256Of(trainingList),
}: ToyPackage) => ({
  data: 'nothing: it looks at how dark a pixel is',
  ...(trainingListSha256 && { list: { file: 'training-list.csv', sha256: trainingListSha256 } }),
});

/** The files of a package, by name. */
export function toyPackage(options: ToyPackage = {}): Record<string, Uint8Array | string> {
  const {
    name = 'toy',
    version = '1.0.0',
    bytes = toyGraph(options.hangsOnRed ?? false),
    trainingList,
  } = options;
  const manifest = {
    schema: 'lesionwise.model/1',
    ...{ name, version, licence: 'Apache-2.0', file: 'model.onnx' },
    sha256: options.sha256 ?? sha256Of(bytes),
    input: {
      ...{ name: 'image', dtype: 'uint8', layout: 'NHWC', height: side, width: side },
      ...{ fit: 'squash', colour: 'RGB' },
    },
    outputs: outputsOf(options),
    maskThreshold: 0.5,
    training: trainingOf(options),
  };
  return {
    'model.onnx': bytes,
    'manifest.json': JSON.stringify(manifest),
    'MODEL_CARD.md': '# Toy',
    ...(trainingList !== undefined && { 'training-list.csv': trainingList }),
  };
}

/** Writes a package to a folder of its own under `parent`. */
export async function writeToyPackage(parent: string, options: ToyPackage = {}): Promise<string> {
  const folder = join(parent, randomUUID());
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(toyPackage(options))) {
    await writeFile(join(folder, file), content);
  }
  return folder;
}
