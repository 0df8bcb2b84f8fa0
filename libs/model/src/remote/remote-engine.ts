import type { z } from 'zod';
import type { ModelContract } from '../manifest.js';
import { ModelPackageError } from '../model-package-error.js';
import { predictionsOf, type Prediction } from '../predictions.js';
import { EngineConnection, LARGEST_TEXT_BYTES, type HttpAnswer } from './engine-connection.js';
import { inferAnswer, inferQuestion, largestAnswerBytes } from './infer-message.js';
import type { RemoteAccess } from './remote-address.js';
import type { RemoteEndpoint } from './remote-endpoint.js';
import { RemoteEngineError } from './remote-engine-error.js';
import {
  modelConfigSchema,
  modelMetadataSchema,
  type ModelMetadata,
  serverMetadataSchema,
} from './served-model.js';

/** What the engine says of itself. */
export interface EngineFacts {
  /** Such as `triton 2.51.0`. */
  title: string;
  /** Whether it takes tensors as bytes; otherwise they are sent as decimal numbers. */
  binary: boolean;
  /** The most images it takes in one question, where it says so. */
  largestBatch: number | undefined;
}

/** One model of one engine, asked by the Open Inference Protocol v2; each method is one question or few. */
export class RemoteEngine {
  readonly #endpoint: RemoteEndpoint;
  readonly #connection: EngineConnection;

  /** Throws RemoteEngineError `ADDRESS_REFUSED`, `TOKEN_REFUSED`. */
  constructor(endpoint: RemoteEndpoint, access: RemoteAccess) {
    this.#endpoint = endpoint;
    this.#connection = new EngineConnection(endpoint, access);
  }

  /** Throws RemoteEngineError `NOT_READY` unless the server and the model say that they are ready. */
  async requireReady(): Promise<void> {
    await this.#requireReady('the engine', '/health/ready');
    await this.#requireReady('the model', `${this.#modelPath}/ready`);
  }

  async facts(): Promise<EngineFacts> {
    const { name, version, extensions } = await this.#metadata('', serverMetadataSchema);
    const config = extensions.includes('model_configuration')
      ? await this.#metadata(`${this.#modelPath}/config`, modelConfigSchema)
      : undefined;
    return {
      title: `${name} ${version ?? ''}`.trim(),
      binary: extensions.includes('binary_tensor_data'),
      // Zero says that the model's own shapes decide.
      largestBatch: config?.max_batch_size || undefined,
    };
  }

  metadata(): Promise<ModelMetadata> {
    return this.#metadata(this.#modelPath, modelMetadataSchema);
  }

  /**
   * One prediction per image. Throws RemoteEngineError where the engine could not be asked, and
   * ModelPackageError where it failed on these images or answered what the manifest does not allow.
   */
  async infer(
    images: readonly Uint8Array[],
    contract: ModelContract,
    { binary }: { binary: boolean },
  ): Promise<Prediction[]> {
    const { model, version } = this.#endpoint;
    try {
      const answer = await this.#connection.exchange({
        path: `${this.#modelPath}/infer`,
        ...inferQuestion(contract, images, { binary }),
        largestBytes: largestAnswerBytes(contract, images.length, { binary }) + LARGEST_TEXT_BYTES,
      });
      if (answer.status !== 200) throw await this.#inferenceFault(answer, contract);
      return predictionsOf(inferAnswer(answer, images.length, { model, version }), contract);
    } catch (cause) {
      if (!(cause instanceof RemoteEngineError) || cause.code !== 'ANSWER_INVALID') throw cause;
      const where = cause.where ?? 'answer';
      throw new ModelPackageError('RUNTIME_REFUSED', where, cause.message, { cause });
    }
  }

  close(): void {
    this.#connection.close();
  }

  get #modelPath() {
    const { model, version } = this.#endpoint;
    const versionPath = version === undefined ? '' : `/versions/${encodeURIComponent(version)}`;
    return `/models/${encodeURIComponent(model)}${versionPath}`;
  }

  async #requireReady(what: string, path: string): Promise<void> {
    const answer = await this.#connection.exchange({ path, largestBytes: LARGEST_TEXT_BYTES });
    if (answer.status === 200) return;
    if (isRefusal(answer.status)) throw this.#fault(answer);
    throw new RemoteEngineError('NOT_READY', `${what} is not ready${this.#said(answer)}`);
  }

  async #metadata<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const answer = await this.#connection.exchange({ path, largestBytes: LARGEST_TEXT_BYTES });
    if (answer.status !== 200) throw this.#fault(answer);
    const parsed = schema.safeParse(jsonOf(answer.body));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    const message = `the engine's metadata are not of the protocol: ${where}: ${issue?.message ?? ''}`;
    throw new RemoteEngineError('ANSWER_INVALID', message, { where });
  }

  /** A question that an engine refuses while it loads its models is no fault of the images. */
  async #inferenceFault(answer: HttpAnswer, contract: ModelContract): Promise<Error> {
    const fault = this.#fault(answer);
    if (fault.code !== 'REFUSED' || isRefusal(answer.status)) return fault;
    await this.requireReady();
    return new ModelPackageError('RUNTIME_REFUSED', contract.name, fault.message, { cause: fault });
  }

  #fault(answer: HttpAnswer): RemoteEngineError {
    const { status } = answer;
    const message = `the engine answered with status ${status}${this.#said(answer)}`;
    const isBusy = status === 429 || status === 502 || status === 503 || status === 504;
    return new RemoteEngineError(isBusy ? 'UNAVAILABLE' : 'REFUSED', message);
  }

  #said({ body }: HttpAnswer): string {
    const quote = this.#connection.quote(body);
    return quote === '' ? '' : `: ${quote}`;
  }
}

/** Not signed in, not allowed, or sent elsewhere: nothing that waiting or another image could change. */
const isRefusal = (status: number) =>
  status === 401 || status === 403 || (status >= 300 && status < 400);

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new RemoteEngineError('ANSWER_INVALID', "the engine's metadata are not JSON", {
      where: 'body',
      cause,
    });
  }
}
