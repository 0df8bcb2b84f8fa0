import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient, LesionwiseError } from './index.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('the client', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A server that speaks the API's protocol; the API itself is held to it by its own tests. */
  async function clientOf(answer: Answer) {
    const server = createServer(answer);
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return createClient({ url: `http://127.0.0.1:${port}/`, token: 'lwt_secret' });
  }

  it('asks with its token and gives back what the server says', async () => {
    const asked: unknown[] = [];
    const client = await clientOf((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        asked.push(request.url, request.headers.authorization, JSON.parse(body));
        response.end(JSON.stringify({ data: { evaluation: { id: 'e1' } } }));
      });
    });
    expect(await client.evaluation('e1')).toEqual({ id: 'e1' });
    expect(asked).toMatchObject(['/graphql', 'Bearer lwt_secret', { variables: { id: 'e1' } }]);
    expect(JSON.stringify(asked)).toContain('query EvaluationNumbers');
  });

  it('throws what the server refuses, with code and field', async () => {
    const extensions = { code: 'INVALID_INPUT', field: 'first' };
    const client = await clientOf((_, response) => {
      response.end(JSON.stringify({ errors: [{ message: 'Too many.', extensions }] }));
    });
    await expect(client.evaluation('e1')).rejects.toMatchObject({
      ...{ name: 'LesionwiseError', message: 'Too many.', code: 'INVALID_INPUT', field: 'first' },
    });
  });

  it('reads an export line by line, however it is cut into pieces', async () => {
    const text = '{"image_code":"Ä1","melanoma_score":0.30000000000000004}\n{"image_code":null}\n';
    const client = await clientOf((request, response) => {
      expect(request.url).toBe('/exports/evaluations/e1/predictions.ndjson');
      for (const byte of Buffer.from(text)) response.write(Buffer.from([byte]));
      response.end();
    });
    const rows = await Array.fromAsync(client.predictions('e1'));
    expect(rows).toEqual([{ image_code: 'Ä1', melanoma_score: 0.1 + 0.2 }, { image_code: null }]);
  });

  it('never takes a cut download for a whole one', async () => {
    const cut = await clientOf((_, response) => {
      response.write('{"a":1}\n{"a":');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(Array.fromAsync(cut.estimates('e1'))).rejects.toThrow();
    const short = await clientOf((_, response) => response.end('{"a":1}\n{"a":2}'));
    await expect(Array.fromAsync(short.estimates('e1'))).rejects.toThrow('not whole');
  });

  it('throws the refusal of an export', async () => {
    const client = await clientOf((_, response) => {
      response.statusCode = 404;
      response.end(JSON.stringify({ error: { message: 'There is none.', code: 'NOT_FOUND' } }));
    });
    const refused = Array.fromAsync(client.rows('/exports/snapshots/s1/references'));
    await expect(refused).rejects.toBeInstanceOf(LesionwiseError);
    await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
