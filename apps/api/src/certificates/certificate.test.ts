import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DeviceName,
  maskRunsAtSize,
  type ModelSession,
  openSession,
  parseManifest,
  type Prediction,
} from '@lesionwise/model';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import type { Diagnosis } from '../db.js';
import { sha256Of } from '../storage.js';
import { countOperations } from '../testing/count-operations.js';
import { toyPackage } from '../testing/toy-model.js';
import { createWorld, type World } from '../testing/world.js';
import { type CertificateFacts, storeCertificate } from './certificate.service.js';
import { certificateText } from './certificate-text.js';
import { type ComparedImage, compareDevices } from './compare-devices.service.js';

const files = toyPackage();
const stored = JSON.parse(String(files['manifest.json'])) as object;
const manifest = parseManifest(stored);

/** Left half of this red, right half black: the melanoma score of the toy is half of it, in 255ths. */
const reds = [40, 90, 130, 180, 230];
const diagnoses: (Diagnosis | undefined)[] = ['NEVUS', 'MELANOMA', 'NEVUS', 'MELANOMA', undefined];

describe('certificates', () => {
  let world: World;
  let folder: string;
  let modelFile: string;
  let images: ComparedImage[];

  beforeAll(async () => {
    world = await createWorld();
    folder = await mkdtemp(join(tmpdir(), 'lesionwise-certificate-'));
    modelFile = join(folder, 'model.onnx');
    await writeFile(modelFile, files['model.onnx']!);
    images = await Promise.all(
      reds.map(async (red, at) => {
        const path = join(folder, `${at}.png`);
        const half = {
          create: { width: 20, height: 20, channels: 3 as const, background: 'black' },
        };
        const bytes = await sharp({
          create: { width: 40, height: 20, channels: 3, background: { r: red, g: 10, b: 255 } },
        })
          .composite([{ input: half, left: 20, top: 0 }])
          .png()
          .toBuffer();
        await writeFile(path, bytes);
        return {
          ...{ path, sha256: sha256Of(bytes), widthPx: 40, heightPx: 20 },
          diagnosis: diagnoses[at],
        };
      }),
    );
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await world.close();
  });

  /** The real network, whose answers on the "GPU" are changed on their way, as another processor would. */
  const compare = (
    change: (answer: Prediction, at: number) => Prediction,
    { shown = images, threshold = 0.2 } = {},
  ) =>
    compareDevices({
      ...{ manifest, devices: ['webgpu'], images: shown, imageWords: 'drawn images', threshold },
      open: async (device: DeviceName): Promise<ModelSession> => {
        const session = await openSession({ modelFile, manifest, device: 'cpu' });
        if (device === 'cpu') return session;
        let asked = 0;
        return {
          ...{ device, deviceNote: 'a stand-in' },
          predict: async (pixels) => {
            const answers = await session.predict(pixels);
            return answers.map((answer) => change(answer, asked++));
          },
          close: () => session.close(),
        };
      },
    });
  const withScore = (answer: Prediction, by: number): Prediction => ({
    ...answer,
    scores: { ...answer.scores, melanoma: answer.scores.melanoma! + by },
  });

  it('finds nothing where nothing moved', async () => {
    const facts = await compare((answer) => answer);
    expect(facts).toMatchObject({ passed: true, imageCount: 5, images: 'drawn images' });
    for (const { passed, tasks, mask } of [facts.repetition, ...facts.devices]) {
      expect(passed).toBe(true);
      expect(tasks.map(({ task, largest }) => [task, largest])).toEqual([
        ['melanoma', 0],
        ['seborrheic_keratosis', 0],
      ]);
      expect(mask).toMatchObject({ largest: 0, pixelsChanged: 0, masksChanged: 0 });
      expect(mask!.pixelsCompared).toBe(5 * 40 * 20);
    }
    // Worked by hand: NEVUS, MELANOMA, NEVUS, MELANOMA in rising order: 3 of 4 pairs are in order.
    expect(facts.devices[0]!.tasks[0]).toMatchObject({ referenceAuc: 0.75, auc: 0.75 });
    // No seborrheic keratosis among them: there is no AUC.
    expect(facts.devices[0]!.tasks[1]).toMatchObject({ referenceAuc: null, auc: null });
    expect(facts.imagesHash).toBe(
      sha256Of(Buffer.from(images.map(({ sha256 }) => sha256).join('\n'))),
    );
    expect(facts.machine.runtime).toMatch(/^onnxruntime-node \d+\.\d+/);
  });

  it('passes scores that move without anybody noticing, and says how far', async () => {
    const facts = await compare((answer, at) => withScore(answer, at === 2 ? 3e-7 : 1e-8));
    const [melanoma] = facts.devices[0]!.tasks;
    expect(facts.passed).toBe(true);
    expect(melanoma!.largest).toBeCloseTo(3e-7, 12);
    expect(melanoma!.median).toBeCloseTo(1e-8, 12);
    expect(melanoma).toMatchObject({ callsChanged: 0, ranksChanged: 0 });
    expect(facts.repetition.tasks[0]!.largest).toBe(0);
  });

  it('fails a call that changes', async () => {
    // 90 / 510 = 0.176 is below 0.2; it is lifted above, and stays in its place among the others.
    const facts = await compare((answer, at) => withScore(answer, at === 1 ? 0.05 : 0));
    expect(facts).toMatchObject({ passed: false, repetition: { passed: true } });
    expect(facts.devices[0]!.tasks[0]).toMatchObject({
      callsChanged: 1,
      ranksChanged: 0,
      auc: 0.75,
    });
  });

  it('fails an AUC that changes though no call does, and no rank within one class', async () => {
    // The third, a nevus, falls below the second, a melanoma: all four pairs are in order.
    const turned = await compare((answer, at) => withScore(answer, at === 2 ? -0.1 : 0), {
      threshold: 0.9,
    });
    expect(turned.passed).toBe(false);
    expect(turned.devices[0]!.tasks[0]).toMatchObject({
      ...{ callsChanged: 0, ranksChanged: 2, referenceAuc: 0.75, auc: 1 },
    });
    // The fifth, of which nobody knows the diagnosis, falls below the fourth.
    const among = await compare((answer, at) => withScore(answer, at === 4 ? -0.12 : 0), {
      threshold: 0.9,
    });
    expect(among.passed).toBe(true);
    expect(among.devices[0]!.tasks[0]).toMatchObject({ ranksChanged: 2, auc: 0.75 });
  });

  it('fails any rank that changes where no label is known', async () => {
    const shown = images.map((image) => ({ ...image, diagnosis: undefined }));
    const facts = await compare((answer, at) => withScore(answer, at === 2 ? -0.1 : 0), {
      ...{ shown, threshold: 0.9 },
    });
    expect(facts.passed).toBe(false);
    expect(facts.devices[0]!.tasks[0]).toMatchObject({ ranksChanged: 2, auc: null });
  });

  it('counts the pixels of masks that change sides, at the size of the image', async () => {
    let [before, after] = [0, 0];
    const facts = await compare((answer, at) => {
      if (at !== 3) return answer;
      const mask = answer.mask!.map((p) => Math.min(1, p + 0.25));
      const area = (probability: Float32Array) => {
        const from = { widthPx: 16, heightPx: 16 };
        const { edges } = maskRunsAtSize(probability, from, images[0]!, 0.5);
        return edges.reduce((sum, edge, i) => sum + (i % 2 === 0 ? -edge : edge), 0);
      };
      [before, after] = [area(answer.mask!), area(mask)];
      return { ...answer, mask };
    });
    expect(after).toBeGreaterThan(before);
    const { mask } = facts.devices[0]!;
    expect(mask).toMatchObject({ masksChanged: 1, pixelsChanged: after - before, median: 0 });
    expect(mask!.largest).toBeCloseTo(0.25, 6);
  });

  it('closes what it opened when an image cannot be read, or a device is missing', async () => {
    const broken = { ...images[0]!, path: join(folder, 'model.onnx') };
    await expect(compare((answer) => answer, { shown: [broken] })).rejects.toMatchObject({
      name: 'ImageFileError',
    });
    let closed = 0;
    const opened = compareDevices({
      ...{ manifest, devices: ['cuda'], images, imageWords: 'drawn images', threshold: 0.5 },
      open: async (device) => {
        const session = await openSession({ modelFile, manifest, device });
        return {
          ...{ device, deviceNote: '', predict: (pixels) => session.predict(pixels) },
          close: async () => {
            closed += 1;
            await session.close();
          },
        };
      },
    });
    // Where a machine has CUDA, both are opened and both are closed.
    const outcome = await opened.catch((error: unknown) => error);
    expect(closed).toBe((outcome as Error).name === 'DeviceUnavailableError' ? 1 : 2);
  });

  describe('kept with the version', () => {
    const query = /* GraphQL */ `
      query ($name: String!, $version: String!) {
        modelVersion(name: $name, version: $version) {
          certificates {
            passed
            imageCount
            imagesHash
            images
            threshold
            machine {
              cores
              runtime
            }
            repetition {
              device
              passed
            }
            devices {
              device
              deviceNote
              msPerImage
              passed
              tasks {
                task
                largest
                callsChanged
                ranksChanged
                referenceAuc
                auc
              }
              mask {
                largest
                pixelsChanged
                pixelsCompared
              }
            }
            issuedBy {
              id
            }
          }
        }
      }
    `;
    let admin: Viewer;
    let facts: CertificateFacts;
    let modelId: string;
    const register = (version: string) =>
      world.db.modelVersion.create({
        data: {
          modelId,
          version,
          sha256: manifest.sha256,
          sizeBytes: 1,
          manifest: stored,
          checks: [],
        },
      });

    beforeAll(async () => {
      admin = await world.admin();
      modelId = (await world.db.model.create({ data: { name: 'toy' } })).id;
      facts = await compare((answer, at) => withScore(answer, at === 1 ? 0.05 : 0));
    });

    it('is shown with it, newest first, and never with another', async () => {
      const { id } = await register('1.0.0');
      await register('2.0.0');
      await storeCertificate(world.db, admin, id, facts);
      await storeCertificate(world.db, admin, id, { ...facts, passed: true, imageCount: 7 });
      const ask = async (version: string) => {
        const { data } = await world.ask(admin, query, { name: 'toy', version });
        return data['modelVersion'].certificates as Record<string, any>[];
      };
      const [newest, oldest, ...rest] = await ask('1.0.0');
      expect(rest).toEqual([]);
      expect(newest).toMatchObject({ passed: true, imageCount: 7 });
      expect(oldest).toMatchObject({
        ...{ passed: false, imageCount: 5, imagesHash: facts.imagesHash, threshold: 0.2 },
        ...{ machine: { runtime: facts.machine.runtime }, issuedBy: { id: admin.id } },
        repetition: { device: 'cpu', passed: true },
      });
      expect(oldest!['devices']).toMatchObject([
        {
          ...{ device: 'webgpu', deviceNote: 'a stand-in', passed: false },
          tasks: [{ task: 'MELANOMA', callsChanged: 1, referenceAuc: 0.75 }, { auc: null }],
          mask: { largest: 0, pixelsChanged: 0, pixelsCompared: 4000 },
        },
      ]);
      expect(await ask('2.0.0')).toEqual([]);
    });

    it('costs one read however many versions there are', async () => {
      const list = /* GraphQL */ `
        {
          models {
            versions {
              certificates {
                passed
                issuedBy {
                  id
                }
              }
            }
          }
        }
      `;
      const before = await countOperations(world, admin, list);
      for (const version of ['3.0.0', '3.1.0', '3.2.0']) {
        await storeCertificate(world.db, admin, (await register(version)).id, facts);
      }
      expect(await countOperations(world, admin, list)).toBe(before);
    });

    it('is kept for those only who may register versions', async () => {
      const study = await world.db.study.create({ data: { slug: 'certificates', name: 'C' } });
      const { id } = await register('4.0.0');
      for (const role of ['AUDITOR', 'STATISTICIAN', 'READER'] as const) {
        const viewer = await world.member(study.id, role);
        await expect(storeCertificate(world.db, viewer, id, facts)).rejects.toMatchObject({
          code: 'FORBIDDEN',
        });
      }
      expect(await world.db.certificate.count({ where: { modelVersionId: id } })).toBe(0);
      const engineer = await world.member(study.id, 'ML_ENGINEER');
      await storeCertificate(world.db, engineer, id, facts);
      expect(await world.db.certificate.count({ where: { modelVersionId: id } })).toBe(1);
    });

    it('reads in words', () => {
      const text = certificateText({ model: 'toy 1.0.0', certificateId: null, ...facts });
      expect(text).toContain('toy 1.0.0 on 5 drawn images');
      expect(text).toContain('webgpu: FAILED');
      expect(text).toContain('5.0e-2 (most); 1 calls and 0 ranks change; AUC 0.7500 and 0.7500');
      expect(text).toContain('Not certified');
    });
  });
});
