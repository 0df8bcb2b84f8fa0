import { fork, type ChildProcess } from 'node:child_process';
import type { DecodeOrder, FromDecodeProcess } from './decode-messages.js';
import { ImageFileError } from './image-file.js';
import type { ModelManifest } from './manifest.js';

/** Decoding this image ended its process, or took too long; the image is at fault and no other was harmed. */
export class DecoderLostError extends Error {
  override readonly name = 'DecoderLostError';
}

export interface IsolatedDecoderOptions {
  /** Images decoded at once, each in a process of its own. */
  processes?: number;
  /** How long one image may take. */
  timeoutMs?: number;
}

/** `prepareImage`, out of reach. */
export interface IsolatedDecoder {
  /**
   * The same pixels as `prepareImage` gives. Throws ImageFileError as that does, and DecoderLostError where
   * the image took the process down or did not come to an end.
   */
  prepare: (bytes: Uint8Array, input: ModelManifest['input']) => Promise<Uint8Array>;
  /** Ends the processes; what is under way is rejected with DecoderLostError. */
  close: () => Promise<void>;
}

/** The largest photograph takes seconds; what takes a minute never ends. */
const LONGEST_MS = 60_000;

interface Question {
  order: DecodeOrder;
  resolve: (pixels: Uint8Array) => void;
  reject: (reason: Error) => void;
}

/**
 * Decodes in child processes, one image at a time in each. For images that may be poisoned: bytes that crash
 * libvips would otherwise end the process of everybody who waits in it. A process is started when it is
 * needed first, kept for the next image, and replaced after a loss.
 *
 * It costs one copy of the file and of the pixels through a pipe: 3 ms beside the 15 that a 6-megapixel JPEG
 * takes to decode, and 160 MB of memory for each process. So it is for images under suspicion, not for all.
 */
export function openIsolatedDecoder({
  processes = 1,
  timeoutMs = LONGEST_MS,
}: IsolatedDecoderOptions = {}): IsolatedDecoder {
  const waiting: Question[] = [];
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  let busy = 0;
  let isClosed = false;

  const pump = () => {
    while (!isClosed && waiting.length > 0 && busy < processes) {
      busy += 1;
      void ask(waiting.shift()!).finally(() => {
        busy -= 1;
        pump();
      });
    }
  };
  const ask = async ({ order, resolve, reject }: Question) => {
    const child = idleAndAlive(idle) ?? start(all);
    try {
      const message = await exchange(child, order, timeoutMs);
      idle.push(child);
      resolve(pixelsOf(message));
    } catch (cause) {
      reject(cause as Error);
    }
  };
  return {
    prepare: (bytes, input) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw new DecoderLostError('the decoder is closed');
        waiting.push({ order: { bytes, input }, resolve, reject });
        pump();
      }),
    close: async () => {
      isClosed = true;
      for (const { reject } of waiting.splice(0)) {
        reject(new DecoderLostError('the decoder is closed'));
      }
      await Promise.all([...all].map(end));
    },
  };
}

/** One that died while nobody used it is no loss. */
function idleAndAlive(idle: ChildProcess[]): ChildProcess | undefined {
  let child = idle.pop();
  while (child && !child.connected) child = idle.pop();
  return child;
}

function start(all: Set<ChildProcess>): ChildProcess {
  // An empty environment: the bytes are not trusted, and the environment holds the database's password.
  // By way of dist, so that tests running from src start the same compiled process as the product.
  const child = fork(new URL('../dist/decode-process.js', import.meta.url), {
    ...{ env: {}, execArgv: [], serialization: 'advanced' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  all.add(child);
  child.once('exit', () => all.delete(child));
  // Also told to whoever waits for it; without a listener of its own it would end this process.
  child.on('error', () => all.delete(child));
  return child;
}

/** One question and its answer; rejects with DecoderLostError when the process does not live to give it. */
function exchange(
  child: ChildProcess,
  order: DecodeOrder,
  timeoutMs: number,
): Promise<FromDecodeProcess> {
  const { promise, resolve, reject } = Promise.withResolvers<FromDecodeProcess>();
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  const onExit = (code: number | null, signal: string | null) => {
    const how = signal ?? `exit code ${code ?? 'unknown'}`;
    const words = isTimedOut
      ? `the image was not decoded within ${timeoutMs} ms`
      : `decoding the image ended its process (${how})`;
    reject(new DecoderLostError(words));
  };
  const onError = (cause: Error) => {
    reject(new DecoderLostError('the decode process could not be reached', { cause }));
  };
  child.once('message', resolve).once('exit', onExit).once('error', onError);
  child.send(order, (cause) => {
    // Mostly it has died, and its exit will say how; if it has not, it must not be waited for.
    if (cause) child.kill('SIGKILL');
  });
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', resolve).off('exit', onExit).off('error', onError);
  });
}

function pixelsOf(message: FromDecodeProcess): Uint8Array {
  switch (message.kind) {
    case 'prepared':
      return message.pixels;
    case 'refused':
      throw new ImageFileError(message.code, message.message);
    case 'failed':
      throw new Error(message.message);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
