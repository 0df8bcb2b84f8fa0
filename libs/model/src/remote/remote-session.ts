import { requireImages } from '../images-of-input.js';
import type { ModelContract } from '../manifest.js';
import type { Prediction } from '../predictions.js';
import { probeImage } from '../probe-image.js';
import { type ModelSession, SessionLostError } from '../session.js';
import { type ProbeAnswer, requireProbe } from './probe-answer.js';
import type { RemoteAccess } from './remote-address.js';
import type { RemoteEndpoint } from './remote-endpoint.js';
import { type EngineFacts, RemoteEngine } from './remote-engine.js';
import { type CircuitName, RemoteEngineError } from './remote-engine-error.js';
import { type Patience, type Resilience, resilience, usualPatience } from './resilience.js';
import {
  batchLimit,
  requireSignature,
  requireUnchanged,
  servedModel,
  type ServedModel,
} from './served-model.js';

/** What an engine served when the version was registered; it must serve the same for ever. */
export interface RegisteredEngine {
  served: ServedModel;
  probe: ProbeAnswer;
}

export interface RemoteSessionOptions {
  endpoint: RemoteEndpoint;
  manifest: ModelContract;
  access: RemoteAccess;
  /** Undefined at registration itself. */
  registered?: RegisteredEngine;
  patience?: Partial<Patience>;
  /** After how long the engine is asked once more whether it is still the one that was registered. */
  confirmAfterMs?: number;
}

export interface RemoteSession extends ModelSession<'remote'> {
  readonly served: ServedModel;
  readonly circuit: CircuitName;
}

const usualConfirmAfterMs = 10_000;

/**
 * Opens a version that an engine elsewhere serves by the Open Inference Protocol v2. Same interface as a
 * session on this machine; what `predict` throws besides is RemoteEngineError, where the engine could not
 * be asked.
 *
 * The engine is compared with the manifest, and with `registered` where that is given, now, after
 * `confirmAfterMs`, and after every failure: it may have been restarted with other weights.
 *
 * Throws RemoteEngineError.
 */
export async function openRemoteSession(options: RemoteSessionOptions): Promise<RemoteSession> {
  const engine = new RemoteEngine(options.endpoint, options.access);
  const patience = { ...usualPatience, ...options.patience };
  const guard = resilience(options.endpoint.concurrency, patience);
  try {
    const { served, facts } = await guard.ask(async () => {
      await engine.requireReady();
      return { served: servedModel(await engine.metadata()), facts: await engine.facts() };
    });
    const session = new EngineSession({ ...options, engine, guard, served, facts });
    await session.confirm();
    return session;
  } catch (error) {
    engine.close();
    throw error;
  }
}

interface Opened extends RemoteSessionOptions {
  engine: RemoteEngine;
  guard: Resilience;
  served: ServedModel;
  facts: EngineFacts;
}

class EngineSession implements RemoteSession {
  readonly device = 'remote';
  readonly deviceNote: string;
  readonly served: ServedModel;
  readonly #given: Opened;
  readonly #batch: number;
  readonly #pending = new Set<Promise<unknown>>();
  #confirmedAt = -Infinity;
  #confirming: Promise<void> | undefined;
  #isClosed = false;

  constructor(given: Opened) {
    requireSignature(given.served, given.manifest);
    this.#given = given;
    this.served = given.served;
    this.#batch = batchLimit(given.endpoint.maxBatch, given.served, given.facts.largestBatch);
    const { model, version } = given.endpoint;
    this.deviceNote = [
      `remote: ${given.facts.title}, ${model}${version === undefined ? '' : ` version ${version}`}`,
      given.facts.binary ? 'binary tensors' : 'decimal tensors, because it takes no binary ones',
      `batches of up to ${this.#batch}`,
    ].join(', ');
  }

  get circuit(): CircuitName {
    return this.#given.guard.circuit();
  }

  async predict(images: readonly Uint8Array[]): Promise<Prediction[]> {
    if (this.#isClosed) throw new SessionLostError('the session is closed');
    requireImages(images, this.#given.manifest.input);
    return this.#keep(this.#predict(images));
  }

  /** Makes sure that the engine is the one that was registered, unless it was not long ago. */
  async confirm(): Promise<void> {
    const { confirmAfterMs = usualConfirmAfterMs } = this.#given;
    if (performance.now() - this.#confirmedAt < confirmAfterMs) return;
    this.#confirming ??= this.#confirm().finally(() => {
      this.#confirming = undefined;
    });
    await this.#confirming;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#pending);
    this.#given.engine.close();
  }

  async #predict(images: readonly Uint8Array[]): Promise<Prediction[]> {
    await this.confirm();
    const batches: (readonly Uint8Array[])[] = [];
    for (let at = 0; at < images.length; at += this.#batch) {
      batches.push(images.slice(at, at + this.#batch));
    }
    const answers = await Promise.all(batches.map((batch) => this.#keep(this.#infer(batch))));
    return answers.flat();
  }

  async #infer(images: readonly Uint8Array[]): Promise<Prediction[]> {
    const { engine, guard, manifest, facts } = this.#given;
    return this.#unsureAfterFailure(() =>
      guard.ask(() => engine.infer(images, manifest, { binary: facts.binary })),
    );
  }

  async #confirm(): Promise<void> {
    const { engine, guard, manifest, registered, served } = this.#given;
    await this.#unsureAfterFailure(async () => {
      const found = await guard.ask(async () => {
        await engine.requireReady();
        return servedModel(await engine.metadata());
      });
      requireUnchanged(registered?.served ?? served, found);
      if (registered) {
        const [answer] = await this.#infer([probeImage(manifest.input, 0)]);
        requireProbe(registered.probe, answer!);
      }
    });
    this.#confirmedAt = performance.now();
  }

  async #unsureAfterFailure<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RemoteEngineError) this.#confirmedAt = -Infinity;
      throw error;
    }
  }

  /** Known to `close`, which waits for it. */
  async #keep<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    try {
      return await work;
    } finally {
      this.#pending.delete(work);
    }
  }
}
