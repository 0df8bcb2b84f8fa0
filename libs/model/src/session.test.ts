import { execFileSync } from 'node:child_process';
import type * as workerThreads from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  encodeModel,
  floats,
  graft,
  imageBytes,
  longs,
  node,
  SIDE,
  toyModel,
  writePackage,
} from '../toy-onnx.js';
import type { ModelManifest } from './manifest.js';
import { readModelPackage } from './model-package.js';
import { openSession, type ModelSession, type SessionOptions } from './session.js';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';

const { INT64 } = onnxProto.onnx.TensorProto.DataType;

const threads: workerThreads.Worker[] = [];
// The real Worker; the test only keeps hold of it, to be able to end it.
vi.mock('node:worker_threads', async (load) => {
  const actual = await load<typeof workerThreads>();
  class KeptWorker extends actual.Worker {
    constructor(...given: ConstructorParameters<typeof actual.Worker>) {
      super(...given);
      threads.push(this);
    }
  }
  return { ...actual, Worker: KeptWorker };
});

const open: ModelSession[] = [];
beforeEach(() => {
  threads.length = 0;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((session) => session.close()));
});

async function sessionOn(
  model: Onnx.ModelProto,
  changes: Partial<ModelManifest> = {},
  device: SessionOptions['device'] = 'cpu',
): Promise<ModelSession> {
  const { modelFile, manifest } = await writePackage(encodeModel(model), changes);
  const session = await openSession({ modelFile, manifest, device });
  open.push(session);
  return session;
}

const plain = (red: number, green: number, blue: number) =>
  Uint8Array.from({ length: imageBytes }, (_, i) => [red, green, blue][i % 3]!);
const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

