import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTriton, type TritonModel, type TritonServer } from '../../../../tools/triton.mjs';
import {
  anywhere,
  startProxy,
  toyServed,
  tritonOrReason,
  type Proxy,
} from '../../engine-for-tests.js';
import {
  encodeModel,
  floats,
  graft,
  imageBytes,
  longs,
  node,
  SIDE,
  toyManifest,
  toyModel,
} from '../../toy-onnx.js';
import { answerDifference } from '../answer-difference.js';
import type { ModelContract } from '../manifest.js';
import { readModelPackage, type ModelPackage } from '../model-package.js';
import { probeImage } from '../probe-image.js';
import { openSession } from '../session.js';
import { checkRemoteEngine } from './check-remote-engine.js';
import { parseEndpoint, type RemoteEndpointInput } from './remote-endpoint.js';
import {
  openRemoteSession,
  type RemoteSession,
  type RemoteSessionOptions,
} from './remote-session.js';
import onnxProto from 'onnx-proto';

const { INT64 } = onnxProto.onnx.TensorProto.DataType;
const triton = tritonOrReason();
const patience = {
  ...{ retries: 3, firstDelayMs: 5, longestDelayMs: 20 },
  ...{ openAfter: 5, halfOpenAfterMs: 300 },
};
const plain = (red: number, green: number, blue: number) =>
  Uint8Array.from({ length: imageBytes }, (_, i) => [red, green, blue][i % 3]!);

