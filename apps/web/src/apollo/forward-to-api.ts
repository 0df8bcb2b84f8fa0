import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { apiAddress } from './api-address';

/** Of one connection: each side of us has its own. */
const ofTheConnection = [
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'expect',
  'upgrade',
];
const withoutBody = [204, 304];

/**
 * One origin for the browser: streams a request's body to the API and its answer back, holding neither in
 * memory. A route handler and not a rewrite: Next keeps the body of whatever it rewrites in memory, cuts it
 * at 10 MB, and tells every browser the inner address in `x-middleware-rewrite`. Not `fetch` either: it
 * adds headers of a browser (`sec-fetch-mode`), by which the API would take every script for one.
 */
export async function forwardToApi(request: Request): Promise<Response> {
  try {
    return await forward(request);
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    const message = 'The API did not answer. It may be starting up; try again in a moment.';
    return Response.json({ error: { code: 'UNAVAILABLE', message } }, { status: 502 });
  }
}

function forward(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const address = new URL(pathname + search, apiAddress());
  const open = address.protocol === 'https:' ? requestByHttps : requestByHttp;
  const headers = Object.fromEntries(
    [...request.headers].filter(([name]) => !ofTheConnection.includes(name)),
  );
  return new Promise((resolve, reject) => {
    // Whoever goes away stops the export that nobody reads.
    const asked = open(address, { method: request.method, headers, signal: request.signal });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      const { statusCode: status = 502, rawHeaders } = answer;
      const told = new Headers();
      // In pairs, as they came: a second cookie is a header of its own.
      for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
        const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
        if (!ofTheConnection.includes(name.toLowerCase())) told.append(name, value);
      }
      const isBare = request.method === 'HEAD' || withoutBody.includes(status);
      if (isBare) answer.resume();
      const body = isBare ? null : (Readable.toWeb(answer) as unknown as BodyInit);
      resolve(new Response(body, { status, headers: told }));
    });
    if (request.body) {
      // An answer may come before all was sent, as of a file that is too large; then it counts.
      pipeline(Readable.fromWeb(request.body as ReadableStream), asked).catch(reject);
    } else asked.end();
  });
}