describe('openSession', () => {
  it('answers the toy network as worked by hand', async () => {
    const session = await sessionOn(toyModel());
    const image = plain(255, 51, 0);
    image.set([0, 0, 0], 0);
    const [prediction] = await session.predict([image]);
    expect(prediction!.mask).toHaveLength(SIDE * SIDE);
    expect(prediction!.mask![0]).toBe(0);
    expect(prediction!.mask![1]).toBeCloseTo((255 + 51) / 3 / 255, 6);
    expect(prediction!.scores.melanoma).toBeCloseTo(sigmoid(63 / 64), 6);
    expect(prediction!.scores.seborrheic_keratosis).toBeCloseTo(sigmoid(0), 6);
  });

  it('gives multitask 0.1.0 the answer it had where it was trained', async () => {
    const folder = new URL('../../../models/multitask/0.1.0', import.meta.url).pathname;
    const { modelFile, manifest } = await readModelPackage(folder);
    const session = await openSession({ modelFile, manifest, device: 'cpu' });
    open.push(session);
    const { image, sum } = exactInput();
    expect(sum).toBe(17_913_811);
    const [prediction] = await session.predict([image]);
    // One thousandth: the exporter's PyTorch and this runtime sum in different orders.
    const { melanoma, seborrheic_keratosis } = prediction!.scores;
    expect(Math.abs(melanoma! - 0.0017650275258347392)).toBeLessThan(0.001);
    expect(Math.abs(seborrheic_keratosis! - 0.0001752106472849846)).toBeLessThan(0.001);
    const mask = prediction!.mask!;
    const mean = mask.reduce((sum, p) => sum + p, 0) / mask.length;
    expect(Math.abs(mean - 0.3264182209968567)).toBeLessThan(0.001);
    expect(Math.abs(mask.filter((p) => p >= 0.5).length - 11_977)).toBeLessThan(12);
  });

  it('gives only what the version has', async () => {
    const { outputs } = (await writePackage(encodeModel(toyModel()))).manifest;
    const segments = await sessionOn(toyModel(), { outputs: { mask: outputs.mask } });
    const [mask] = await segments.predict([plain(1, 2, 3)]);
    expect(mask!.scores).toEqual({});
    expect(mask!.mask).toHaveLength(SIDE * SIDE);
    const classifies = await sessionOn(toyModel(), {
      outputs: { scores: outputs.scores!.slice(1) },
    });
    const [scores] = await classifies.predict([plain(1, 2, 3)]);
    expect(Object.keys(scores!)).toEqual(['scores']);
    expect(Object.keys(scores!.scores)).toEqual(['seborrheic_keratosis']);
  });

  it('gives each image of a batch the answer it has alone, and keeps their order', async () => {
    const session = await sessionOn(toyModel());
    const images = Array.from({ length: 7 }, (_, i) => plain(i * 30, 200, 255 - i * 30));
    const together = await session.predict(images);
    for (const [i, image] of images.entries()) {
      expect(await session.predict([image])).toEqual([together[i]]);
    }
    expect(new Set(together.map(({ scores }) => scores.melanoma)).size).toBe(7);
  });

  it('answers calls in the order they were made', async () => {
    const session = await sessionOn(toyModel());
    const answered: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const count = 1 + (i % 5);
        const [first] = await session.predict(Array.from({ length: count }, () => plain(i, 0, 0)));
        expect(first!.scores.melanoma).toBeCloseTo(sigmoid(i / 255), 6);
        answered.push(i);
      }),
    );
    expect(answered).toEqual(answered.toSorted((a, b) => a - b));
    expect(answered).toHaveLength(20);
  });

  it('leaves the images to the caller, who may ask again', async () => {
    const session = await sessionOn(toyModel());
    const image = plain(9, 9, 9);
    const first = await session.predict([image]);
    expect(image).toHaveLength(imageBytes);
    expect(await session.predict([image])).toEqual(first);
  });

  it('keeps this thread free while the graph runs', async () => {
    const folder = new URL('../../../models/multitask/0.1.0', import.meta.url).pathname;
    const { modelFile, manifest } = await readModelPackage(folder);
    const session = await openSession({ modelFile, manifest, device: 'cpu' });
    open.push(session);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await session.predict(Array.from({ length: 12 }, () => exactInput().image));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('a session in trouble', () => {
  it('refuses images of another size, by their place, and none at all', async () => {
    const session = await sessionOn(toyModel());
    const bad = session.predict([plain(0, 0, 0), new Uint8Array(5)]);
    await expect(bad).rejects.toThrow(/image 1 has 5 bytes/);
    await expect(bad).rejects.toBeInstanceOf(RangeError);
    await expect(session.predict([])).rejects.toThrow(RangeError);
    expect(await session.predict([plain(0, 0, 0)])).toHaveLength(1);
  });

  it('rejects the one call the graph fails on, and answers the next', async () => {
    // Reads the score at the place the first red level names: 0 and 1 exist, 200 does not.
    const model = graft(
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
    const session = await sessionOn(model);
    const calls = [
      session.predict([plain(1, 0, 0)]),
      session.predict([plain(200, 0, 0)]),
      session.predict([plain(0, 0, 0)]),
    ];
    const [first, failed, last] = await Promise.allSettled(calls);
    expect(first!.status).toBe('fulfilled');
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'RUNTIME_REFUSED' } });
    expect(last!.status).toBe('fulfilled');
  });

  it('says that memory was short, and answers the next', async () => {
    // Asks for as many numbers as the red level, times more than any machine has.
    const model = graft(
      'scores',
      [
        node('Cast', ['image'], ['levels64'], { to: INT64 }),
        node('ReduceMax', ['levels64'], ['level'], { keepdims: 0 }),
        node('Mul', ['level', 'vast'], ['length']),
        node('Unsqueeze', ['length', 'first'], ['shape']),
        node('ConstantOfShape', ['shape'], ['zeros']),
        node('ReduceSum', ['zeros'], ['zero'], { keepdims: 0 }),
        node('Add', ['before', 'zero'], ['scores']),
      ],
      [
        longs('vast', [2 ** 42]),
        { ...longs('first', [0, 0]), dims: [1], rawData: new Uint8Array(8) },
      ],
    );
    const session = await sessionOn(model);
    const asked = session.predict([plain(1, 0, 0), plain(0, 0, 0)]);
    await expect(asked).rejects.toMatchObject({
      ...{ name: 'DeviceOutOfMemoryError', device: 'cpu', imageCount: 2 },
      message: expect.stringMatching(
        /^the device cpu has no memory for 2 images at once: [^/]*Failed to allocate/,
      ) as string,
    });
    expect(await session.predict([plain(0, 0, 0)])).toHaveLength(1);
  });

  it('never passes on what is not a probability', async () => {
    const answer = async (nodes: Onnx.INodeProto[], constant: Onnx.ITensorProto) => {
      const session = await sessionOn(graft('scores', nodes, [constant]));
      return session.predict([plain(255, 0, 255)]);
    };
    const nan = answer(
      [node('Div', ['z', 'z'], ['nan']), node('Add', ['before', 'nan'], ['scores'])],
      floats('z', [], [0]),
    );
    await expect(nan).rejects.toMatchObject({
      code: 'OUTPUT_NOT_FINITE',
      where: 'scores[0] (melanoma)',
    });
    const logits = answer([node('Mul', ['logits', 'ten'], ['scores'])], floats('ten', [], [10]));
    await expect(logits).rejects.toMatchObject({ code: 'OUTPUT_OUT_OF_RANGE' });
  });

  it('rejects everything once its thread is dead, waiting calls too', async () => {
    const session = await sessionOn(toyModel());
    expect(await session.predict([plain(0, 0, 0)])).toHaveLength(1);
    // Nothing of ours sends this; the thread falls over it. (Ending the thread from outside in the middle
    // of a run aborts the whole process, the test's too.)
    threads[0]!.postMessage(null);
    const waiting = [session.predict([plain(0, 0, 0)]), session.predict([plain(0, 0, 0)])];
    for (const call of await Promise.allSettled(waiting)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { name: 'SessionLostError' } });
    }
    await expect(session.predict([plain(0, 0, 0)])).rejects.toMatchObject({
      name: 'SessionLostError',
      cause: { name: 'TypeError' },
    });
    await session.close();
  });

  it('answers what was asked before it closes, and nothing after', async () => {
    const session = await sessionOn(toyModel());
    const asked = session.predict([plain(7, 7, 7)]);
    const closed = session.close();
    await expect(session.predict([plain(7, 7, 7)])).rejects.toMatchObject({
      name: 'SessionLostError',
    });
    expect(await asked).toHaveLength(1);
    await closed;
    await session.close();
  });

  it('refuses a file that is no network', async () => {
    const { modelFile, manifest } = await writePackage(Buffer.from('not a network'));
    for (const device of ['cpu', 'auto'] as const) {
      await expect(openSession({ modelFile, manifest, device })).rejects.toMatchObject({
        code: 'RUNTIME_REFUSED',
      });
    }
  });
});

