import { type RemoteAccess, TOKEN_VARIABLE } from '@lesionwise/model';
import { z } from 'zod';

/** `host`, `host:port` or `*.domain`, in the form that a parsed address has. */
const HOST_ENTRY = /^(\*\.)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

/** What the two processes need to know of their surroundings. There are no defaults for secrets. */
const environment = z.object({
  /** Postgres, such as `postgresql://user:password@host:5432/lesionwise`. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** A folder for photographs and model files; everything in it is content-addressed. */
  LESIONWISE_STORAGE: z.string().min(1),
  /** Signs session cookies; at least 32 characters. Changing it signs everybody out. */
  LESIONWISE_SECRET: z.string().min(32),
  /** The address people open in the browser. */
  LESIONWISE_URL: z.url(),
  LESIONWISE_API_HOST: z.string().default('127.0.0.1'),
  LESIONWISE_API_PORT: z.coerce.number().int().min(1).max(65_535).default(4000),
  /** Above this the worker closes what it can, and if that is not enough ends, to be started again. */
  LESIONWISE_WORKER_MEMORY_MB: z.coerce.number().int().min(1).default(1400),
  /** What the open sessions of one device may take together. */
  LESIONWISE_SESSION_MEMORY_MB: z.coerce.number().int().min(1).default(600),
  /** A network that takes longer over one batch is taken for hanging. */
  LESIONWISE_ANSWER_SECONDS: z.coerce.number().positive().default(60),
  /** Hosts of inference engines, by commas; any host but the forbidden ones where absent, none where empty. */
  LESIONWISE_REMOTE_HOSTS: z
    .string()
    .transform((list) =>
      list
        .toLowerCase()
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(HOST_ENTRY, 'each entry is host, host:port or *.domain')))
    .optional(),
  LESIONWISE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Config {
  databaseUrl: string;
  storageFolder: string;
  secret: string;
  publicUrl: string;
  apiHost: string;
  apiPort: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** What the worker needs to know besides, and who registers what it will ask. */
export interface WorkerConfig extends Config {
  engines: RemoteAccess;
  workerMemoryMb: number;
  sessionMemoryMb: number;
  answerSeconds: number;
}

/** Reads the environment once. Throws one error that lists every fault. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Readonly<WorkerConfig> {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `  ${issue.path.join('.')}: ${issue.message}`,
    );
    throw new Error(`The environment is incomplete:\n${faults.join('\n')}`);
  }
  const env = parsed.data;
  return Object.freeze({
    databaseUrl: env.DATABASE_URL,
    storageFolder: env.LESIONWISE_STORAGE,
    secret: env.LESIONWISE_SECRET,
    publicUrl: env.LESIONWISE_URL,
    apiHost: env.LESIONWISE_API_HOST,
    apiPort: env.LESIONWISE_API_PORT,
    engines: {
      allowedHosts: env.LESIONWISE_REMOTE_HOSTS,
      // Any other variable may hold a secret of ours, and whoever registers an engine names the variable.
      tokenOf: (variable: string) =>
        TOKEN_VARIABLE.test(variable) ? variables[variable] : undefined,
    },
    workerMemoryMb: env.LESIONWISE_WORKER_MEMORY_MB,
    sessionMemoryMb: env.LESIONWISE_SESSION_MEMORY_MB,
    answerSeconds: env.LESIONWISE_ANSWER_SECONDS,
    logLevel: env.LESIONWISE_LOG_LEVEL,
  });
}

/**
 * Lets files be read and photographs decoded on this many threads besides the main one; four where nobody
 * says. Only before the first of them is needed.
 */
export function widenThreadPool(threads: number): void {
  process.env['UV_THREADPOOL_SIZE'] ??= String(threads);
}
