import { fork } from 'node:child_process';
import { howToGet } from './devices.js';
import type { FromProbeProcess, ProbeOrder } from './probe-messages.js';
import type { DeviceName } from './session-messages.js';

/** What came of trying a device. */
export interface DeviceProbe {
  device: DeviceName;
  /** A small network was opened on it and answered rightly. */
  isAvailable: boolean;
  /** How long that took; for a device that is not available, why. */
  detail: string;
  /** What an operator does to get it; undefined where it is there. */
  howToGet: string | undefined;
}

/** A software GPU opens in seconds on a busy machine; what takes longer hangs in its driver. */
const LONGEST_MS = 30_000;
const devices = ['cuda', 'webgpu', 'cpu'] as const satisfies DeviceName[];

/**
 * Tries every device by running a network of one operator on it, in the order in which `auto` takes them,
 * each in a process of its own: a driver that crashes or hangs is a device that is not available.
 */
export async function probeDevices({ timeoutMs = LONGEST_MS } = {}): Promise<DeviceProbe[]> {
  const probes: DeviceProbe[] = [];
  // One after another, so that none is slow because of another.
  for (const device of devices) probes.push(await probeDevice(device, timeoutMs));
  return probes;
}

async function probeDevice(device: DeviceName, timeoutMs: number): Promise<DeviceProbe> {
  const found = await ask(device, timeoutMs);
  if (found.kind === 'refused') {
    const { reason: detail } = found;
    return { device, isAvailable: false, detail, howToGet: howToGet[device] };
  }
  const [openMs, runMs] = [found.openMs, found.runMs].map((ms) => ms.toFixed(0));
  const detail = `opens in ${openMs} ms, answers in ${runMs} ms`;
  return { device, isAvailable: true, detail, howToGet: undefined };
}

function ask(device: DeviceName, timeoutMs: number): Promise<FromProbeProcess> {
  // By way of dist, so that tests running from src start the same compiled process as the product. With the
  // environment: drivers are found by variables such as VK_ICD_FILENAMES and LD_LIBRARY_PATH.
  const child = fork(new URL('../dist/probe-process.js', import.meta.url), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { promise, resolve } = Promise.withResolvers<FromProbeProcess>();
  const refuse = (reason: string) => {
    resolve({ kind: 'refused', reason });
  };
  const timer = setTimeout(() => {
    refuse(`it did not answer within ${timeoutMs} ms`);
    child.kill('SIGKILL');
  }, timeoutMs);
  child.once('message', (message: FromProbeProcess) => {
    resolve(message);
  });
  child.once('error', ({ message }) => {
    refuse(`the probe process could not be started: ${message}`);
  });
  child.once('exit', (code, signal) => {
    refuse(`its driver ended the process that tried it (${signal ?? `exit code ${code ?? ''}`})`);
  });
  const order: ProbeOrder = { device };
  // A process that cannot be told says so by its exit.
  child.send(order, () => undefined);
  return promise.finally(() => {
    clearTimeout(timer);
  });
}
