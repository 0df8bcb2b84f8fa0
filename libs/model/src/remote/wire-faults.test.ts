import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTriton, type TritonServer } from '../../../../tools/triton.mjs';
import {
  anywhere,
  startProxy,
  toyServed,
  tritonOrReason,
  type Interference,
  type Proxy,
} from '../../engine-for-tests.js';
import { encodeModel, imageBytes, toyManifest, toyModel } from '../../toy-onnx.js';
import { checkRemoteEngine } from './check-remote-engine.js';
import { parseEndpoint, type RemoteEndpointInput } from './remote-endpoint.js';
import type { RemoteEngineError } from './remote-engine-error.js';
import { openRemoteSession, type RemoteSession } from './remote-session.js';

const triton = tritonOrReason();
const patience = {
  ...{ retries: 2, firstDelayMs: 5, longestDelayMs: 20 },
  ...{ openAfter: 6, halfOpenAfterMs: 200 },
};
const image = new Uint8Array(imageBytes).fill(100);
const isQuestion = ({ url }: { url?: string | undefined }) => url?.endsWith('/infer') ?? false;

/** Only the questions are interfered with; what the engine says of itself passes. */
const onQuestions =
  (how: Interference): Interference =>
  (incoming, outgoing, pass) => {
    if (isQuestion(incoming)) how(incoming, outgoing, pass);
    else pass();
  };

