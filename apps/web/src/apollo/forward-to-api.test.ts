import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { forwardToApi } from './forward-to-api';

const servers: ReturnType<typeof createServer>[] = [];

/** An API of one answer, and the address under which the web asks for it. */
async function api(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  process.env['LESIONWISE_API_URL'] = `http://127.0.0.1:${port}`;
}

afterEach(async () => {
  delete process.env['LESIONWISE_API_URL'];
  await Promise.all(
    servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))),
  );
});

it('passes on path, headers and body, and adds nothing of its own', async () => {
  await api((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(parts).toString() }));
    });
  });
  const answer = await forwardToApi(
    new Request('http://web.example/graphql?a=1&b=%2C', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'session=1', 'content-length': '2' },
      body: '{}',
    }),
  );
  expect(await answer.json()).toEqual({
    method: 'POST',
    url: '/graphql?a=1&b=%2C',
    headers: {
      'content-type': 'application/json',
      cookie: 'session=1',
      'content-length': '2',
      // Of the new connection.
      host: expect.stringMatching(/^127\.0\.0\.1:/) as string,
      connection: 'keep-alive',
    },
    body: '{}',
  });
});

it('answers as the API did: status, every cookie, bytes untouched', async () => {
  await api((_request, response) => {
    response.writeHead(206, {
      'content-encoding': 'gzip',
      'content-length': '3',
      'set-cookie': ['a=1', 'b=2'],
    });
    response.end(Buffer.from([1, 2, 255]));
  });
  const answer = await forwardToApi(new Request('http://web.example/images/1/display.jpg'));
  expect(answer.status).toBe(206);
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 2, 255]);
});

it('hands on an answer without a body', async () => {
  await api((_request, response) => response.writeHead(304, { etag: '"1"' }).end());
  const answer = await forwardToApi(new Request('http://web.example/images/1/display.jpg'));
  expect([answer.status, answer.body, answer.headers.get('etag')]).toEqual([304, null, '"1"']);
});

it('says that the API does not answer, and not where it was looked for', async () => {
  process.env['LESIONWISE_API_URL'] = 'http://127.0.0.1:9';
  const answer = await forwardToApi(new Request('http://web.example/graphql'));
  expect(answer.status).toBe(502);
  const text = await answer.text();
  expect(text).toContain('UNAVAILABLE');
  expect(text).not.toContain('127.0.0.1');
});

it('stops asking when the browser goes away', async () => {
  const gone = Promise.withResolvers<string>();
  await api((request, response) => {
    response.write('first row\n');
    request.on('close', () => {
      gone.resolve('gone');
    });
  });
  const abort = new AbortController();
  const answer = await forwardToApi(
    new Request('http://web.example/exports/x.csv', { signal: abort.signal }),
  );
  const reader = answer.body?.getReader();
  await reader?.read();
  abort.abort();
  expect(await gone.promise).toBe('gone');
  await expect(reader?.read()).rejects.toThrow();
});
