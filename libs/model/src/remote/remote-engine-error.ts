/** Every way an engine can keep us from an answer. Closed, so that a caller can map each to words of its own. */
export type RemoteEngineErrorCode =
  | 'ENDPOINT_INVALID'
  | 'ADDRESS_REFUSED'
  | 'TOKEN_REFUSED'
  | 'UNREACHABLE'
  | 'TIMED_OUT'
  | 'UNAVAILABLE'
  | 'NOT_READY'
  | 'REFUSED'
  | 'ANSWER_INVALID'
  | 'SIGNATURE_MISMATCH'
  | 'CHANGED'
  | 'CIRCUIT_OPEN';

/** `closed` asks, `open` does not, `half-open` lets one call try. */
export type CircuitName = 'closed' | 'half-open' | 'open';

interface Details extends ErrorOptions {
  /** The field of the manifest, the endpoint or the metadata at fault: `inputs.image.datatype`. */
  where?: string;
  expected?: string;
  found?: string;
  circuit?: CircuitName;
}

/**
 * An inference engine elsewhere that could not be asked, or is not the one it should be. The message
 * names neither its address nor anything secret: it is stored with images that all members may see.
 */
export class RemoteEngineError extends Error {
  override readonly name = 'RemoteEngineError';
  readonly code: RemoteEngineErrorCode;
  readonly where: string | undefined;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  /** The circuit as it was after this failure; undefined where none was involved. */
  readonly circuit: CircuitName | undefined;

  constructor(code: RemoteEngineErrorCode, message: string, details: Details = {}) {
    super(message, details);
    this.code = code;
    this.where = details.where;
    this.expected = details.expected;
    this.found = details.found;
    this.circuit = details.circuit;
  }
}

/** Faults of the engine or the way to it, which may pass by themselves. */
const passing = ['UNREACHABLE', 'TIMED_OUT', 'UNAVAILABLE', 'NOT_READY', 'CIRCUIT_OPEN'] as const;

/** Whether asking again later may help, with nothing changed by anybody. */
export const mayPass = ({ code }: RemoteEngineError): boolean =>
  (passing as readonly RemoteEngineErrorCode[]).includes(code);
