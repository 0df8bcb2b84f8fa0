// A network of the shape that the product runs, small enough for a GPU in software: convolutions down and
// up, a skip between them, a mask and two scores. Its weights are drawn, so it finds nothing.
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import { seededRandom } from './seeded-random.js';
import type { ModelManifest } from './src/manifest.js';
import { floats, node, toyManifest, value } from './toy-onnx.js';

const { onnx } = onnxProto;
const { FLOAT, UINT8 } = onnx.TensorProto.DataType;

const SIDE = 32;

export const toyUnetManifest: Partial<ModelManifest> = {
  input: { ...toyManifest.input, height: SIDE, width: SIDE },
  outputs: {
    ...toyManifest.outputs,
    mask: { name: 'mask_probability', height: SIDE, width: SIDE },
  },
};

export function toyUnet(): Onnx.ModelProto {
  const random = seededRandom(17);
  const weights = (name: string, dims: number[]) => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    // About He's spread, so that the signal neither dies nor saturates on its way.
    const spread = 2 * Math.sqrt((3 * dims[0]!) / length);
    return floats(
      name,
      dims,
      Array.from({ length }, () => (random() - 0.5) * 2 * spread),
    );
  };
  const same = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
  return onnx.ModelProto.create({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 16 }],
    producerName: 'toy U-Net',
    graph: {
      name: 'unet',
      input: [value('image', UINT8, ['n', SIDE, SIDE, 3])],
      output: [
        value('mask_probability', FLOAT, ['n', 1, SIDE, SIDE]),
        value('scores', FLOAT, ['n', 2]),
      ],
      initializer: [
        floats('half', [], [127.5]),
        floats('one', [], [1]),
        weights('w1', [8, 3, 3, 3]),
        weights('w2', [16, 8, 3, 3]),
        weights('w3', [16, 8, 2, 2]),
        weights('w4', [1, 16, 1, 1]),
        weights('w5', [16, 2]),
      ],
      node: [
        node('Cast', ['image'], ['levels'], { to: FLOAT }),
        node('Div', ['levels', 'half'], ['unit']),
        node('Sub', ['unit', 'one'], ['centred']),
        node('Transpose', ['centred'], ['planes'], { perm: [0, 3, 1, 2] }),
        node('Conv', ['planes', 'w1'], ['c1'], same),
        node('Relu', ['c1'], ['fine']),
        node('Conv', ['fine', 'w2'], ['c2'], { ...same, strides: [2, 2] }),
        node('Relu', ['c2'], ['coarse']),
        node('ConvTranspose', ['coarse', 'w3'], ['up'], { kernel_shape: [2, 2], strides: [2, 2] }),
        node('Concat', ['fine', 'up'], ['both'], { axis: 1 }),
        node('Conv', ['both', 'w4'], ['mask_logit'], { kernel_shape: [1, 1] }),
        node('Sigmoid', ['mask_logit'], ['mask_probability']),
        node('GlobalAveragePool', ['coarse'], ['pooled']),
        node('Flatten', ['pooled'], ['features'], { axis: 1 }),
        node('MatMul', ['features', 'w5'], ['logits']),
        node('Sigmoid', ['logits'], ['scores']),
      ],
    },
  });
}
