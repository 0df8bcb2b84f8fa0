import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  DeviceOutOfMemoryError,
  DeviceUnavailableError,
  saysOutOfMemory,
} from './device-errors.js';
import { devicesToTry } from './devices.js';
import { requireImages } from './images-of-input.js';
import type { ModelManifest } from './manifest.js';
import { ModelHungError } from './model-hung-error.js';
import { ModelPackageError } from './model-package-error.js';
import { predictionsOf, type Prediction } from './predictions.js';
import type {
  DeviceFailure,
  DeviceName,
  DeviceRequest,
  FromThread,
  SessionOrder,
  ToThread,
} from './session-messages.js';

export type { Prediction } from './predictions.js';

/** The session's thread is gone, or was closed: open another session and ask again. */
export class SessionLostError extends Error {
  override readonly name = 'SessionLostError';
}

export interface SessionOptions {
  /** Path of the ONNX file. */
  modelFile: string;
  manifest: ModelManifest;
  device: DeviceRequest;
  /** Threads one graph runs on, on the CPU; all available cores where not given. */
  threads?: number;
  /** Longest wait for one call's answer, from when the thread begins on it; without end where not given. */
  answerWithinMs?: number;
}

export interface ModelSession<Device extends string = DeviceName> {
  /** The device that really runs the graph. */
  readonly device: Device;
  /** That device in words, and why each one tried before it does not hold. */
  readonly deviceNote: string;
  /**
   * One prediction per image, in order. Each image is `height * width * 3` bytes from `prepareImage`; they
   * are copied into the batch, so the caller keeps them and may ask again. Calls queue.
   *
   * Throws RangeError on images of another size, ModelPackageError where the network's answer is not what
   * its manifest says or not a probability, DeviceOutOfMemoryError where the device has no memory for so
   * many at once, ModelHungError where it took longer than it may, for this call and all after it, and
   * SessionLostError once the thread is gone.
   */
  predict(images: readonly Uint8Array[]): Promise<Prediction[]>;
  /**
   * Answers what is queued, then frees the graph and ends the thread. Closing twice is closing once; where the
   * network hangs, nothing is waited for and the thread stays.
   */
  close(): Promise<void>;
}

/**
 * Opens a model version on a device, in a thread of its own: the graph runs synchronously inside its
 * thread's event loop. `auto` takes the first of cuda, webgpu and cpu that holds.
 *
 * The process stays alive until the session is closed, and must not end before: `process.exit` in the middle
 * of a run makes onnxruntime-node 1.30 abort (seen), after whatever exit code was meant.
 *
 * Throws DeviceUnavailableError where a device asked for by name is missing, and ModelPackageError
 * `RUNTIME_REFUSED` where even the CPU refuses the file.
 */
export async function openSession(options: SessionOptions): Promise<ModelSession> {
  const { devices, skipped } = devicesToTry(options.device);
  const order: SessionOrder = {
    modelFile: options.modelFile,
    manifest: options.manifest,
    devices,
    threads: options.threads ?? availableParallelism(),
  };
  // By way of dist, so that tests running from src start the same compiled thread as the product.
  const worker = new Worker(new URL('../dist/session-thread.js', import.meta.url), {
    workerData: order,
    name: `onnx ${options.manifest.name} ${options.manifest.version}`,
  });
  const first = await firstMessage(worker);
  if (first.kind === 'ready') {
    return new ThreadSession(worker, options, {
      device: first.device,
      deviceNote: deviceNote(first.note, [...skipped, ...first.failures]),
    });
  }
  throw refusal(first.failures, options);
}

function deviceNote(note: string, failures: DeviceFailure[]): string {
  return [note, ...failures.map(({ device, reason }) => `no ${device}: ${reason}`)].join('; ');
}

function refusal(failures: DeviceFailure[], { device, modelFile }: SessionOptions): Error {
  const last = failures.at(-1);
  if (last && device !== 'cpu' && device !== 'auto') return new DeviceUnavailableError(last);
  const reason = last?.reason ?? 'the runtime gave no reason';
  return new ModelPackageError('RUNTIME_REFUSED', modelFile, `the runtime refused it: ${reason}`);
}

type FirstMessage = Extract<FromThread, { kind: 'ready' | 'refused' }>;

