import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  bulkhead,
  circuitBreaker,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { type CircuitName, mayPass, RemoteEngineError } from './remote-engine-error.js';

/** How often and how soon an engine that fails is asked again. */
export interface Patience {
  /** After the first time. */
  retries: number;
  /** Before the first repetition; each later one waits longer, and none as long as another (jitter). */
  firstDelayMs: number;
  longestDelayMs: number;
  /** Failures in succession after which the engine is left alone. */
  openAfter: number;
  /** How long it is left alone before one question is let through to try. */
  halfOpenAfterMs: number;
}

/** A restart of Triton takes seconds: the repetitions outlast a lost connection, the circuit a restart. */
export const usualPatience: Patience = {
  retries: 3,
  firstDelayMs: 100,
  longestDelayMs: 2_000,
  openAfter: 5,
  halfOpenAfterMs: 10_000,
};

/** What stands between the callers and an engine. */
export interface Resilience {
  /**
   * Asks at most `concurrency` at once; repeats what may pass (inference changes nothing, so it may be
   * repeated), but not a time-out, which has cost its time already. Throws RemoteEngineError
   * `CIRCUIT_OPEN` without asking while the engine is left alone.
   */
  ask: <T>(question: () => Promise<T>) => Promise<T>;
  circuit: () => CircuitName;
}

const circuitNames: Record<CircuitState, CircuitName> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

export function resilience(concurrency: number, patience: Patience): Resilience {
  const isFault = (error: unknown) => error instanceof RemoteEngineError && mayPass(error);
  const isRepeatable = (error: unknown) =>
    isFault(error) && (error as RemoteEngineError).code !== 'TIMED_OUT';
  const breaker = circuitBreaker(handleWhen(isFault), {
    halfOpenAfter: patience.halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(patience.openAfter),
  });
  const policy = wrap(
    bulkhead(concurrency, Infinity),
    retry(handleWhen(isRepeatable), {
      maxAttempts: patience.retries,
      backoff: new ExponentialBackoff({
        initialDelay: patience.firstDelayMs,
        maxDelay: patience.longestDelayMs,
      }),
    }),
    breaker,
  );
  const circuit = () => circuitNames[breaker.state];
  return {
    circuit,
    async ask(question) {
      try {
        return await policy.execute(question);
      } catch (cause) {
        throw withCircuit(cause, circuit(), breaker.lastFailure);
      }
    },
  };
}

/** The same failure, with the state of the circuit after it in its words. */
function withCircuit(cause: unknown, circuit: CircuitName, last: unknown): unknown {
  if (cause instanceof BrokenCircuitError) {
    const because = (last as { error?: Error } | undefined)?.error;
    const reason = because ? `: ${because.message}` : '';
    const message = `the engine failed again and again and is left alone for a while${reason}`;
    return new RemoteEngineError('CIRCUIT_OPEN', message, { circuit, cause: because });
  }
  if (!(cause instanceof RemoteEngineError)) return cause;
  const { code, message, where, expected, found } = cause;
  return new RemoteEngineError(code, message, {
    ...{ circuit, cause },
    ...(where !== undefined && { where }),
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
  });
}
