import { describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../seeded-random.js';
import { encodeModel, floats, graft, longs, node, writePackage } from '../toy-onnx.js';
import { toyUnet, toyUnetManifest } from '../toy-unet.js';
import { answerDifference } from './answer-difference.js';
import { checkModelPackage } from './check-model-package.js';
import type { ModelManifest } from './manifest.js';
import { maskRunsAtSize } from './mask-runs-at-size.js';
import { probeDevices } from './probe-devices.js';
import { openSession } from './session.js';

// Where the tests found a GPU in software (see vitest.config.ts) the device must hold; elsewhere, such as on
// macOS, it is tested if it does, and reported as not run if it does not.
const isExpected = process.env['VK_ICD_FILENAMES'] !== undefined;
const webgpu = (await probeDevices()).find(({ device }) => device === 'webgpu')!;
const isTested = isExpected || webgpu.isAvailable;

async function sessionsOn(file: Uint8Array, changes: Partial<ModelManifest> = {}) {
  const { modelFile, manifest } = await writePackage(file, changes);
  const open = async (device: 'webgpu' | 'cpu') => {
    const session = await openSession({ modelFile, manifest, device });
    onTestFinished(() => session.close());
    return session;
  };
  return { gpu: await open('webgpu'), cpu: await open('cpu'), manifest };
}

function images(count: number, { height, width }: ModelManifest['input']): Uint8Array[] {
  const random = seededRandom(40);
  return Array.from({ length: count }, () =>
    Uint8Array.from({ length: height * width * 3 }, () => random() * 256),
  );
}

const because = isTested ? '' : ` (no WebGPU here: ${webgpu.detail})`;
describe.skipIf(!isTested)(`the webgpu device${because}`, () => {
  it('holds', () => {
    expect(webgpu).toMatchObject({ isAvailable: true });
  });

  it('gives the answers of the CPU within 1e-5, alone and in a batch, and the same twice', async () => {
    const { gpu, cpu, manifest } = await sessionsOn(encodeModel(toyUnet()), toyUnetManifest);
    expect(gpu.device).toBe('webgpu');
    const asked = images(5, manifest.input);
    const ours = await gpu.predict(asked);
    const cpus = await cpu.predict(asked);
    expect(await gpu.predict(asked)).toEqual(ours);
    expect(new Set(cpus.map(({ scores }) => scores.melanoma)).size).toBe(5);
    const alone = (await gpu.predict([asked[3]!]))[0]!;
    // 1e-5: sums of some hundred float32 products, in another order. 6e-8 was seen.
    expect(answerDifference(alone, ours[3]!)).toBeLessThan(1e-5);
    const from = { widthPx: 32, heightPx: 32 };
    for (const [i, answer] of ours.entries()) {
      expect(answer.mask).toHaveLength(32 * 32);
      expect(answerDifference(answer, cpus[i]!)).toBeLessThan(1e-5);
      const [found, expected] = [answer, cpus[i]!].map(({ mask }) =>
        maskRunsAtSize(mask!, from, { widthPx: 90, heightPx: 60 }, 0.5),
      );
      expect(found).toEqual(expected);
    }
  });

  it('runs the whole graph, bytes in and probabilities out', async () => {
    const { gpu } = await sessionsOn(encodeModel(toyUnet()), toyUnetManifest);
    // With the fallback forbidden: no operator of it was quietly left to the CPU.
    expect(gpu.deviceNote).toBe('webgpu, whole graph');
  });

  it('tells when it has no memory, and answers the next', async () => {
    // As many zeros as no GPU holds, but only where the image's first level is 1.
    const model = graft(
      'scores',
      [
        node('Expand', ['zero', 'vast'], ['zeros']),
        node('ReduceSum', ['zeros'], ['nothing'], { keepdims: 0 }),
        node('Add', ['before', 'nothing'], ['scores']),
      ],
      [floats('zero', [1], [0]), longs('vast', [40_000, 40_000])],
    );
    const { modelFile, manifest } = await writePackage(encodeModel(model));
    const session = await openSession({ modelFile, manifest, device: 'webgpu' });
    onTestFinished(() => session.close());
    const asked = session.predict(images(3, manifest.input));
    await expect(asked).rejects.toMatchObject({
      ...{ name: 'DeviceOutOfMemoryError', device: 'webgpu', imageCount: 3 },
    });
  });
});

describe('the toy network of the WebGPU tests', () => {
  it('is a legal package', async () => {
    const { folder } = await writePackage(encodeModel(toyUnet()), toyUnetManifest);
    const checks = await checkModelPackage(folder, { timeoutMs: 30_000 });
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  });
});
