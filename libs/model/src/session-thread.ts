// The thread that holds one ONNX session. onnxruntime-node runs the graph inside the event loop of its
// thread, so it must be loaded nowhere else; this file imports nothing of the library but types.
import { InferenceSession, Tensor, env } from 'onnxruntime-node';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  DeviceFailure,
  DeviceName,
  FromThread,
  RawOutput,
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
const reasonOf = (cause: unknown) =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;

interface Opened {
  session: InferenceSession;
  device: DeviceName;
  note: string;
}

/** onnxruntime accepts these although its types mark them as WebAssembly's only. */
const withoutCpuFallback = { session: { disable_cpu_ep_fallback: '1' } };

async function create(device: DeviceName, extra?: Record<string, unknown>) {
  return InferenceSession.create(order.modelFile, {
    executionProviders: [device],
    intraOpNumThreads: order.threads,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
    ...(extra && { extra }),
  });
}

/** A GPU session must say so when part of the graph stays on the CPU; only then may it. */
async function open(device: DeviceName): Promise<Opened> {
  if (device === 'cpu') {
    return { device, session: await create(device), note: `cpu, ${order.threads} threads` };
  }
  try {
    return {
      device,
      session: await create(device, withoutCpuFallback),
      note: `${device}, whole graph`,
    };
  } catch (cause) {
    if (!/fallback to CPU EP has been explicitly disabled/.test(String(cause))) throw cause;
    const note = `${device}; some operators of this graph have no ${device} form and run on the CPU`;
    return { device, session: await create(device), note };
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
const outputNames = [
  ...new Set([outputs.mask?.name, ...(outputs.scores ?? []).map(({ name }) => name)]),
].filter((name) => name !== undefined);

async function predict(
  session: InferenceSession,
  { id, count, batch }: Extract<ToThread, { kind: 'predict' }>,
): Promise<void> {
  try {
    const tensor = new Tensor('uint8', batch, [count, input.height, input.width, 3]);
    const answer = await session.run({ [input.name]: tensor }, outputNames);
    const raw = outputNames.map((name) => [name, rawOutput(name, answer[name])] as const);
    const moved = raw.map(([, { values }]) => values.buffer);
    post({ kind: 'predicted', id, outputs: Object.fromEntries(raw) }, moved);
  } catch (cause) {
    post({ kind: 'failed', id, reason: reasonOf(cause) });
  }
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
        await predict(opened.session, message);
        return;
      }
      await opened.session.release();
      port.close();
    });
  });
}
