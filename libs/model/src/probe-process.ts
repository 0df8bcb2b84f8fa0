// The process that tries one device, because a graphics driver may take the process down that first calls it.
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import { InferenceSession, Tensor, env } from 'onnxruntime-node';
import type { FromProbeProcess, ProbeOrder } from './probe-messages.js';
import { reasonOf } from './runtime-words.js';

const { onnx } = onnxProto;
const { FLOAT } = onnx.TensorProto.DataType;

env.logLevel = 'fatal';

const value = (name: string): Onnx.IValueInfoProto => ({
  name,
  type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimValue: 4 }] } } },
});

/** One operator that every device has: y = sigmoid(x). */
const network = onnx.ModelProto.encode({
  irVersion: 8,
  opsetImport: [{ domain: '', version: 16 }],
  graph: {
    name: 'probe',
    input: [value('x')],
    output: [value('y')],
    node: [{ opType: 'Sigmoid', input: ['x'], output: ['y'] }],
  },
}).finish();

async function probe({ device }: ProbeOrder): Promise<FromProbeProcess> {
  const begun = performance.now();
  const session = await InferenceSession.create(network, {
    executionProviders: [device],
    logSeverityLevel: 4,
    extra: { session: { disable_cpu_ep_fallback: device === 'cpu' ? '0' : '1' } },
  });
  const opened = performance.now();
  const x = Float32Array.of(-2, 0, 1, 3);
  const { y } = await session.run({ x: new Tensor('float32', x, [4]) });
  const ran = performance.now();
  const found = y?.data as Float32Array;
  const difference = Math.max(...x.map((at, i) => Math.abs(found[i]! - 1 / (1 + Math.exp(-at)))));
  if (!(difference < 1e-5)) {
    return { kind: 'refused', reason: `it computes wrongly: a sigmoid is off by ${difference}` };
  }
  return { kind: 'held', openMs: opened - begun, runMs: ran - opened };
}

process.once('message', (order: ProbeOrder) => {
  void probe(order)
    .catch((cause: unknown): FromProbeProcess => ({ kind: 'refused', reason: reasonOf(cause) }))
    .then((message) => {
      process.send?.(message, undefined, undefined, () => {
        process.disconnect();
      });
    });
});
