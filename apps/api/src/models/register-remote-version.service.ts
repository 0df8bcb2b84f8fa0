import {
  checkRemoteEngine,
  type ModelContract,
  parseContract,
  parseEndpoint,
  type RemoteCheck,
  type RemoteEndpoint,
  RemoteEngineError,
  ModelPackageError,
} from '@lesionwise/model';
import { requireInAnyStudy } from '../access.js';
import type { EngineServices, Services, Viewer } from '../context.js';
import { sha256Of } from '../storage.js';
import { failedOf, findKept, keepVersion, refused } from './keep-version.service.js';
import type { ModelVersion } from './model-version.type.js';
import type { RegisterRemoteModelVersionInput } from './register-remote-version.input.js';
import { checkTrainingList, TrainingListError } from './training-list.service.js';
import { storedEndpoint } from './remote-endpoint.service.js';

type Registrar = Pick<Services, 'db'> & EngineServices;

/**
 * Registers a version that an engine elsewhere serves, after every check of it has passed; the same
 * manifest and endpoint again are the version that is there.
 *
 * @throws FORBIDDEN; INVALID_INPUT with the failed `checks`, and nothing is kept; CONFLICT when another
 *   file, manifest or endpoint has this name and version already
 */
export async function registerRemoteVersion(
  { db, engines }: Registrar,
  viewer: Viewer,
  { manifest, card, trainingList, endpoint }: RegisterRemoteModelVersionInput,
): Promise<ModelVersion> {
  await requireInAnyStudy(db, viewer, 'registerModels');
  const given = { manifest, endpoint: withoutAbsent(endpoint) };
  const asked = identified(given);
  const known = asked && (await findKept(db, asked));
  if (known) return known;

  const { checks, engine } = await checkRemoteEngine(given, { access: engines });
  if (!engine) throw refused('version', fieldAtFault(checks), failedOf(checks));
  const list = await listOf(trainingList, engine.manifest);
  return keepVersion({ db }, viewer, {
    manifest: engine.manifest,
    sha256: remoteSha256(engine.manifest, engine.endpoint),
    row: { sizeBytes: 0, origin: 'REMOTE', endpoint: storedEndpoint(engine) },
    ...{ card: card ?? '', checks, list },
  });
}

async function listOf(text: string | null | undefined, manifest: ModelContract) {
  try {
    return await checkTrainingList(text ? Buffer.from(text) : undefined, manifest);
  } catch (error) {
    if (!(error instanceof TrainingListError)) throw error;
    throw refused('version', 'trainingList', [error.check]);
  }
}

/** GraphQL hands an absent field over as null where the caller wrote it, and the endpoint knows no null. */
const withoutAbsent = (endpoint: object) =>
  Object.fromEntries(Object.entries(endpoint).filter(([, value]) => value != null));

/**
 * SHA-256 over what a remote version is: its manifest, and address, served name and served version of its
 * engine. Time-outs, limits and the token's variable are no part of it.
 */
function remoteSha256(manifest: ModelContract, { url, model, version }: RemoteEndpoint): string {
  const identity = { manifest, url, model, version: version ?? null };
  return sha256Of(Buffer.from(JSON.stringify(inOrder(identity))));
}

/** The same value with the fields of every object in alphabetical order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}

/** Undefined where only the engine can say which version it would be, or where a check will say what is wrong. */
function identified(given: { manifest: unknown; endpoint: unknown }) {
  try {
    const manifest = parseContract(given.manifest);
    const endpoint = parseEndpoint(given.endpoint);
    if (endpoint.version === undefined) return undefined;
    return { manifest, sha256: remoteSha256(manifest, endpoint) };
  } catch (error) {
    if (error instanceof ModelPackageError || error instanceof RemoteEngineError) return undefined;
    throw error;
  }
}

function fieldAtFault(checks: readonly RemoteCheck[]): string {
  const failed = checks.find(({ passed }) => !passed);
  const part = failed?.name === 'manifest' ? 'manifest' : 'endpoint';
  const isNamed = failed?.name === 'manifest' || failed?.name === 'address';
  return isNamed && failed.where ? `${part}.${failed.where}` : part;
}
