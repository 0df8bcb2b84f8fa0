import type * as childProcess from 'node:child_process';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import { seededRandom } from '../seeded-random.js';
import {
  encodeModel,
  endlessModel,
  floats,
  graft,
  node,
  toyManifest,
  toyModel,
  writePackage,
} from '../toy-onnx.js';
import { checkModelPackage, type ModelCheck, type ModelCheckName } from './check-model-package.js';
import type { ModelManifest } from './manifest.js';
import { readModelPackage } from './model-package.js';

const started: childProcess.ChildProcess[] = [];
const forkedWith: (childProcess.ForkOptions | undefined)[] = [];
// The real fork; the test only keeps hold of the process, to be able to kill it.
vi.mock('node:child_process', async (load) => {
  const actual = await load<typeof childProcess>();
  const fork = (program: string | URL, options?: childProcess.ForkOptions) => {
    const child = actual.fork(program, options);
    started.push(child);
    forkedWith.push(options);
    return child;
  };
  return { ...actual, fork };
});
beforeEach(() => {
  started.length = 0;
  forkedWith.length = 0;
});

const { FLOAT } = onnxProto.onnx.TensorProto.DataType;
const timeoutMs = 30_000;

async function checksOf(model: Onnx.ModelProto | Uint8Array, changes: Partial<ModelManifest> = {}) {
  const file = model instanceof Uint8Array ? model : encodeModel(model);
  const { folder } = await writePackage(file, changes);
  return checkModelPackage(folder, { timeoutMs });
}
/** The first check that failed, once it is sure that all before passed and none after was made. */
function theFailure(checks: ModelCheck[]): ModelCheck {
  const at = checks.findIndex(({ passed }) => !passed);
  expect(at, 'a check must fail').toBeGreaterThanOrEqual(0);
  for (const later of checks.slice(at + 1)) {
    expect([later.passed, later.code]).toEqual([false, undefined]);
    expect(later.detail).toContain(checks[at]!.title);
  }
  return checks[at]!;
}

const edited = (edit: (model: Onnx.ModelProto) => void) => {
  const model = toyModel();
  edit(model);
  return model;
};

