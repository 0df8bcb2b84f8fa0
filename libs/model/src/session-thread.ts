// The thread that holds one ONNX session. onnxruntime-node runs the graph inside the event loop of its
// thread, so it must be loaded nowhere else; this file imports little of the library but types.
import { InferenceSession, Tensor, env } from 'onnxruntime-node';
import { parentPort, workerData } from 'node:worker_threads';
import { computeBehindOthers } from './compute-priority.js';
import { reasonOf } from './runtime-words.js';
import type {
  DeviceFailure,
  DeviceName,
  FromThread,
  RawOutput,
  Run,
  SessionOrder,
  ToThread,
} from './session-messages.js';

if (!parentPort) throw new Error('the session thread was started as a program');
const port = parentPort;
const order = workerData as SessionOrder;
// What fails is reported in words by the session; the runtime's own log would say it twice, on stderr.
env.logLevel = 'fatal';

const post = (message: FromThread, moved: ArrayBuffer[] = []) => {
  port.postMessage(message, moved);
};

interface Opened {
  session: InferenceSession;
  device: DeviceName;
  note: string;
}

async function create(device: DeviceName, isFallbackAllowed: boolean) {
  return InferenceSession.create(order.modelFile, {
    executionProviders: [device],
    intraOpNumThreads: order.threads,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
    // The native session reads these, although the typings mark them as WebAssembly's only.
    extra: {
      session: {
        // Idle threads that spin take the cores on which images are being decoded: with them a busy
        // two-core machine predicted 30 images/s instead of 85, and an idle one gained nothing.
        intra_op: { allow_spinning: '0' },
        disable_cpu_ep_fallback: isFallbackAllowed ? '0' : '1',
      },
    },
  });
}

/** A GPU session must say so when part of the graph stays on the CPU; only then may it. */
async function open(device: DeviceName): Promise<Opened> {
  if (device === 'cpu') {
    // Not where a GPU waits to be fed.
    computeBehindOthers();
    return { device, session: await create(device, true), note: `cpu, ${order.threads} threads` };
  }
  try {
    return {
      device,
      session: await create(device, false),
      note: `${device}, whole graph`,
    };
  } catch (cause) {
    if (!/fallback to CPU EP has been explicitly disabled/.test(String(cause))) throw cause;
    const note = `${device}; some operators of this graph have no ${device} form and run on the CPU`;
    return { device, session: await create(device, true), note };
  }
}

async function openFirst(): Promise<Opened | undefined> {
  const failures: DeviceFailure[] = [];
  for (const device of order.devices) {
    try {
      const opened = await open(device);
      post({ kind: 'ready', device, note: opened.note, failures });
      return opened;
    } catch (cause) {
      failures.push({ device, reason: reasonOf(cause) });
    }
  }
  post({ kind: 'refused', failures });
  return undefined;
}

const { input, outputs } = order.manifest;
const imageBytes = input.height * input.width * 3;
const outputNames = [
  ...new Set([outputs.mask?.name, ...(outputs.scores ?? []).map(({ name }) => name)]),
].filter((name) => name !== undefined);

async function predict(
  { session, device }: Opened,
  { id, count, batch }: Extract<ToThread, { kind: 'predict' }>,
): Promise<void> {
  // The CPU's caches hold one image: eight at once took 2.5 times as long as one by one. A GPU is the
  // other way round. One by one also makes an answer independent of its neighbours, to the last bit.
  const countPerRun = device === 'cpu' ? 1 : count;
  try {
    const runs: Run[] = [];
    for (let first = 0; first < count; first += countPerRun) {
      const pixels = batch.subarray(first * imageBytes, (first + countPerRun) * imageBytes);
      runs.push(await run(session, pixels, countPerRun));
    }
    const moved = runs.flatMap(({ outputs }) => Object.values(outputs).map((o) => o.values.buffer));
    post({ kind: 'predicted', id, runs }, moved);
  } catch (cause) {
    post({ kind: 'failed', id, reason: reasonOf(cause) });
  }
}

async function run(session: InferenceSession, pixels: Uint8Array, count: number): Promise<Run> {
  const image = new Tensor('uint8', pixels, [count, input.height, input.width, 3]);
  const answer = await session.run({ [input.name]: image }, outputNames);
  const outputs = outputNames.map((name) => [name, rawOutput(name, answer[name])] as const);
  return { count, outputs: Object.fromEntries(outputs) };
}

function rawOutput(name: string, tensor: Tensor | undefined): RawOutput {
  if (tensor?.type !== 'float32') {
    throw new Error(`output ${name} is ${tensor?.type ?? 'absent'}, not float32`);
  }
  return { values: tensor.data as Float32Array<ArrayBuffer>, dims: [...tensor.dims] };
}

const opened = await openFirst();
if (opened) {
  // One after another: each message waits for the one before it, so answers come in order.
  let last: Promise<void> = Promise.resolve();
  port.on('message', (message: ToThread) => {
    last = last.then(async () => {
      if (message.kind === 'predict') {
        await predict(opened, message);
        return;
      }
      await opened.session.release();
      port.close();
    });
  });
}