describe('devices', () => {
  it('takes the best device for auto and says why not the others', async () => {
    const session = await sessionOn(toyModel(), {}, 'auto');
    const passedOver = { cuda: [], webgpu: ['cuda'], cpu: ['cuda', 'webgpu'] }[session.device];
    expect(session.deviceNote.startsWith(session.device)).toBe(true);
    for (const device of passedOver) expect(session.deviceNote).toContain(`no ${device}: `);
  });

  // Each machine has some of these: either the device answers as the CPU does, or it is refused in words.
  it.each(['cuda', 'webgpu'] as const)('runs on %s or says how to get it', async (device) => {
    const image = plain(200, 90, 60);
    let session: ModelSession;
    try {
      session = await sessionOn(toyModel(), {}, device);
    } catch (error) {
      expect(error).toMatchObject({ name: 'DeviceUnavailableError', device });
      expect((error as Error).message).toMatch(/To get it: install /);
      return;
    }
    expect(session.device).toBe(device);
    const [ours] = await session.predict([image]);
    const [cpus] = await (await sessionOn(toyModel())).predict([image]);
    expect(ours!.scores.melanoma).toBeCloseTo(cpus!.scores.melanoma!, 5);
  });
});

describe('the library', () => {
  it('loads no runtime into the thread that imports it', () => {
    const script = `
      await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
      const { sharedObjects } = process.report.getReport();
      console.log(JSON.stringify(sharedObjects.filter((file) => file.includes('onnxruntime'))));
    `;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(JSON.parse(printed.toString())).toEqual([]);
  });
});

/** A made-up lesion in float64, the one whose answer was written down when the weights were exported. */
function exactInput(): { image: Uint8Array; sum: number } {
  const image = new Uint8Array(192 * 192 * 3);
  let sum = 0;
  for (let at = 0; at < image.length; at += 1) {
    const [row, column, channel] = [Math.floor(at / 576), Math.floor(at / 3) % 192, at % 3];
    const squared = (row - 90) ** 2 + (column - 100) ** 2;
    const weight = 1 / (1 + (squared / 3600) ** 4);
    const colour = [225, 185, 170][channel]! * (1 - weight) + [140, 95, 70][channel]! * weight;
    const level = Math.floor(colour + ((7 * row + 13 * column + 29 * channel) % 31) - 15);
    image[at] = Math.min(255, Math.max(0, level));
    sum += image[at]!;
  }
  return { image, sum };
}
