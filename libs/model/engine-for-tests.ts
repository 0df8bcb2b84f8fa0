// A real Triton for the tests of remote engines, and a proxy that stands between and does what networks do.
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ensureTriton, type Triton, type TritonModel } from '../../tools/triton.mjs';
import type { RemoteAccess } from './src/remote/remote-address.js';
import { SIDE } from './toy-onnx.js';

/** What the tests need an engine for is proved, or said not to be: never passed over in silence. */
export function tritonOrReason(): Triton | undefined {
  const triton = ensureTriton();
  if (triton) return triton;
  const absence =
    'Remote engines were not tested: Triton needs Linux and a shared Python 3.11 or 3.12 with venv.';
  if (process.env['LESIONWISE_REQUIRE_TRITON']) throw new Error(absence);
  console.warn(absence);
  return undefined;
}

/** The toy network, or one grafted onto it, as Triton serves it. */
export const toyServed = (name: string, file: string, changes: Partial<TritonModel> = {}) => ({
  name,
  versions: { '1': file },
  maxBatch: 4,
  input: { name: 'image', dims: [SIDE, SIDE, 3] },
  outputs: { mask_probability: [SIDE, SIDE], scores: [2] },
  ...changes,
});

/** Every host, and no token. */
export const anywhere: RemoteAccess = { allowedHosts: undefined, tokenOf: () => undefined };

/** What becomes of one request; `pass` sends it on to the engine and the answer back. */
export type Interference = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  pass: (change?: (body: Buffer, headers: IncomingMessage['headers']) => Buffer) => void,
) => void;

export interface Proxy {
  url: string;
  /** Method and path of every request so far. */
  asked: string[];
  interfere: (how: Interference | undefined) => void;
  close: () => Promise<void>;
}

export async function startProxy(engine: string): Promise<Proxy> {
  const asked: string[] = [];
  let interference: Interference | undefined;
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
    const pass: Parameters<Interference>[2] = (change = (body) => body) => {
      const { method, headers, url = '' } = incoming;
      const onward = request(`${engine}${url}`, { method, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const given = { ...answer.headers };
          const body = change(Buffer.concat(parts), given);
          given['content-length'] = String(body.length);
          outgoing.writeHead(answer.statusCode ?? 500, given).end(body);
        });
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    };
    if (interference) interference(incoming, outgoing, pass);
    else pass();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    interfere: (how) => {
      interference = how;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