describe.skipIf(!triton)('a session with Triton', () => {
  let folder: string;
  let server: TritonServer;
  let proxy: Proxy;
  let multitask: ModelPackage;
  let [toy, halved]: TritonModel[] = [];
  const open: RemoteSession[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lesionwise-remote-'));
    const write = async (name: string, bytes: Uint8Array) => {
      await writeFile(join(folder, name), bytes);
      return join(folder, name);
    };
    multitask = await readModelPackage(
      new URL('../../../../models/multitask/0.1.0', import.meta.url).pathname,
    );
    const toyFile = await write('toy.onnx', encodeModel(toyModel()));
    // Reads the score at the place the first red level names: 0 and 1 exist, 200 does not.
    const poisonable = graft(
      'scores',
      [
        node('Cast', ['image'], ['places'], { to: INT64 }),
        node('ReduceMax', ['places'], ['place'], { keepdims: 0 }),
        node('Unsqueeze', ['place', 'first'], ['where']),
        node('Gather', ['before', 'where'], ['picked'], { axis: 1 }),
        node('Concat', ['picked', 'picked'], ['scores'], { axis: 1 }),
      ],
      [{ ...longs('first', [0, 0]), dims: [1], rawData: new Uint8Array(8) }],
    );
    const logits = graft(
      'scores',
      [node('Mul', ['logits', 'ten'], ['scores'])],
      [floats('ten', [], [10])],
    );
    const halves = graft(
      'scores',
      [node('Mul', ['before', 'half'], ['scores'])],
      [floats('half', [], [0.5])],
    );
    const halfFile = await write('half.onnx', encodeModel(halves));
    toy = toyServed('toy', toyFile);
    halved = toyServed('toy', halfFile);
    const models = [
      {
        name: 'multitask',
        versions: { '1': multitask.modelFile },
        maxBatch: 16,
        input: { name: 'image', dims: [192, 192, 3] },
        outputs: { mask_probability: [192, 192], scores: [2] },
      },
      toy,
      toyServed('two', toyFile, { versions: { '1': toyFile, '2': halfFile } }),
      toyServed('poisonable', await write('poisonable.onnx', encodeModel(poisonable))),
      toyServed('logits', await write('logits.onnx', encodeModel(logits))),
      toyServed('single', toyFile, {
        maxBatch: 0,
        input: { name: 'image', dims: [1, SIDE, SIDE, 3] },
        outputs: { mask_probability: [1, SIDE, SIDE], scores: [1, 2] },
      }),
    ];
    server = await startTriton(triton!, models);
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

  const endpoint = (given: Partial<RemoteEndpointInput> = {}) =>
    parseEndpoint({ url: proxy.url, model: 'toy', ...given });
  async function sessionWith(
    given: Partial<RemoteEndpointInput> = {},
    options: Partial<RemoteSessionOptions> = {},
  ): Promise<RemoteSession> {
    const session = await openRemoteSession({
      ...{ endpoint: endpoint(given), manifest: toyManifest, access: anywhere, patience },
      ...options,
    });
    open.push(session);
    return session;
  }
  /** An engine without the extension, as many in Python are: it says so, and takes no bytes. */
  const withoutBinary = () => {
    proxy.interfere((incoming, outgoing, pass) => {
      if (incoming.headers['inference-header-content-length'] !== undefined) {
        outgoing.writeHead(400).end('{"error":"binary tensors are not understood"}');
      } else if (incoming.url === '/v2') {
        pass((body) => Buffer.from(body.toString().replace('"binary_tensor_data",', '')));
      } else pass();
    });
  };

  it('gives multitask 0.1.0 the answers it gives on this machine, as bytes and as decimals', async () => {
    const { manifest, modelFile } = multitask;
    const images = [0, 1].map((variant) => probeImage(manifest.input, variant));
    const local = await openSession({ modelFile, manifest, device: 'cpu' });
    const expected = await local.predict(images);
    await local.close();
    expect(answerDifference(expected[0]!, expected[1]!)).toBeGreaterThan(0.01);

    const bytes = await sessionWith({ model: 'multitask' }, { manifest });
    expect(bytes.device).toBe('remote');
    expect(bytes.deviceNote).toMatch(
      /^remote: triton .*, multitask, binary tensors, batches of up to 16$/,
    );
    const byBytes = await bytes.predict(images);
    withoutBinary();
    await expect(bytes.predict(images)).rejects.toThrow('binary tensors are not understood');
    const decimals = await sessionWith({ model: 'multitask' }, { manifest });
    expect(decimals.deviceNote).toContain('decimal tensors');
    for (const answers of [byBytes, await decimals.predict(images)]) {
      expect(answers).toHaveLength(2);
      for (const [i, answer] of answers.entries()) {
        expect(answer.mask).toHaveLength(192 * 192);
        expect(answerDifference(expected[i]!, answer)).toBeLessThanOrEqual(1e-6);
      }
    }
  });

  it('cuts what is more than the engine takes at once, and keeps the order', async () => {
    const session = await sessionWith({ concurrency: 3 });
    const images = Array.from({ length: 11 }, (_, i) => plain(i * 20, 0, 0));
    proxy.asked.length = 0;
    const answers = await session.predict(images);
    expect(proxy.asked.filter((line) => line.startsWith('POST'))).toHaveLength(3);
    const scores = answers.map(({ scores }) => scores.melanoma!);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(new Set(scores).size).toBe(11);
    expect(scores[10]).toBeCloseTo(1 / (1 + Math.exp(-200 / 255)), 6);
  });

  it('asks one by one where the engine has a batch size of its own', async () => {
    const session = await sessionWith({ model: 'single' });
    expect(session.deviceNote).toContain('batches of up to 1');
    expect(await session.predict([plain(1, 2, 3), plain(200, 2, 3)])).toHaveLength(2);
  });

  it('has at most so many questions under way as the endpoint allows', async () => {
    const session = await sessionWith({ concurrency: 2, maxBatch: 1 });
    let [now, most] = [0, 0];
    proxy.interfere((incoming, outgoing, pass) => {
      now += 1;
      most = Math.max(most, now);
      outgoing.once('close', () => (now -= 1));
      setTimeout(pass, 20);
    });
    await session.predict(Array.from({ length: 8 }, () => plain(1, 2, 3)));
    expect(most).toBe(2);
  });

  it('speaks to the version it was told, by its own path', async () => {
    const two = await sessionWith({ model: 'two', version: '2' });
    const one = await sessionWith({ model: 'two', version: '1' });
    const [[halved], [whole]] = [
      await two.predict([plain(9, 9, 9)]),
      await one.predict([plain(9, 9, 9)]),
    ];
    expect(halved!.scores.melanoma).toBeCloseTo(whole!.scores.melanoma! / 2, 6);
    expect(proxy.asked.at(-1)).toBe('POST /v2/models/two/versions/1/infer');
    await expect(sessionWith({ model: 'two', version: '3' })).rejects.toMatchObject({
      name: 'RemoteEngineError',
    });
  });

  const contract = (changes: (manifest: ModelContract) => void): ModelContract => {
    const manifest = structuredClone(toyManifest) as ModelContract;
    changes(manifest);
    return manifest;
  };
  it.each<[string, string, string, string, (manifest: ModelContract) => void]>([
    ['another input', 'inputs', 'photograph', 'image', (m) => (m.input.name = 'photograph')],
    [
      'another size of input',
      'inputs.image.shape',
      '[N,16,8,3]',
      '[-1,8,8,3]',
      (m) => (m.input.height = 16),
    ],
    [
      'an output that is not there',
      'outputs',
      'risk',
      'mask_probability, scores',
      (m) => (m.outputs.scores![0]!.name = 'risk'),
    ],
    [
      'a class that is not there',
      'outputs.scores.shape',
      '[N,more than 2]',
      '[-1,2]',
      (m) => (m.outputs.scores![0]!.index = 2),
    ],
    [
      'another size of mask',
      'outputs.mask_probability.shape',
      '[N,4,8] or [N,1,4,8] or [N,4,8,1]',
      '[-1,8,8]',
      (m) => (m.outputs.mask!.height = 4),
    ],
  ])('refuses an engine that serves %s', async (_what, where, expected, found, changes) => {
    const opened = sessionWith({}, { manifest: contract(changes) });
    await expect(opened).rejects.toMatchObject({
      code: 'SIGNATURE_MISMATCH',
      where,
      expected,
      found,
    });
  });

  it('fails the images the engine fails on, and answers the next', async () => {
    const session = await sessionWith({ model: 'poisonable' });
    await expect(session.predict([plain(200, 0, 0)])).rejects.toMatchObject({
      name: 'ModelPackageError',
      code: 'RUNTIME_REFUSED',
    });
    expect(await session.predict([plain(1, 0, 0)])).toHaveLength(1);
    expect(session.circuit).toBe('closed');
  });

  it('passes on no value that is no probability', async () => {
    const session = await sessionWith({ model: 'logits' });
    await expect(session.predict([plain(255, 0, 255)])).rejects.toMatchObject({
      code: 'OUTPUT_OUT_OF_RANGE',
      where: 'scores[0] (melanoma)',
    });
  });

  it('refuses images of another size by their place, and anything after closing', async () => {
    const session = await sessionWith();
    await expect(session.predict([plain(0, 0, 0), new Uint8Array(5)])).rejects.toThrow(
      /image 1 has 5 bytes/,
    );
    await expect(session.predict([])).rejects.toThrow(RangeError);
    const asked = session.predict([plain(0, 0, 0)]);
    const closed = session.close();
    expect(await asked).toHaveLength(1);
    await closed;
    await expect(session.predict([plain(0, 0, 0)])).rejects.toMatchObject({
      name: 'SessionLostError',
    });
  });

  it('leaves a dead engine alone, and finds it again when it returns', async () => {
    const session = await sessionWith({}, { confirmAfterMs: 0 });
    expect(await session.predict([plain(5, 5, 5)])).toHaveLength(1);
    await server.kill();
    proxy.interfere(undefined);
    const codes: unknown[] = [];
    for (let i = 0; i < 12; i += 1) {
      await session.predict([plain(5, 5, 5)]).catch((error: unknown) => {
        codes.push((error as { code: unknown }).code);
      });
    }
    expect(codes).toHaveLength(12);
    expect(codes[0]).toBe('UNREACHABLE');
    expect(new Set(codes.slice(1))).toEqual(new Set(['CIRCUIT_OPEN']));
    expect(session.circuit).toBe('open');
    const askedOfDead = proxy.asked.length;
    await expect(session.predict([plain(5, 5, 5)])).rejects.toMatchObject({
      code: 'CIRCUIT_OPEN',
      circuit: 'open',
    });
    expect(proxy.asked).toHaveLength(askedOfDead);

    await server.start([toy!]);
    await new Promise((resolve) => setTimeout(resolve, patience.halfOpenAfterMs));
    expect(await session.predict([plain(5, 5, 5)])).toHaveLength(1);
    expect(session.circuit).toBe('closed');
  });

  it('notices that other weights are served under the same name', async () => {
    const { engine } = await checkRemoteEngine(
      { manifest: toyManifest, endpoint: { url: proxy.url, model: 'toy' } },
      { access: anywhere, patience },
    );
    const registered = engine!.registered;
    const session = await sessionWith({ version: '1' }, { registered });
    expect(await session.predict([plain(1, 1, 1)])).toHaveLength(1);
    await server.kill();
    await expect(session.predict([plain(1, 1, 1)])).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await server.start([halved!]);
    try {
      await new Promise((resolve) => setTimeout(resolve, patience.halfOpenAfterMs));
      const changed = { code: 'CHANGED', where: 'scores.melanoma' };
      await expect(session.predict([plain(1, 1, 1)])).rejects.toMatchObject(changed);
      await expect(sessionWith({ version: '1' }, { registered })).rejects.toMatchObject(changed);
      const renamed = { ...registered, served: { ...registered.served, platform: 'onnx' } };
      await expect(sessionWith({}, { registered: renamed })).rejects.toMatchObject({
        ...{ code: 'CHANGED', where: 'platform', expected: '"onnx"', found: '"python"' },
      });
    } finally {
      await server.kill();
      await server.start([toy!]);
    }
  });
});
