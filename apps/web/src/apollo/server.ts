import type { TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { apiAddress } from './api-address';
import { ApiError, type ApiErrorCode } from './api-error';
import { PATH_HEADER } from './path-header';

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: ApiErrorCode; field?: string } }[];
}

/** Why the API did not answer a question that was put wrongly, for the page to say. */
export interface Refused {
  code: ApiErrorCode;
  message: string;
  field: string | undefined;
}

interface Ask<Data, Variables> {
  query: TypedDocumentNode<Data, Variables>;
  variables?: Variables;
}

/**
 * Asks the API as the person whose page is being rendered: their cookie goes along.
 * Not signed in leads to the sign-in page, absent (or not theirs to see) to the 404 page, and anything
 * else to the error page.
 */
export async function query<Data, Variables extends Record<string, unknown>>({
  query: document,
  variables,
}: Ask<Data, Variables>): Promise<{ data: Data }> {
  const { data, errors } = await post(print(document), JSON.stringify(variables ?? {}));
  const [error] = errors ?? [];
  if (error) {
    const code = error.extensions?.code ?? 'INTERNAL';
    if (code === 'UNAUTHENTICATED') await redirectToSignIn();
    if (code === 'NOT_FOUND') notFound();
    throw new ApiError(code, error.message);
  }
  return { data: data as Data };
}

/**
 * The same where the address is the question and may ask for what cannot be: a refusal that a person can
 * act on comes back as such, and the page keeps standing.
 */
export async function queryOrRefusal<Data, Variables extends Record<string, unknown>>({
  query: document,
  variables,
}: Ask<Data, Variables>): Promise<
  { data: Data; refused?: never } | { data?: never; refused: Refused }
> {
  const { data, errors } = await post(print(document), JSON.stringify(variables ?? {}));
  const [error] = errors ?? [];
  if (!error) return { data: data as Data };
  const { code = 'INTERNAL', field } = error.extensions ?? {};
  if (code === 'UNAUTHENTICATED') await redirectToSignIn();
  if (code === 'INVALID_INPUT' || code === 'CONFLICT' || code === 'NOT_FOUND')
    return { refused: { code, message: error.message, field } };
  throw new ApiError(code, error.message);
}

/** The layout and the page of one request often ask the same; they are answered once. */
const post = cache(async (text: string, variables: string): Promise<Answer> => {
  const cookie = (await headers()).get('cookie') ?? '';
  let answer: Response;
  try {
    answer = await fetch(new URL('/graphql', apiAddress()), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: `{"query":${JSON.stringify(text)},"variables":${variables}}`,
      cache: 'no-store',
    });
  } catch (cause) {
    throw new ApiError('UNAVAILABLE', 'The API did not answer.', { cause });
  }
  if (!answer.headers.get('content-type')?.includes('json'))
    throw new ApiError('UNAVAILABLE', `The API answered ${answer.status} without JSON.`);
  return (await answer.json()) as Answer;
});

/** And back to this page afterwards. */
export async function redirectToSignIn(): Promise<never> {
  const path = (await headers()).get(PATH_HEADER);
  redirect(path ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in');
}