describe('checkModelPackage', () => {
  it('passes the package that ships', async () => {
    const folder = new URL('../../../models/multitask/0.1.0', import.meta.url).pathname;
    const checks = await checkModelPackage(folder, { timeoutMs });
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      'manifest',
      'file_hash',
      'onnx_valid',
      'opset',
      'standard_operators',
      'self_contained',
      'signature',
      'runs',
      'probabilities',
      'repeatable',
      'batch_independent',
    ]);
  });

  it.each([
    ['both tasks', toyManifest.outputs],
    ['a mask alone', { mask: toyManifest.outputs.mask }],
    ['scores alone', { scores: toyManifest.outputs.scores }],
    ['one score', { scores: toyManifest.outputs.scores!.slice(1) }],
  ])('passes a graph with %s', async (_, outputs) => {
    const checks = await checksOf(toyModel(), { outputs });
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  });

  it('reports a missing folder, manifest or file as the check that failed', async () => {
    const { folder, modelFile } = await writePackage(encodeModel(toyModel()));
    await rm(modelFile);
    const name = 'model.onnx';
    expect(theFailure(await checkModelPackage(folder, { timeoutMs }))).toMatchObject({
      name: 'file_hash',
      code: 'FILE_MISSING',
      where: name,
    });
    const manifest = await checkModelPackage(join(folder, 'elsewhere'), { timeoutMs });
    expect(theFailure(manifest)).toMatchObject({ name: 'manifest', code: 'MANIFEST_MISSING' });
    await writeFile(join(folder, 'manifest.json'), '{ "schema": ');
    expect(theFailure(await checkModelPackage(folder, { timeoutMs }))).toMatchObject({
      name: 'manifest',
      code: 'MANIFEST_INVALID',
    });
  });

  it('reports a file other than the manifest names, with both hashes, and does not open it', async () => {
    const { folder, modelFile, manifest } = await writePackage(encodeModel(toyModel()));
    await appendFile(modelFile, Buffer.of(0));
    const failure = theFailure(await checkModelPackage(folder, { timeoutMs }));
    expect(failure).toMatchObject({ code: 'HASH_MISMATCH', expected: manifest.sha256 });
    expect(failure.found).toMatch(/^[0-9a-f]{64}$/);
    expect(failure.found).not.toBe(manifest.sha256);
    expect(started).toEqual([]);
  });

  const refused: [string, Onnx.ModelProto, ModelCheckName, Partial<ModelCheck>][] = [
    [
      'an operator set newer than the runtime',
      edited((m) => (m.opsetImport[0]!.version = 27)),
      'opset',
      { code: 'OPSET_UNSUPPORTED' },
    ],
    [
      'a custom operator',
      edited((m) => {
        m.opsetImport.push(
          onnxProto.onnx.OperatorSetIdProto.create({ domain: 'com.example', version: 1 }),
        );
        Object.assign(m.graph!.node![5]!, { opType: 'Sharpen', domain: 'com.example' });
      }),
      'standard_operators',
      { code: 'CUSTOM_OPERATOR', where: 'com.example:Sharpen' },
    ],
    [
      'a custom operator hidden in the body of a loop',
      (() => {
        const model = endlessModel();
        const loop = model.graph!.node!.find(({ opType }) => opType === 'Loop')!;
        Object.assign(loop.attribute![0]!.g!.node![1]!, { domain: 'com.example' });
        return model;
      })(),
      'standard_operators',
      { code: 'CUSTOM_OPERATOR', where: 'com.example:Neg' },
    ],
    [
      'weights in another file',
      edited((m) => {
        const weights = m.graph!.initializer![1]!;
        Object.assign(weights, { rawData: undefined, dataLocation: 1 });
        weights.externalData = [{ key: 'location', value: '../../../../etc/passwd' }];
      }),
      'self_contained',
      { code: 'EXTERNAL_DATA', where: 'weights' },
    ],
    [
      'an output of another name',
      edited((m) => {
        m.graph!.output![1]!.name = 'logits';
      }),
      'signature',
      { code: 'SIGNATURE_MISMATCH', where: 'scores' },
    ],
    [
      'float input',
      edited((m) => (m.graph!.input![0]!.type!.tensorType!.elemType = FLOAT)),
      'signature',
      { code: 'SIGNATURE_MISMATCH', where: 'image' },
    ],
    [
      'channels before rows',
      edited((m) => {
        const dim = m.graph!.input![0]!.type!.tensorType!.shape!.dim!;
        dim.splice(1, 3, { dimValue: 3 }, { dimValue: 8 }, { dimValue: 8 });
      }),
      'signature',
      { code: 'SIGNATURE_MISMATCH', where: 'image' },
    ],
    [
      'a batch fixed at one image',
      edited((m) => {
        m.graph!.input![0]!.type!.tensorType!.shape!.dim![0] = { dimValue: 1 };
      }),
      'signature',
      { code: 'SIGNATURE_MISMATCH', where: 'image' },
    ],
    [
      'fewer scores than the manifest reads',
      edited((m) => {
        m.graph!.output![1]!.type!.tensorType!.shape!.dim![1] = { dimValue: 1 };
      }),
      'signature',
      { code: 'SIGNATURE_MISMATCH', where: 'scores' },
    ],
    [
      'an operator the standard does not have',
      edited((m) => (m.graph!.node![5]!.opType = 'Sigmoidal')),
      'runs',
      { code: 'RUNTIME_REFUSED' },
    ],
    [
      'a mask that is not a number',
      graft(
        'mask_probability',
        [
          node('Div', ['zero', 'zero'], ['nan']),
          node('Add', ['before', 'nan'], ['mask_probability']),
        ],
        [floats('zero', [], [0])],
      ),
      'probabilities',
      { code: 'OUTPUT_NOT_FINITE', where: 'mask_probability' },
    ],
    [
      'scores that are logits',
      graft('scores', [node('Mul', ['logits', 'ten'], ['scores'])], [floats('ten', [], [10])]),
      'probabilities',
      { code: 'OUTPUT_OUT_OF_RANGE' },
    ],
    [
      'an answer that changes when asked again',
      graft('scores', [node('RandomUniformLike', ['before'], ['scores'])]),
      'repeatable',
      { code: 'NOT_REPEATABLE' },
    ],
    [
      'an answer that depends on the other images of the batch',
      graft('scores', [
        node('ReduceMean', ['before'], ['mean'], { axes: [0], keepdims: 1 }),
        node('Sub', ['before', 'mean'], ['rest']),
        node('Sigmoid', ['rest'], ['scores']),
      ]),
      'batch_independent',
      { code: 'BATCH_DEPENDENT' },
    ],
  ];
  it.each(refused)('refuses %s', async (_, model, name, expected) => {
    expect(theFailure(await checksOf(model))).toMatchObject({ name, ...expected });
  });

  it('refuses a mask whose real size is not the one declared', async () => {
    const model = toyModel();
    // The graph leaves the size open, so only running it can tell.
    model.graph!.output![0]!.type!.tensorType!.shape!.dim = [{}, {}, {}];
    const outputs = { mask: { name: 'mask_probability', height: 4, width: 16 } };
    expect(theFailure(await checksOf(model, { outputs }))).toMatchObject({
      name: 'probabilities',
      code: 'SIGNATURE_MISMATCH',
      where: 'mask_probability',
    });
  });

  it('survives random bytes, and graphs with any byte changed', async () => {
    const random = seededRandom(8);
    const bytes = Uint8Array.from({ length: 5000 }, () => random() * 256);
    expect(theFailure(await checksOf(bytes))).toMatchObject({
      name: 'onnx_valid',
      code: 'NOT_ONNX',
    });
    expect(theFailure(await checksOf(new Uint8Array(0)))).toMatchObject({ code: 'NOT_ONNX' });
    const whole = encodeModel(toyModel());
    for (let trial = 0; trial < 6; trial += 1) {
      const damaged = Uint8Array.from(whole);
      damaged[Math.floor(random() * damaged.length)]! ^= 1 + Math.floor(random() * 255);
      expect(await checksOf(damaged)).toHaveLength(11);
    }
  });

  it('stops a graph that never ends', async () => {
    const { folder } = await writePackage(encodeModel(endlessModel()));
    const checks = await checkModelPackage(folder, { timeoutMs: 3000 });
    expect(theFailure(checks)).toMatchObject({ name: 'runs', code: 'TIMED_OUT' });
    expect(started[0]!.signalCode).toBe('SIGKILL');
  });

  it('reports a crash as the check that was being made', async () => {
    const { folder } = await writePackage(encodeModel(endlessModel()));
    const checks = checkModelPackage(folder, { timeoutMs });
    await vi.waitUntil(() => started.length === 1);
    // Long enough into the endless run, then the end that a fault in native code has.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    started[0]!.kill('SIGSEGV');
    const failure = theFailure(await checks);
    expect(failure).toMatchObject({ name: 'runs', code: 'CRASHED' });
    expect(failure.detail).toContain('SIGSEGV');
  });

  it('keeps the environment, which may hold passwords, from the process that opens the file', async () => {
    await checksOf(toyModel());
    expect(forkedWith.map((options) => options?.env)).toEqual([{}]);
  });
});

describe('readModelPackage', () => {
  it('gives the manifest, the file and the card of the package that ships', async () => {
    const folder = new URL('../../../models/multitask/0.1.0', import.meta.url).pathname;
    const found = await readModelPackage(folder);
    expect(found).toMatchObject({ folder, sizeBytes: 14_842_256 });
    expect(found.sha256).toBe(found.manifest.sha256);
    expect(found.card).toContain('Not for clinical use');
  });

  it('has no card where there is none, and refuses a changed file', async () => {
    const { folder, modelFile } = await writePackage(encodeModel(toyModel()));
    expect((await readModelPackage(folder)).card).toBeUndefined();
    await appendFile(modelFile, Buffer.of(0));
    await expect(readModelPackage(folder)).rejects.toMatchObject({
      code: 'HASH_MISMATCH',
      where: 'model.onnx',
    });
    await rm(modelFile);
    await expect(readModelPackage(folder)).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });
});
