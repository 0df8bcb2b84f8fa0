import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { World } from './world.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface WorkerProcess {
  process: ChildProcess;
  /** As a power cut would. */
  kill: () => Promise<void>;
  /** As a deployment would; resolves with the exit code. */
  stop: () => Promise<number | null>;
  /** Everything it logged so far, one JSON object a line. */
  log: () => string;
}

export interface WorkerSurroundings {
  variables?: Record<string, string>;
  /** Loaded before the worker, such as a decoder that crashes. */
  preload?: string;
  /** Bytes that a file it writes may have, by `ulimit -f`, as a disk that is full. */
  mostFileBytes?: number;
}

/** Starts the real worker on the world's database and store. */
export function startWorker(
  world: Pick<World, 'databaseUrl' | 'storage'>,
  { variables = {}, preload, mostFileBytes }: WorkerSurroundings = {},
): WorkerProcess {
  const node = [process.execPath, ...(preload ? ['--import', preload] : []), 'dist/worker.js'];
  // POSIX counts in blocks of 512 bytes.
  const limited = ['sh', '-c', `ulimit -f ${(mostFileBytes ?? 0) / 512}; exec "$@"`, 'sh', ...node];
  const [command = '', ...args] = mostFileBytes === undefined ? node : limited;
  const child = spawn(command, args, {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: world.databaseUrl,
      LESIONWISE_STORAGE: world.storage.folder,
      LESIONWISE_SECRET: 'x'.repeat(32),
      LESIONWISE_URL: 'http://localhost:3000',
      LESIONWISE_LOG_LEVEL: 'info',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Buffer[] = [];
  child.stdout.on('data', (line: Buffer) => lines.push(line));
  child.stderr.on('data', (line: Buffer) => lines.push(line));
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    return (await ended)[0];
  };
  return {
    process: child,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    log: () => Buffer.concat(lines).toString(),
  };
}