function firstMessage(worker: Worker): Promise<FirstMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<FirstMessage>();
  const onError = (cause: unknown) => {
    reject(new SessionLostError('the session thread failed to start', { cause }));
  };
  const onExit = (code: number) => {
    reject(new SessionLostError(`the session thread ended with code ${code} before it was ready`));
  };
  worker.once('message', resolve).once('error', onError).once('exit', onExit);
  // Each by its name: removeAllListeners would also take the ones Node itself keeps on a worker.
  return promise.finally(() => worker.off('error', onError).off('exit', onExit));
}

interface Pending {
  imageCount: number;
  resolve: (predictions: Prediction[]) => void;
  reject: (reason: Error) => void;
}

class ThreadSession implements ModelSession {
  readonly device: DeviceName;
  readonly deviceNote: string;
  readonly #worker: Worker;
  readonly #manifest: ModelManifest;
  readonly #pending = new Map<number, Pending>();
  readonly #ended: Promise<void>;
  readonly #answerWithinMs: number | undefined;
  #alarm: NodeJS.Timeout | undefined;
  #lost: SessionLostError | ModelHungError | undefined;
  #asked = 0;

  constructor(
    worker: Worker,
    { manifest, answerWithinMs }: SessionOptions,
    { device, deviceNote }: { device: DeviceName; deviceNote: string },
  ) {
    this.device = device;
    this.deviceNote = deviceNote;
    this.#worker = worker;
    this.#manifest = manifest;
    this.#answerWithinMs = answerWithinMs;
    worker.on('message', (message: FromThread) => {
      this.#settle(message);
    });
    worker.on('error', (cause) => {
      this.#lose(new SessionLostError('the session thread failed', { cause }));
    });
    this.#ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.#lose(new SessionLostError(`the session thread ended with code ${code}`));
        resolve();
      });
    });
  }

  predict(images: readonly Uint8Array[]): Promise<Prediction[]> {
    return new Promise((resolve, reject) => {
      if (this.#lost) throw this.#lost;
      const batch = batchOf(images, this.#manifest.input);
      const id = (this.#asked += 1);
      this.#pending.set(id, { imageCount: images.length, resolve, reject });
      // Those that wait have their time counted once it is their turn.
      if (this.#pending.size === 1) this.#watch();
      this.#post({ kind: 'predict', id, count: images.length, batch }, [batch.buffer]);
    });
  }

  async close(): Promise<void> {
    if (this.#lost instanceof ModelHungError) return;
    if (!this.#lost) {
      this.#lost = new SessionLostError('the session is closed');
      this.#post({ kind: 'close' });
    }
    await this.#ended;
  }

  #post(message: ToThread, moved: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, moved);
  }

  #settle(message: FromThread): void {
    if (message.kind !== 'predicted' && message.kind !== 'failed') return;
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id);
    this.#watch();
    if (message.kind === 'failed') {
      pending.reject(this.#refusalOf(message.reason, pending.imageCount));
      return;
    }
    try {
      pending.resolve(message.runs.flatMap((run) => predictionsOf(run, this.#manifest)));
    } catch (cause) {
      pending.reject(cause as Error);
    }
  }

  #refusalOf(reason: string, imageCount: number): Error {
    return saysOutOfMemory(reason)
      ? new DeviceOutOfMemoryError(this.device, imageCount, reason)
      : new ModelPackageError('RUNTIME_REFUSED', this.#manifest.file, reason);
  }

  /** Begins to count the time of the oldest call, where there is one. */
  #watch(): void {
    clearTimeout(this.#alarm);
    const ms = this.#answerWithinMs;
    if (ms === undefined || this.#pending.size === 0) return;
    this.#alarm = setTimeout(() => {
      this.#lose(new ModelHungError(ms / 1000));
    }, ms);
  }

  #lose(reason: SessionLostError | ModelHungError): void {
    this.#lost ??= reason;
    clearTimeout(this.#alarm);
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}

function batchOf(
  images: readonly Uint8Array[],
  input: ModelManifest['input'],
): Uint8Array<ArrayBuffer> {
  const size = requireImages(images, input);
  const batch = new Uint8Array(images.length * size);
  images.forEach((image, i) => {
    batch.set(image, i * size);
  });
  return batch;
}
