import { GraphQLError } from 'graphql';

/** The whole list of reasons for which a caller is refused, with their HTTP status. */
export const refusalStatus = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNAVAILABLE: 503,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof refusalStatus;

/** A refusal the caller can act on. Whatever else is thrown is a bug, and reaches them as "internal". */
export class Refusal extends GraphQLError {
  readonly code: RefusalCode;

  /** @param details named in `extensions`, such as the `field` at fault; never a patient's data. */
  constructor(code: RefusalCode, message: string, details: Record<string, unknown> = {}) {
    super(message, { extensions: { code, ...details } });
    this.code = code;
  }
}

/** Absent and forbidden read the same, so a guessed id reveals nothing. */
export const notFound = (what: string, id: string) =>
  new Refusal('NOT_FOUND', `There is no ${what} ${id} that you may see.`);

export const invalid = (field: string, message: string) =>
  new Refusal('INVALID_INPUT', message, { field });

export const conflict = (message: string, details: Record<string, unknown> = {}) =>
  new Refusal('CONFLICT', message, details);
