export type ApiErrorCode =
  | 'NOT_FOUND'
  | 'INVALID_INPUT'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'TOO_LARGE'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/**
 * An answer of the API that a page cannot show. `digest` is what Next lets through to the error page,
 * so it carries the code and a reference to look up in the server's log.
 */
export class ApiError extends Error {
  readonly digest: string;

  constructor(
    readonly code: ApiErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ApiError';
    this.digest = `${code}:${crypto.randomUUID().slice(0, 8)}`;
  }
}
