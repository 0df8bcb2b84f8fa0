import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import type { Diagnosis } from '../db.js';
import { serve, type Served } from '../testing/serve.js';
import { createToyStudy, type ToyStudy } from '../testing/toy-study.js';
import { createWorld, type World } from '../testing/world.js';

const estimate = (value: number | null, low: number | null = null, high: number | null = null) => ({
  ...{ value, low, high, standardError: null, level: 0.95, method: 'logit, clustered by patient' },
  undefinedReason: value === null ? 'no-positives' : null,
  intervalUndefinedReason: value !== null && low === null ? 'zero-variance' : null,
});

describe('the report on an evaluation', () => {
  let world: World;
  let served: Served;
  let admin: Viewer;
  let study: ToyStudy;
  let evaluationId: string;

  /** Six images in the study; four in the snapshot, one of which has no diagnosis and one no mask. */
  async function addSnapshot() {
    const { db } = world;
    const cohort = await db.cohort.create({
      data: { studyId: study.id, name: 'Hold-out', filter: { quality: ['ACCEPTED'] } },
    });
    const snapshot = await db.cohortSnapshot.create({
      data: {
        ...{ cohortId: cohort.id, contentHash: '9f3ca71e'.padEnd(64, '0') },
        ...{ imageCount: 4, patientCount: 3 },
      },
    });
    const images = await db.image.findMany({
      where: { id: { in: study.imageIds } },
      include: { lesion: { include: { diagnoses: true } }, referenceMasks: true },
      orderBy: { code: 'asc' },
    });
    for (const [position, image] of images.slice(0, 4).entries()) {
      await db.snapshotImage.create({
        data: {
          ...{ snapshotId: snapshot.id, imageId: image.id, position },
          referenceDiagnosisId: image.lesion.diagnoses[0]?.id ?? null,
          referenceMaskId: image.referenceMasks[0]?.id ?? null,
        },
      });
    }
    await db.image.update({ where: { id: images[4]!.id }, data: { quality: 'EXCLUDED' } });
    return snapshot.id;
  }

  async function addEvaluation(snapshotId: string) {
    const { db } = world;
    const model = await db.model.create({ data: { name: 'toy' } });
    const version = await db.modelVersion.create({
      data: {
        ...{ modelId: model.id, version: '1.0.0', sha256: 'c'.repeat(64), sizeBytes: 1 },
        checks: [],
        manifest: {
          ...{ licence: 'Apache-2.0', maskThreshold: 0.5 },
          ...{ input: { width: 8, height: 8, fit: 'squash' }, training: { data: 'none <at all>' } },
        },
      },
    });
    const point = (falsePositiveRate: number, truePositiveRate: number) => ({
      ...{ falsePositives: 0, truePositives: 0, threshold: 0.5 },
      ...{ falsePositiveRate, truePositiveRate },
    });
    const counts = { positives: 2, negatives: 1, patients: 3, withoutReference: 1 };
    const row = await db.evaluation.create({
      data: {
        ...{ studyId: study.id, snapshotId, metricSet: 'study-v1', metricsVersion: '0.1.0' },
        inputsHash: 'd'.repeat(64),
        results: [
          {
            ...{ modelVersionId: version.id, slot: 1 },
            tasks: [
              {
                ...{ task: 'melanoma', ...counts, auc: estimate(0.8731, 0.8124, 0.9211) },
                roc: [point(0, 0), point(0.25, 0.75), point(1, 1)],
              },
              {
                ...{ task: 'seborrheic_keratosis', ...counts, positives: 0 },
                ...{ auc: estimate(null), roc: [] },
              },
            ],
            segmentation: {
              ...{ images: 3, patients: 3, undefinedCount: 0, below065: 1, withoutReference: 1 },
              ...{ meanJaccard: estimate(0.7), meanDice: estimate(0.8, 0.75, 0.85), histogram: [] },
            },
          },
        ],
      },
    });
    return row.id;
  }

  beforeAll(async () => {
    world = await createWorld();
    served = await serve(world);
    admin = await world.admin();
    const image = (patient: string, diagnosis?: Diagnosis, maskShare?: number) => ({
      ...{ patient, red: 200, green: 10, diagnosis },
      ...(maskShare !== undefined && { maskShare }),
    });
    study = await createToyStudy(world, [
      ...[image('A', 'MELANOMA', 0.5), image('A', 'MELANOMA', 0.5), image('B', 'NEVUS')],
      ...[image('C', undefined, 0.5), image('C', 'NEVUS', 0.5), image('D', 'NEVUS', 0.5)],
    ]);
    await world.db.study.update({
      where: { id: study.id },
      data: { name: 'Moles & more', protocol: 'Does it see <melanomas>?' },
    });
    await world.db.patient.updateMany({ where: { code: 'A' }, data: { sex: 'FEMALE' } });
    evaluationId = await addEvaluation(await addSnapshot());
  });
  afterAll(async () => {
    await served.close();
    await world.close();
  });

  const get = (viewer: Viewer | undefined, ending: string) =>
    served.fetchAs(viewer, `/reports/evaluations/${evaluationId}.${ending}`);

  it('says estimates with their intervals as they were frozen, and what does not exist in words', async () => {
    const html = await (await get(admin, 'html')).text();
    expect(html).toContain('0.873 [0.812, 0.921]');
    expect(html).toContain('not defined: no positives');
    expect(html).toContain('0.700 (no interval: zero variance)');
    expect(html).toContain('logit, clustered by patient');
    expect(html).toContain('<polyline points="46.00,310.00 121.00,85.00 346.00,10.00"');
  });

  it('counts the way of the images, the participants and the references', async () => {
    const html = await (await get(admin, 'html')).text();
    const shown = [...html.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words);
    expect(shown).toEqual(
      expect.arrayContaining([
        ...['4 patients, 6 images', '1 image excluded for quality', '0 images: consent withdrawn'],
        ...['1 image outside the cohort, or added later', '3 patients, 4 images'],
        ...['1 image without a reference diagnosis', '1 image without a reference mask'],
      ]),
    );
    expect(html).toMatch(/<td>Sex<\/td><td>female<\/td><td class="number">1 \(33 %\)<\/td>/);
    expect(html).toMatch(/<td>histopathology<\/td><td class="number">3 \(75 %\)<\/td>/);
    expect(html).toMatch(/<td>no reference diagnosis<\/td><td class="number">1 \(25 %\)<\/td>/);
    expect(html).toContain('quality: [&quot;ACCEPTED&quot;]');
  });

  it('names what is missing instead of inventing it', async () => {
    const html = await (await get(admin, 'html')).text();
    expect(html).toContain('Not said by the package of toy 1.0.0: training code, training list.');
    expect(html).toContain('<td>missing: registry and number</td>');
    expect(html).toContain('<td>missing: counts at a threshold</td>');
    expect(html).toContain('Exploratory: no analysis plan was fixed beforehand');
  });

  it('carries the hashes by which the same can be computed again', async () => {
    const html = await (await get(admin, 'html')).text();
    for (const hash of ['9f3ca71e'.padEnd(64, '0'), 'c'.repeat(64), 'd'.repeat(64)]) {
      expect(html).toContain(`sha256 ${hash}`);
    }
  });

  it('lets no text of a study become markup, and may fetch nothing', async () => {
    const answer = await get(admin, 'html');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await answer.text();
    expect(html).toContain('Moles &amp; more');
    expect(html).toContain('Does it see &lt;melanomas&gt;?');
    expect(html).toContain('none &lt;at all&gt;');
    expect(html).not.toMatch(/<(script|link|img|melanomas|at)\b/);
  });

  it('is a PDF as well, with the fonts inside', async () => {
    const answer = await get(admin, 'pdf');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toContain('9f3c-a71e.pdf');
    const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.\d/);
    expect(pdf.trimEnd()).toMatch(/%%EOF$/);
    expect(pdf).toContain('Roboto-Regular');
  });

  it('is absent for strangers and needs a sign-in', async () => {
    const other = await world.db.study.create({ data: { name: 'Other', slug: 'other' } });
    const stranger = await world.member(other.id, 'STATISTICIAN');
    const auditor = await world.member(study.id, 'AUDITOR');
    for (const ending of ['html', 'pdf']) {
      expect((await get(stranger, ending)).status).toBe(404);
      expect((await get(undefined, ending)).status).toBe(401);
      expect((await get({ ...auditor, mayWrite: false }, ending)).status).toBe(200);
    }
  });
});
