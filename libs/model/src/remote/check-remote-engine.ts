import {
  BATCH_TOLERANCE,
  REPEAT_TOLERANCE,
  requireSame,
  scoresInWords,
} from '../answer-difference.js';
import { type ModelContract, parseContract } from '../manifest.js';
import { ModelPackageError, type ModelPackageErrorCode } from '../model-package-error.js';
import { probeImage } from '../probe-image.js';
import { probeAnswer } from './probe-answer.js';
import { requireAllowed, type RemoteAccess, tokenFor } from './remote-address.js';
import { parseEndpoint, type RemoteEndpoint } from './remote-endpoint.js';
import { RemoteEngine } from './remote-engine.js';
import { RemoteEngineError, type RemoteEngineErrorCode } from './remote-engine-error.js';
import {
  openRemoteSession,
  type RegisteredEngine,
  type RemoteSession,
  type RemoteSessionOptions,
} from './remote-session.js';

/** The checks of an engine, in the order they are made. */
export const remoteCheckTitles = {
  manifest: 'The manifest is complete and consistent',
  address: 'The engine may be asked',
  ready: 'The engine and the model are ready',
  signature: 'Inputs and outputs are those of the manifest',
  runs: 'The engine answers, alone and in a batch',
  probabilities: 'Every output is a finite probability',
  repeatable: 'The same image gives the same answer twice',
  batch_independent: 'An answer does not depend on its neighbours in the batch',
} as const;
export type RemoteCheckName = keyof typeof remoteCheckTitles;

/** One thing an engine was asked to prove; the same shape as a `ModelCheck`. */
export interface RemoteCheck {
  name: RemoteCheckName;
  title: string;
  passed: boolean;
  detail: string;
  code?: ModelPackageErrorCode | RemoteEngineErrorCode;
  where?: string;
  expected?: string;
  found?: string;
}

/** What is kept of an engine that passed every check. */
export interface CheckedEngine {
  manifest: ModelContract;
  /** With the version that answered, even where none was asked for. */
  endpoint: RemoteEndpoint;
  registered: RegisteredEngine;
}

const names = Object.keys(remoteCheckTitles) as RemoteCheckName[];

type Finding = Partial<Pick<RemoteCheck, 'detail' | 'expected' | 'found'>>;

/**
 * Every check of an engine, always all of them and in the same order; after the first that fails the rest
 * are listed as failed and not made. `engine` is there when all have passed.
 *
 * Does not throw for any fault of the manifest, the endpoint or the engine.
 */
export async function checkRemoteEngine(
  given: { manifest: unknown; endpoint: unknown },
  options: Pick<RemoteSessionOptions, 'access' | 'patience'>,
): Promise<{ checks: RemoteCheck[]; engine: CheckedEngine | undefined }> {
  const made: RemoteCheck[] = [];
  const check = async <T>(name: RemoteCheckName, step: () => Promise<[T, Finding]>): Promise<T> => {
    const title = remoteCheckTitles[name];
    try {
      const [value, finding] = await step();
      made.push({ name, title, passed: true, detail: '', ...finding });
      return value;
    } catch (cause) {
      if (!(cause instanceof RemoteEngineError || cause instanceof ModelPackageError)) throw cause;
      made.push({ name, title, passed: false, ...failure(cause) });
      throw cause;
    }
  };
  let engine: CheckedEngine | undefined;
  try {
    engine = await checked(given, options, check);
  } catch (cause) {
    // Reported as the check that failed; those after it have nothing to stand on.
    if (!(cause instanceof RemoteEngineError || cause instanceof ModelPackageError)) throw cause;
  }
  return { checks: withUnmade(made), engine };
}

const failure = (cause: RemoteEngineError | ModelPackageError) => ({
  detail: cause.message,
  code: cause.code,
  ...(cause.where !== undefined && { where: cause.where }),
  ...('expected' in cause && cause.expected !== undefined && { expected: cause.expected }),
  ...('found' in cause && cause.found !== undefined && { found: cause.found }),
});

function withUnmade(made: RemoteCheck[]): RemoteCheck[] {
  const failed = made.find(({ passed }) => !passed);
  return names.map((name) => {
    const title = remoteCheckTitles[name];
    const because = failed ? ` because "${failed.title}" failed` : '';
    const unmade = { name, title, passed: false, detail: `not checked${because}` };
    return made.find((one) => one.name === name) ?? unmade;
  });
}

