import type { Db } from '../db.js';
import { fillAgreementsOfSnapshot } from '../scoring/mask-agreement.service.js';
import type { Services } from '../context.js';
import {
  loadSnapshotFacts,
  loadVersionFacts,
  recordsStamp,
  snapshotFactsAt,
  systemSnapshot,
} from './facts.service.js';
import type { SnapshotFacts, VersionFacts } from './facts.type.js';
import { keepPackedAnswers, readPackedAnswers, unpackedAnswers } from './packed-answers.service.js';

/** Facts kept in memory: a version over 100 000 images takes 3 MB. */
const mostBytes = 256 * 1024 * 1024;

/** Entries in the order of their last use; the first make room. */
class Recent<T> {
  readonly #entries = new Map<string, { value: T; bytes: number }>();
  #bytes = 0;
  constructor(private readonly most: number) {}

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: T, bytes: number): void {
    this.delete(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const first of this.#entries.keys()) {
      if (this.#bytes <= this.most || this.#entries.size === 1) break;
      this.delete(first);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }
}

const snapshots = new Recent<{ stamp: string; facts: SnapshotFacts }>(mostBytes);
const versions = new Recent<VersionFacts>(mostBytes);
/** When nothing at all was written since, nothing needs to be looked at. */
const stamps = new Recent<{ system: string; stamp: string }>(1000);

/** Forgets everything: for measuring, and for a check that must look at the rows themselves. */
export function forgetFacts(): void {
  snapshots.clear();
  versions.clear();
  stamps.clear();
}

export interface FactsToLoad {
  studyId: string;
  snapshotId: string;
  modelVersionIds: readonly string[];
  /** Looks at the rows again, whatever is in memory. */
  isFresh?: boolean;
}

export interface LoadedFacts {
  facts: SnapshotFacts;
  versions: VersionFacts[];
  /** Says whether the records that part images into subgroups are still those. */
  stamp: string;
}

/** The facts of a comparison, from memory where they cannot have changed. */
export async function factsOf(
  services: Pick<Services, 'db'>,
  asked: FactsToLoad,
): Promise<LoadedFacts> {
  const { db } = services;
  const { snapshotId, isFresh = false } = asked;
  const keyOf = (id: string) => `${snapshotId} ${id}`;
  const known = new Map<string, VersionFacts>();
  for (const id of asked.modelVersionIds) {
    const version = isFresh ? undefined : versions.get(keyOf(id));
    if (version) known.set(id, version);
  }
  const missing = asked.modelVersionIds.filter((id) => !known.has(id));
  // At once: neither needs the other, and each takes a third of a second where there are many images.
  const [{ stamp, facts }, packed] = await Promise.all([
    snapshotFacts(db, asked),
    isFresh ? new Map<string, Uint8Array>() : readPackedAnswers(db, snapshotId, missing),
  ]);
  for (const version of await loadMissing(services, facts, { missing, packed, isFresh })) {
    known.set(version.modelVersionId, version);
    // A score never changes, so what is complete stays what it is.
    if (!isFresh && isComplete(version)) {
      versions.set(keyOf(version.modelVersionId), version, 29 * facts.size);
    }
  }
  return { facts, stamp, versions: asked.modelVersionIds.map((id) => known.get(id)!) };
}

async function snapshotFacts(db: Db, { studyId, snapshotId, isFresh }: FactsToLoad) {
  const system = await systemSnapshot(db);
  const seen = stamps.get(studyId);
  const stamp = seen?.system === system ? seen.stamp : await recordsStamp(db, studyId);
  stamps.set(studyId, { system, stamp }, 1);
  const known = isFresh ? undefined : snapshots.get(snapshotId);
  if (known?.stamp === stamp) return known;
  const facts = isFresh
    ? await loadSnapshotFacts(db, snapshotId)
    : await snapshotFactsAt(db, snapshotId, stamp);
  const loaded = { stamp, facts };
  if (!isFresh) snapshots.set(snapshotId, loaded, 12 * loaded.facts.size);
  return loaded;
}

const isComplete = ({ isScored }: VersionFacts) => isScored.every((scored) => scored === 1);

interface Missing {
  missing: readonly string[];
  /** What was packed of them, by version. */
  packed: ReadonlyMap<string, Uint8Array>;
  isFresh: boolean;
}

/** From what was packed where it is, else from the rows themselves, which are then packed. */
async function loadMissing(
  services: Pick<Services, 'db'>,
  facts: SnapshotFacts,
  { missing, packed, isFresh }: Missing,
): Promise<VersionFacts[]> {
  const ready = missing.flatMap((id) => unpackedAnswers(facts, id, packed.get(id)) ?? []);
  const isReady = new Set(ready.map(({ modelVersionId }) => modelVersionId));
  const rest = missing.filter((id) => !isReady.has(id));
  const loaded = await loadWithAgreements(services, facts, rest);
  if (!isFresh) await keepPackedAnswers(services.db, facts, loaded.filter(isComplete));
  return [...ready, ...loaded];
}

/** Counts pixels first where a version drew masks whose agreement nobody has asked for yet. */
async function loadWithAgreements(
  services: Pick<Services, 'db'>,
  facts: SnapshotFacts,
  modelVersionIds: readonly string[],
): Promise<VersionFacts[]> {
  if (modelVersionIds.length === 0) return [];
  const loaded = await loadVersionFacts(services.db, facts, modelVersionIds);
  const lacking = loaded.filter((version) => lacksAgreements(facts, version));
  if (lacking.length === 0) return loaded;
  const ids = lacking.map(({ modelVersionId }) => modelVersionId);
  const filled = await fillAgreementsOfSnapshot(services, facts.snapshotId, ids).then(() =>
    loadVersionFacts(services.db, facts, ids),
  );
  return loaded.map((version) => filled[ids.indexOf(version.modelVersionId)] ?? version);
}

function lacksAgreements({ hasReferenceMask }: SnapshotFacts, version: VersionFacts): boolean {
  return version.isScored.some(
    (isScored, k) => isScored === 1 && hasReferenceMask[k] === 1 && version.truePositivePx[k]! < 0,
  );
}
