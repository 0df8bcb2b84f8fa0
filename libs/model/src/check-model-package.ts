import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import {
  checkTitles,
  type CheckFinding,
  type CheckOrder,
  type FromCheckProcess,
  type ModelCheckName,
} from './check-messages.js';
import type { ModelManifest } from './manifest.js';
import { ModelPackageError, type ModelPackageErrorCode } from './model-package-error.js';
import { hashFile, readManifest } from './model-package.js';

export type { ModelCheckName } from './check-messages.js';

/** One thing a model package was asked to prove. */
export interface ModelCheck {
  name: ModelCheckName;
  /** What passing means, as a sentence. */
  title: string;
  passed: boolean;
  /** What was seen; for a failed check, what is wrong and where. */
  detail: string;
  /** Why it failed; undefined where it passed, or was not made because an earlier one failed. */
  code?: ModelPackageErrorCode;
  /** The field, operator or tensor at fault. */
  where?: string;
  expected?: string;
  found?: string;
}

export interface CheckOptions {
  /** How long the graph may take to open and to answer four images. */
  timeoutMs: number;
}

const names = Object.keys(checkTitles) as ModelCheckName[];

/**
 * Every check of a model package, always all of them and in the same order. After the first that fails
 * the rest are listed as failed and not made. The ONNX file is opened in a process of its own, which is
 * killed after `timeoutMs`: a hostile file becomes a failed check (`CRASHED`, `TIMED_OUT`).
 *
 * Does not throw for any fault of the package.
 */
export async function checkModelPackage(
  folder: string,
  options: CheckOptions,
): Promise<ModelCheck[]> {
  const made = await findings(folder, options);
  const failed = made.find(({ passed }) => !passed);
  return names.map((name) => {
    const title = checkTitles[name];
    const finding = made.find((found) => found.name === name);
    if (finding) return { title, ...finding };
    const because = failed ? ` because "${checkTitles[failed.name]}" failed` : '';
    return { name, title, passed: false, detail: `not checked${because}` };
  });
}

async function findings(folder: string, options: CheckOptions): Promise<CheckFinding[]> {
  const made: CheckFinding[] = [];
  try {
    const manifest = await readManifest(folder);
    const version = `${manifest.name} ${manifest.version}`;
    made.push({ name: 'manifest', passed: true, detail: version });
    const modelFile = join(folder, manifest.file);
    const hash = await checkHash(modelFile, manifest);
    made.push(hash);
    if (hash.passed) made.push(...(await findingsOfProcess({ modelFile, manifest }, options)));
  } catch (cause) {
    if (!(cause instanceof ModelPackageError)) throw cause;
    const name = made.length === 0 ? 'manifest' : 'file_hash';
    const { message: detail, code, where } = cause;
    made.push({ name, passed: false, detail, code, where });
  }
  return made;
}

async function checkHash(modelFile: string, manifest: ModelManifest): Promise<CheckFinding> {
  const { sha256, sizeBytes } = await hashFile(modelFile, manifest.file);
  const finding = { name: 'file_hash', expected: manifest.sha256, found: sha256 } as const;
  if (sha256 === manifest.sha256) return { ...finding, passed: true, detail: `${sizeBytes} bytes` };
  const detail = `${manifest.file} is not the file the manifest was written for`;
  return { ...finding, passed: false, detail, code: 'HASH_MISMATCH', where: manifest.file };
}

/** What the check process found, and, where it did not come to its end, what it was at. */
async function findingsOfProcess(
  order: CheckOrder,
  { timeoutMs }: CheckOptions,
): Promise<CheckFinding[]> {
  // An empty environment: the file is not trusted, and the environment holds the database's password.
  // By way of dist, so that tests running from src start the same compiled process as the product.
  const child = fork(new URL('../dist/check-process.js', import.meta.url), {
    env: {},
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const made: CheckFinding[] = [];
  let at: ModelCheckName = 'onnx_valid';
  child.on('message', (message: FromCheckProcess) => {
    if (message.kind === 'begun') at = message.name;
    if (message.kind === 'ended') made.push(message.finding);
  });
  child.send(order);
  const end = await ended(child, timeoutMs);
  const isComplete = made.some(({ passed }) => !passed) || made.length === names.length - 2;
  if (!isComplete) made.push(unfinished(at, end, timeoutMs));
  return made;
}

interface End {
  timedOut: boolean;
  how: string;
}

function ended(child: ChildProcess, timeoutMs: number): Promise<End> {
  return new Promise((resolve, reject) => {
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.once('error', (cause) => {
      clearTimeout(timer);
      reject(new Error('the check process could not be started', { cause }));
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ timedOut, how: signal ?? `exit code ${code ?? 'unknown'}` });
    });
  });
}

function unfinished(name: ModelCheckName, { timedOut, how }: End, timeoutMs: number): CheckFinding {
  const passed = false;
  if (timedOut) {
    return { name, passed, code: 'TIMED_OUT', detail: `no answer within ${timeoutMs} ms` };
  }
  return { name, passed, code: 'CRASHED', detail: `the file crashed the runtime (${how})` };
}
