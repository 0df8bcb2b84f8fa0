import { apiAddress } from './api-address';

/** Of one connection, and set anew by each side of us. */
const ofTheConnection = ['host', 'connection', 'content-length', 'transfer-encoding', 'expect'];

/**
 * One origin for the browser: streams a request's body to the API and its answer back, holding neither in
 * memory. A route handler and not a rewrite: Next keeps the body of whatever it rewrites in memory and cuts
 * it at 10 MB, and tells every browser the inner address in `x-middleware-rewrite`.
 */
export async function forwardToApi(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of ofTheConnection) headers.delete(name);
  let answer: Response;
  try {
    answer = await fetch(new URL(pathname + search, apiAddress()), {
      method: request.method,
      headers,
      body: request.body,
      // Undici needs the word to stream a body; the DOM types do not know it yet.
      ...({ duplex: 'half' } as RequestInit),
      redirect: 'manual',
      cache: 'no-store',
      // Whoever goes away stops the export that nobody reads.
      signal: request.signal,
    });
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    const message = 'The API did not answer. It may be starting up; try again in a moment.';
    return Response.json({ error: { code: 'UNAVAILABLE', message } }, { status: 502 });
  }
  const answerHeaders = new Headers(answer.headers);
  for (const name of ['transfer-encoding', 'connection', 'keep-alive']) answerHeaders.delete(name);
  if (answerHeaders.has('content-encoding')) {
    // fetch has already undone the compression.
    for (const name of ['content-encoding', 'content-length']) answerHeaders.delete(name);
  }
  return new Response(answer.body, { status: answer.status, headers: answerHeaders });
}