type Check = <T>(name: RemoteCheckName, step: () => Promise<[T, Finding]>) => Promise<T>;

async function checked(
  given: { manifest: unknown; endpoint: unknown },
  options: Pick<RemoteSessionOptions, 'access' | 'patience'>,
  check: Check,
): Promise<CheckedEngine> {
  const manifest = await check('manifest', async () => {
    const parsed = parseContract(given.manifest);
    return Promise.resolve([parsed, { detail: `${parsed.name} ${parsed.version}` }]);
  });
  const asked = await check('address', () => {
    const parsed = parseEndpoint(given.endpoint);
    requireAllowed(parsed, options.access);
    const isSigned = tokenFor(parsed, options.access) !== undefined;
    const detail = isSigned
      ? 'listed by the operator; asked with a token'
      : 'asked without a token';
    return Promise.resolve([parsed, { detail }]);
  });
  const endpoint = await checkReady(asked, options.access, check);
  const session = await check('signature', async () => {
    const opened = await openRemoteSession({ endpoint, manifest, ...options });
    return [opened, { detail: opened.deviceNote }];
  });
  try {
    const probe = await checkAnswers(session, manifest, check);
    return { manifest, endpoint, registered: { served: session.served, probe } };
  } finally {
    await session.close();
  }
}

/** The endpoint with the version that is served; several are a question only the registrar can answer. */
async function checkReady(
  endpoint: RemoteEndpoint,
  access: RemoteAccess,
  check: Check,
): Promise<RemoteEndpoint> {
  return check('ready', () =>
    withEngine(endpoint, access, async (engine) => {
      await engine.requireReady();
      const [{ versions }, { title }] = [await engine.metadata(), await engine.facts()];
      if (endpoint.version === undefined && versions.length > 1) {
        const found = versions.join(', ');
        const message = `the engine serves several versions (${found}); say which one`;
        throw new RemoteEngineError('ENDPOINT_INVALID', message, { where: 'version', found });
      }
      const version = endpoint.version ?? versions[0];
      const pinned = { ...endpoint, ...(version !== undefined && { version }) };
      const named = version === undefined ? 'no version named' : `version ${version}`;
      return [pinned, { detail: `${title}, ${endpoint.model}, ${named}` }];
    }),
  );
}

async function withEngine<T>(
  endpoint: RemoteEndpoint,
  access: RemoteAccess,
  work: (engine: RemoteEngine) => Promise<T>,
): Promise<T> {
  const engine = new RemoteEngine(endpoint, access);
  try {
    return await work(engine);
  } finally {
    engine.close();
  }
}

async function checkAnswers(session: RemoteSession, manifest: ModelContract, check: Check) {
  const [probe, neighbour] = [0, 1].map((variant) => probeImage(manifest.input, variant));
  // What is no probability is thrown by the first of them, and belongs to the check after this one.
  const raw = await check('runs', async () => {
    const [alone, again, paired] = [
      await settled(session.predict([probe!])),
      await settled(session.predict([probe!])),
      await settled(session.predict([probe!, neighbour!])),
    ];
    return [{ alone, again, paired }, { detail: 'one image, and two at once' }];
  });
  const [alone, again, paired] = await check('probabilities', () => {
    const answers = [raw.alone, raw.again, raw.paired].map((answer) => {
      if (answer instanceof ModelPackageError) throw answer;
      return answer[0]!;
    });
    const finding = { detail: scoresInWords(answers[0]!), expected: '[0, 1]' };
    return Promise.resolve([answers, finding]);
  });
  await check('repeatable', () => {
    const moved = requireSame(alone!, again!, ['NOT_REPEATABLE', REPEAT_TOLERANCE]);
    return Promise.resolve([moved, { detail: `largest difference ${moved}` }]);
  });
  await check('batch_independent', () => {
    const moved = requireSame(alone!, paired!, ['BATCH_DEPENDENT', BATCH_TOLERANCE]);
    return Promise.resolve([moved, { detail: `largest difference ${moved}` }]);
  });
  return probeAnswer(alone!);
}

/** An answer, or what is wrong with its values; that the engine failed is thrown on. */
async function settled<T>(answer: Promise<T>): Promise<T | ModelPackageError> {
  try {
    return await answer;
  } catch (cause) {
    const isValue =
      cause instanceof ModelPackageError &&
      (cause.code === 'OUTPUT_NOT_FINITE' || cause.code === 'OUTPUT_OUT_OF_RANGE');
    if (isValue) return cause;
    throw cause;
  }
}