describe.skipIf(!triton)('on the way to Triton', () => {
  let folder: string;
  let server: TritonServer;
  let proxy: Proxy;
  const open: RemoteSession[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lesionwise-wire-'));
    const file = join(folder, 'toy.onnx');
    await writeFile(file, encodeModel(toyModel()));
    server = await startTriton(triton!, [toyServed('toy', file)]);
    proxy = await startProxy(server.url);
  }, 60_000);
  afterEach(async () => {
    proxy.interfere(undefined);
    await Promise.all(open.splice(0).map((session) => session.close()));
  });
  afterAll(async () => {
    await proxy.close();
    await server.kill();
    await rm(folder, { recursive: true });
  });

  async function sessionWith(
    given: Partial<RemoteEndpointInput> = {},
    access = anywhere,
  ): Promise<RemoteSession> {
    const endpoint = parseEndpoint({ url: proxy.url, model: 'toy', ...given });
    const session = await openRemoteSession({
      ...{ endpoint, manifest: toyManifest, access, patience },
    });
    open.push(session);
    proxy.asked.length = 0;
    return session;
  }
  const questions = () => proxy.asked.filter((line) => line.endsWith('/infer')).length;
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error as RemoteEngineError,
    );

  it.each([429, 502, 503, 504])(
    'asks again when the answer is %i, and then is content',
    async (status) => {
      const session = await sessionWith();
      let left = 2;
      proxy.interfere(
        onQuestions((_incoming, outgoing, pass) => {
          left -= 1;
          if (left >= 0) outgoing.writeHead(status).end('{"error":"busy"}');
          else pass();
        }),
      );
      expect(await session.predict([image])).toHaveLength(1);
      expect(questions()).toBe(3);
    },
  );

  it('asks again when the connection is cut, before or within the answer', async () => {
    const session = await sessionWith();
    let turn = 0;
    proxy.interfere(
      onQuestions((_incoming, outgoing, pass) => {
        turn += 1;
        if (turn === 1) outgoing.destroy();
        else if (turn === 2) {
          outgoing.writeHead(200, { 'content-length': '500' });
          outgoing.write('{"model_name"', () => outgoing.destroy());
        } else pass();
      }),
    );
    expect(await session.predict([image])).toHaveLength(1);
    expect(questions()).toBe(3);
  });

  it('says after its attempts what the engine said, on one line and short', async () => {
    const session = await sessionWith();
    proxy.interfere(
      onQuestions((_incoming, outgoing) => {
        outgoing.writeHead(503).end(JSON.stringify({ error: `a\nb\u0007${'c'.repeat(5000)}` }));
      }),
    );
    const failure = await failureOf(session.predict([image]));
    expect(failure).toMatchObject({ code: 'UNAVAILABLE', circuit: 'closed' });
    expect(failure!.message).toMatch(/^the engine answered with status 503: a b c{1,200}$/);
    expect(questions()).toBe(3);
  });

  it('does not wait longer than the endpoint says, nor ask again then', async () => {
    const session = await sessionWith({ answerTimeoutMs: 150 });
    proxy.interfere(onQuestions(() => undefined));
    const begun = performance.now();
    const failure = await failureOf(session.predict([image]));
    expect(failure).toMatchObject({ code: 'TIMED_OUT' });
    expect(failure!.message).toContain('150 ms');
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(questions()).toBe(1);
  });

  it('does not wait for an answer that drips, either', async () => {
    const session = await sessionWith({ answerTimeoutMs: 150 });
    let drip: NodeJS.Timeout | undefined;
    proxy.interfere(
      onQuestions((_incoming, outgoing) => {
        outgoing.writeHead(200);
        drip = setInterval(() => outgoing.write(' '), 20);
      }),
    );
    expect(await failureOf(session.predict([image]))).toMatchObject({ code: 'TIMED_OUT' });
    clearInterval(drip);
  });

  it('does not wait for a connection that never comes', async () => {
    // Reserved for documentation: no machine answers there, or a gateway says at once that there is none.
    const opened = sessionWith({ url: 'http://192.0.2.1:8000', connectTimeoutMs: 100 });
    const failure = await failureOf(opened);
    expect(['TIMED_OUT', 'UNREACHABLE']).toContain(failure!.code);
    expect(failure!.message).not.toContain('192.0.2.1');
  });

  it('reads no answer that is longer than any right one', async () => {
    const session = await sessionWith();
    let sent = 0;
    proxy.interfere(
      onQuestions((_incoming, outgoing) => {
        outgoing.writeHead(200);
        const more = () => {
          sent += 1;
          if (!outgoing.destroyed) outgoing.write(Buffer.alloc(65_536), more);
        };
        more();
      }),
    );
    await expect(session.predict([image])).rejects.toMatchObject({
      name: 'ModelPackageError',
      message: expect.stringContaining('longer than any right one') as string,
    });
    expect(sent).toBeLessThan(500);
  });

  it('follows no redirect', async () => {
    const session = await sessionWith();
    proxy.interfere(
      onQuestions((incoming, outgoing) => {
        outgoing.writeHead(307, { location: `${server.url}${incoming.url ?? ''}` }).end();
      }),
    );
    expect(await failureOf(session.predict([image]))).toMatchObject({ code: 'REFUSED' });
    expect(questions()).toBe(1);
  });

  it('gives up at once where it is not let in', async () => {
    const session = await sessionWith();
    for (const status of [401, 403]) {
      proxy.interfere(onQuestions((_incoming, outgoing) => outgoing.writeHead(status).end()));
      expect(await failureOf(session.predict([image]))).toMatchObject({ code: 'REFUSED' });
    }
    expect(questions()).toBe(2);
    expect(session.circuit).toBe('closed');
  });

  it('sends the token with every question, and shows it in no error', async () => {
    const tokenVariable = 'LESIONWISE_REMOTE_TOKEN_TEST';
    const access = { allowedHosts: ['127.0.0.1'], tokenOf: () => 'open-sesame' };
    const seen = new Set<string | undefined>();
    proxy.interfere((incoming, _outgoing, pass) => {
      seen.add(incoming.headers.authorization);
      pass();
    });
    const session = await sessionWith({ tokenVariable }, access);
    await session.predict([image]);
    expect([...seen]).toEqual(['Bearer open-sesame']);
    proxy.interfere(
      onQuestions((incoming, outgoing) => {
        outgoing.writeHead(403).end(`not for ${incoming.headers.authorization ?? ''}`);
      }),
    );
    const failure = await failureOf(session.predict([image]));
    expect(failure!.message).toContain('not for Bearer …');
    expect(JSON.stringify(failure) + String(failure?.stack)).not.toContain('sesame');
  });

  it('blames no image for a question refused while the engine loads its models', async () => {
    const session = await sessionWith();
    let isLoading = true;
    proxy.interfere((incoming, outgoing, pass) => {
      if (isLoading && isQuestion(incoming)) {
        outgoing.writeHead(400).end('{"error":"Request for unknown model"}');
      } else if (isLoading && incoming.url?.endsWith('/toy/ready')) {
        isLoading = false;
        outgoing.writeHead(400).end('{"error":"Model version not ready"}');
      } else pass();
    });
    expect(await session.predict([image])).toHaveLength(1);
    expect(questions()).toBe(2);
  });

  it('takes an answer that is cut to a whole, or is no JSON, for the fault it is', async () => {
    const session = await sessionWith();
    const changes: ((body: Buffer) => Buffer)[] = [
      (body) => body.subarray(0, -4),
      (body) => Buffer.concat([body, Buffer.alloc(8)]),
      (body) => Buffer.from(body.toString('latin1').replace('"FP32"', '"FP16"'), 'latin1'),
      () => Buffer.from('<html>'),
    ];
    for (const change of changes) {
      proxy.interfere(
        onQuestions((_incoming, _outgoing, pass) => {
          pass(change);
        }),
      );
      await expect(session.predict([image])).rejects.toMatchObject({
        name: 'ModelPackageError',
        code: 'RUNTIME_REFUSED',
      });
    }
  });

  it('lets one question through to an engine that may be well again, and no more', async () => {
    const session = await sessionWith({ concurrency: 4, maxBatch: 1 });
    proxy.interfere((_incoming, outgoing) => outgoing.writeHead(503).end());
    while (session.circuit !== 'open') await failureOf(session.predict([image]));
    const before = proxy.asked.length;
    expect(before).toBeLessThanOrEqual(patience.openAfter + 4);
    await failureOf(session.predict([image]));
    expect(proxy.asked).toHaveLength(before);

    await new Promise((resolve) => setTimeout(resolve, patience.halfOpenAfterMs + 20));
    const failures = await Promise.all(
      Array.from({ length: 4 }, () => failureOf(session.predict([image]))),
    );
    expect(proxy.asked).toHaveLength(before + 1);
    for (const failure of failures) expect(failure).toMatchObject({ circuit: 'open' });

    proxy.interfere(undefined);
    await new Promise((resolve) => setTimeout(resolve, patience.halfOpenAfterMs + 20));
    const answers = await Promise.all(Array.from({ length: 4 }, () => session.predict([image])));
    expect(answers).toHaveLength(4);
    expect(session.circuit).toBe('closed');
  });

  /** Puts this in place of the last image's melanoma score, by how many questions there were. */
  const scoring = (scoreOf: (question: number, images: number) => number) => {
    let question = 0;
    proxy.interfere(
      onQuestions((_incoming, _outgoing, pass) => {
        question += 1;
        pass((body) => {
          const images = /"shape":\[(\d+),2\]/.exec(body.toString('latin1'))![1]!;
          const changed = Buffer.from(body);
          // Two floats for each image, at the very end.
          changed.writeFloatLE(scoreOf(question, Number(images)), body.length - 8 * Number(images));
          return changed;
        });
      }),
    );
  };
  it.each<[string, (question: number, images: number) => number]>([
    ['probabilities', () => Number.NaN],
    ['probabilities', () => 1.5],
    ['repeatable', (question) => 0.5 + question / 1000],
    ['batch_independent', (_question, images) => images / 10],
  ])('fails the check %s of an engine that answers so', async (name, scoreOf) => {
    scoring(scoreOf);
    const { checks, engine } = await checkRemoteEngine(
      { manifest: toyManifest, endpoint: { url: proxy.url, model: 'toy' } },
      { access: anywhere, patience },
    );
    expect(engine).toBeUndefined();
    expect(checks).toHaveLength(8);
    const failed = checks.find(({ passed }) => !passed)!;
    expect(failed).toMatchObject({ name, code: expect.any(String) as string });
    const after = checks.slice(checks.indexOf(failed) + 1);
    for (const check of after) expect(check.detail).toContain(`because "${failed.title}" failed`);
  });
});
