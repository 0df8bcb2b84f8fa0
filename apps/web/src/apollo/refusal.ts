import { CombinedGraphQLErrors } from '@apollo/client/errors';

export interface RefusalText {
  message: string;
  /** The input field at fault, where it is one. */
  field: string | undefined;
  code: string;
}

/** What to tell the person whose mutation was refused. */
export function refusalOf(error: unknown): RefusalText {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    const { code, field } = first?.extensions ?? {};
    return {
      message: first?.message ?? 'The server refused without a reason.',
      field: typeof field === 'string' ? field : undefined,
      code: typeof code === 'string' ? code : 'INTERNAL',
    };
  }
  return {
    message: 'The server did not answer. Nothing was changed; try again.',
    field: undefined,
    code: 'UNAVAILABLE',
  };
}
