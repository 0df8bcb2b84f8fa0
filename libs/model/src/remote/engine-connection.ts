import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import {
  bareHost,
  guardedLookup,
  type RemoteAccess,
  requireAllowed,
  tokenFor,
} from './remote-address.js';
import type { RemoteEndpoint } from './remote-endpoint.js';
import { RemoteEngineError } from './remote-engine-error.js';

/** One question to the engine. */
export interface Exchange {
  /** After `/v2`. */
  path: string;
  headers?: Record<string, string>;
  /** Sent one after another as one body, without being copied together; GET where absent. */
  body?: readonly Uint8Array[];
  /** An answer above this is not read to its end. */
  largestBytes: number;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Longer than the largest header of any tensor protocol, and a page of error text. */
export const LARGEST_TEXT_BYTES = 1_000_000;
/** Of the engine's own words in an error of ours. */
const LONGEST_QUOTE = 200;

/**
 * Connections to one engine, kept open between questions. Redirects are not followed: they could lead
 * where the endpoint itself may not.
 */
export class EngineConnection {
  readonly #endpoint: RemoteEndpoint;
  readonly #url: URL;
  readonly #token: string | undefined;
  readonly #agent: HttpAgent;

  /** Throws RemoteEngineError `ADDRESS_REFUSED`, `TOKEN_REFUSED`. */
  constructor(endpoint: RemoteEndpoint, access: RemoteAccess) {
    requireAllowed(endpoint, access);
    this.#endpoint = endpoint;
    this.#url = new URL(endpoint.url);
    this.#token = tokenFor(endpoint, access);
    const options = { keepAlive: true, maxSockets: endpoint.concurrency + 1 };
    this.#agent = this.#isSecure ? new HttpsAgent(options) : new HttpAgent(options);
  }

  get #isSecure() {
    return this.#url.protocol === 'https:';
  }

  /** The answer, whatever its status; throws RemoteEngineError `UNREACHABLE`, `TIMED_OUT`, `ANSWER_INVALID`. */
  async exchange(question: Exchange): Promise<HttpAnswer> {
    const tooSlow = new AbortController();
    const { answerTimeoutMs } = this.#endpoint;
    const answerTimer = setTimeout(() => {
      tooSlow.abort(timedOut(`the engine gave no answer within ${answerTimeoutMs} ms`));
    }, answerTimeoutMs);
    try {
      const response = await this.#send(question, tooSlow);
      const body = await read(response, question.largestBytes);
      return { status: response.statusCode ?? 0, headers: response.headers, body };
    } catch (cause) {
      throw tooSlow.signal.aborted ? tooSlow.signal.reason : unreachable(cause);
    } finally {
      clearTimeout(answerTimer);
    }
  }

  /** The engine's words as a quotation that is safe to show: short, on one line, without our token. */
  quote(body: Buffer): string {
    const text = errorText(body.toString());
    const safe = this.#token === undefined ? text : text.replaceAll(this.#token, '…');
    return safe
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, LONGEST_QUOTE);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send({ path, headers = {}, body }: Exchange, tooSlow: AbortController) {
    const { connectTimeoutMs } = this.#endpoint;
    const sizeBytes = body?.reduce((sum, part) => sum + part.length, 0);
    const request = (this.#isSecure ? requestHttps : requestHttp)({
      ...{ protocol: this.#url.protocol, hostname: bareHost(this.#url), port: this.#url.port },
      ...{ path: `${this.#url.pathname.replace(/\/$/, '')}/v2${path}`, agent: this.#agent },
      ...{ method: body ? 'POST' : 'GET', lookup: guardedLookup, signal: tooSlow.signal },
      headers: {
        ...headers,
        ...(sizeBytes !== undefined && { 'content-length': sizeBytes }),
        ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      },
    });
    request.on('socket', (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(() => {
        // A process that was busy meanwhile hears of its timers first, and of a connection made in time after.
        setImmediate(() => {
          if (!socket.connecting) return;
          tooSlow.abort(timedOut(`no connection to the engine within ${connectTimeoutMs} ms`));
        });
      }, connectTimeoutMs);
      const stop = () => {
        clearTimeout(timer);
      };
      socket.once(this.#isSecure ? 'secureConnect' : 'connect', stop).once('close', stop);
    });
    return new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).on('error', reject);
      for (const part of body ?? []) request.write(part);
      request.end();
    });
  }
}

async function read(response: IncomingMessage, largestBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    sizeBytes += part.length;
    if (sizeBytes > largestBytes) {
      const message = `the engine's answer is longer than any right one (${largestBytes} bytes)`;
      throw new RemoteEngineError('ANSWER_INVALID', message);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const timedOut = (message: string) => new RemoteEngineError('TIMED_OUT', message);

const words: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ECONNRESET: 'it closed the connection',
  EPIPE: 'it closed the connection',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'its machine is not reachable',
  ENETUNREACH: 'its network is not reachable',
};

/** Node's own message would name the address. */
function unreachable(cause: unknown): RemoteEngineError {
  if (cause instanceof RemoteEngineError) return cause;
  const { code } = cause as NodeJS.ErrnoException;
  const reason = words[code ?? ''] ?? `the connection failed (${code ?? 'no code'})`;
  return new RemoteEngineError('UNREACHABLE', `the engine could not be reached: ${reason}`);
}

function errorText(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : text;
  } catch {
    // Not the protocol's own error: a proxy's page, or cut short. Quoted as it came.
    return text;
  }
}
