import { apiAddress } from './api-address';

/** Streams a request's body to the API and its answer back, holding neither in memory. */
export async function forwardToApi(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of ['host', 'connection', 'content-length', 'transfer-encoding', 'expect'])
    headers.delete(name);
  const answer = await fetch(new URL(pathname + search, apiAddress()), {
    method: request.method,
    headers,
    body: request.body,
    // Undici needs the word to stream a body; the DOM types do not know it yet.
    ...({ duplex: 'half' } as RequestInit),
    redirect: 'manual',
    cache: 'no-store',
  });
  const answerHeaders = new Headers(answer.headers);
  // fetch has already undone the compression.
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection'])
    answerHeaders.delete(name);
  return new Response(answer.body, { status: answer.status, headers: answerHeaders });
}
