import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import {
  AnatomicSite,
  Diagnosis,
  DiagnosisMethod,
  FitzpatrickSkinType,
  type ImageQuality,
  Prisma,
  Sex,
} from '../db.js';
import { countOperations } from '../testing/count-operations.js';
import { createWorld, type World } from '../testing/world.js';
import { imageSetSql, takesPart } from './image-filter.service.js';

const listImages = /* GraphQL */ `
  query ($first: Int, $after: String, $filter: ImageFilter, $sort: ImageSort) {
    study(slug: "pigment") {
      images(first: $first, after: $after, filter: $filter, sort: $sort) {
        totalCount
        patientCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            code
            url
            study {
              slug
            }
            lesion {
              patient {
                code
              }
              diagnosis {
                diagnosis
              }
              images {
                code
              }
            }
            referenceMask {
              version
              url
              author {
                name
              }
            }
          }
        }
      }
    }
  }
`;
const facetsQuery = /* GraphQL */ `
  query ($filter: ImageFilter) {
    study(slug: "pigment") {
      imageFacets(filter: $filter) {
        field
        values {
          value
          count
        }
      }
    }
  }
`;

/** What the tests know of an image without asking the database. */
interface Known {
  id: string;
  code: string;
  patient: string;
  sex: Sex | null;
  skinType: FitzpatrickSkinType | null;
  ageYears: number | null;
  consent: 'ACTIVE' | 'WITHDRAWN';
  anatomicSite: AnatomicSite | null;
  diagnosis: Diagnosis | null;
  method: DiagnosisMethod | null;
  hasMask: boolean;
  quality: ImageQuality;
  createdAt: string;
  score: number | null;
  jaccard: number | null;
  error: number | null;
}

const pick = <T>(values: readonly T[], i: number) => values[i % values.length] as T;
const count = 60;

describe('lists of images', () => {
  let world: World;
  let reader: Viewer;
  let stranger: Viewer;
  let studyId: string;
  let otherStudyId: string;
  let versionId: string;
  let known: Known[];

  beforeAll(async () => {
    world = await createWorld();
    const study = await world.db.study.create({ data: { slug: 'pigment', name: 'Pigment' } });
    const other = await world.db.study.create({ data: { slug: 'other', name: 'Other' } });
    studyId = study.id;
    otherStudyId = other.id;
    reader = await world.member(studyId, 'READER');
    stranger = await world.member(otherStudyId, 'COORDINATOR');
    versionId = await createVersion('1.0.0');
    known = await createImages();
    const foreign = await world.db.patient.create({ data: { studyId: otherStudyId, code: 'F' } });
    const lesion = await world.db.lesion.create({
      data: { studyId: otherStudyId, patientId: foreign.id, code: 'L' },
    });
    await world.db.image.create({
      data: { ...pixels(999), studyId: otherStudyId, lesionId: lesion.id, code: 'FOREIGN' },
    });
  });
  afterAll(() => world.close());

  const pixels = (i: number) => ({
    widthPx: 20,
    heightPx: 10,
    sizeBytes: 100,
    sha256: i.toString(16).padStart(64, '0'),
  });

  async function createVersion(version: string) {
    const model = await world.db.model.create({
      data: {
        name: `model-${version}`,
        versions: {
          create: { version, sha256: '0'.repeat(64), sizeBytes: 1, manifest: {}, checks: [] },
        },
      },
      include: { versions: true },
    });
    return model.versions[0]!.id;
  }

  /** Values repeat with coprime periods, so that every kind of tie and gap occurs. */
  async function createImages(): Promise<Known[]> {
    const run = await world.db.inferenceRun.create({
      data: { studyId, number: 1, modelVersionId: versionId, totalCount: count },
    });
    const patients = await Promise.all(Array.from({ length: 14 }, (_, p) => createPatient(p)));
    const images: Known[] = [];
    for (let i = 0; i < count; i += 1) {
      images.push(await createImage(i, pick(patients, i), run.id));
    }
    return images;
  }

  async function createPatient(p: number) {
    const facts = {
      sex: pick([...Object.values(Sex), null], p),
      skinType: pick([null, ...Object.values(FitzpatrickSkinType)], p),
      ageYears: pick([null, 20, 45, 45, 85], p),
      consent: pick(['ACTIVE', 'ACTIVE', 'WITHDRAWN'] as const, p),
    };
    const code = `P_${String((p * 5) % 14).padStart(2, '0')}`;
    const { id } = await world.db.patient.create({ data: { studyId, code, ...facts } });
    return { id, facts: { patient: code, ...facts } };
  }

  async function createImage(
    i: number,
    patient: Awaited<ReturnType<typeof createPatient>>,
    runId: string,
  ): Promise<Known> {
    const anatomicSite = pick([null, ...Object.values(AnatomicSite)], i);
    const lesion = await world.db.lesion.create({
      data: { studyId, patientId: patient.id, code: `L${i}`, anatomicSite },
    });
    const diagnosis = pick([...Object.values(Diagnosis), null], i * 3);
    const method = diagnosis && pick(Object.values(DiagnosisMethod), i);
    if (diagnosis && method) await diagnose(lesion.id, diagnosis, method);
    const code = `ISIC_${String((i * 37) % 1000).padStart(7, '0')}`;
    const createdAt = new Date(Date.UTC(2026, 0, 1 + (i % 7)));
    const quality = pick(['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'EXCLUDED'] as const, i);
    const image = await world.db.image.create({
      data: { ...pixels(i), studyId, lesionId: lesion.id, code, createdAt, quality },
    });
    const maskId = i % 3 === 0 ? null : await drawMask(image.id);
    const score = i % 4 === 0 ? null : ((i * 7) % 10) / 10;
    const agreement = agreementOf(i);
    if (score !== null) await predict(image.id, runId, { score, maskId, agreement });
    const { truePositivePx, union } = agreement;
    return {
      ...patient.facts,
      ...{ id: image.id, code, anatomicSite, diagnosis, method, quality, score },
      hasMask: maskId !== null,
      createdAt: createdAt.toISOString(),
      jaccard: score !== null && maskId && union > 0 ? truePositivePx / union : null,
      error: errorOf(diagnosis, score),
    };
  }

  const errorOf = (diagnosis: Diagnosis | null, score: number | null) =>
    score !== null && diagnosis ? Math.abs(Number(diagnosis === 'MELANOMA') - score) : null;

  /** The version that was superseded says something else, and must count nowhere. */
  async function diagnose(lesionId: string, diagnosis: Diagnosis, method: DiagnosisMethod) {
    await world.db.referenceDiagnosis.createMany({
      data: [
        { lesionId, method, version: 1, diagnosis: 'DERMATOFIBROMA', supersededAt: new Date() },
        { lesionId, method, version: 2, diagnosis },
      ],
    });
  }

  async function drawMask(imageId: string) {
    const size = { widthPx: 20, heightPx: 10, areaPx: 5 };
    const { id } = await world.db.referenceMask.create({
      data: { imageId, version: 1, ...size, png: Buffer.from('png'), authorId: reader.id },
    });
    return id;
  }

  /** Now and then both masks are empty, so that Jaccard does not exist. */
  const agreementOf = (i: number) =>
    i % 11 === 1 ? { truePositivePx: 0, union: 0 } : { truePositivePx: i % 5, union: 7 };

  async function predict(
    imageId: string,
    runId: string,
    answer: { score: number; maskId: string | null; agreement: ReturnType<typeof agreementOf> },
  ) {
    const prediction = await world.db.prediction.create({
      data: {
        modelVersionId: versionId,
        imageId,
        runId,
        device: 'cpu',
        scores: { create: { task: 'melanoma', probability: answer.score } },
      },
    });
    if (!answer.maskId) return;
    const { truePositivePx, union } = answer.agreement;
    const falsePositivePx = Math.min(union, 1);
    await world.db.maskAgreement.create({
      data: {
        predictionId: prediction.id,
        referenceMaskId: answer.maskId,
        truePositivePx,
        falsePositivePx,
        falseNegativePx: union - falsePositivePx - truePositivePx,
        trueNegativePx: 200 - union,
      },
    });
  }

  /** Every page of a list, put together. */
  async function allCodes(variables: Record<string, unknown>, first = 7) {
    const codes: string[] = [];
    let after: string | null = null;
    do {
      const answer: Awaited<ReturnType<typeof world.ask>> = await world.ask(reader, listImages, {
        first,
        after,
        ...variables,
      });
      expect(answer.messages).toEqual([]);
      const page = answer.data['study'].images;
      codes.push(...page.edges.map((edge: any) => edge.node.code as string));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    return codes;
  }

  const codesOf = (images: Known[]) => images.map(({ code }) => code).sort();
  const version = () => ({ modelVersionId: versionId, task: 'MELANOMA' });

  const filters: [
    string,
    (version: string) => Record<string, unknown>,
    (image: Known) => boolean,
  ][] = [
    ['nothing', () => ({}), () => true],
    ['empty lists', () => ({ diagnosis: [], sex: [], search: ' ' }), () => true],
    [
      'diagnosis',
      () => ({ diagnosis: ['MELANOMA', 'NEVUS'] }),
      (i) => i.diagnosis === 'MELANOMA' || i.diagnosis === 'NEVUS',
    ],
    [
      'a superseded diagnosis',
      () => ({ diagnosis: ['DERMATOFIBROMA'] }),
      (i) => i.diagnosis === 'DERMATOFIBROMA',
    ],
    ['method', () => ({ method: ['FOLLOW_UP'] }), (i) => i.method === 'FOLLOW_UP'],
    ['hasDiagnosis', () => ({ hasDiagnosis: false }), (i) => i.diagnosis === null],
    ['hasMask', () => ({ hasMask: true }), (i) => i.hasMask],
    ['no mask', () => ({ hasMask: false }), (i) => !i.hasMask],
    ['sex', () => ({ sex: ['FEMALE', 'OTHER'] }), (i) => i.sex === 'FEMALE' || i.sex === 'OTHER'],
    ['skinType', () => ({ skinType: ['V'] }), (i) => i.skinType === 'V'],
    [
      'anatomicSite',
      () => ({ anatomicSite: ['PALMS_SOLES'] }),
      (i) => i.anatomicSite === 'PALMS_SOLES',
    ],
    ['ageYears', () => ({ ageYears: { min: 45, max: 80 } }), (i) => i.ageYears === 45],
    ['an open age range', () => ({ ageYears: {} }), (i) => i.ageYears !== null],
    ['quality', () => ({ quality: ['EXCLUDED'] }), (i) => i.quality === 'EXCLUDED'],
    [
      'search for an image',
      () => ({ search: 'isic_00000' }),
      (i) => i.code.startsWith('ISIC_00000'),
    ],
    ['search for a patient', () => ({ search: 'P_03' }), (i) => i.patient === 'P_03'],
    ['search for a wildcard', () => ({ search: '%' }), () => false],
    [
      'jaccard',
      (modelVersionId) => ({ jaccard: { modelVersionId, range: { min: 1 / 7, max: 3 / 7 } } }),
      (i) => i.jaccard !== null && i.jaccard >= 1 / 7 && i.jaccard <= 3 / 7,
    ],
    [
      'score',
      (modelVersionId) => ({ score: { modelVersionId, task: 'MELANOMA', range: { min: 0.5 } } }),
      (i) => i.score !== null && i.score >= 0.5,
    ],
    [
      'a score of another task',
      (modelVersionId) => ({ score: { modelVersionId, task: 'SEBORRHEIC_KERATOSIS', range: {} } }),
      () => false,
    ],
    [
      'several conditions',
      () => ({ hasMask: true, sex: ['MALE'], quality: ['ACCEPTED'], hasDiagnosis: true }),
      (i) => i.hasMask && i.sex === 'MALE' && i.quality === 'ACCEPTED' && i.diagnosis !== null,
    ],
  ];

  it.each(filters)('hold what the filter says: %s', async (_name, filterOf, holds) => {
    const expected = known.filter(holds);
    const filter = filterOf(versionId);
    const { data, messages } = await world.ask(reader, listImages, { filter, first: 200 });
    expect(messages).toEqual([]);
    const { edges, totalCount, patientCount } = data['study'].images;
    expect(edges.map((edge: any) => edge.node.code)).toEqual(codesOf(expected));
    expect(totalCount).toBe(expected.length);
    expect(patientCount).toBe(new Set(expected.map(({ patient }) => patient)).size);
  });

  it('have at least one image for every condition that is tried, so that none is tried in vain', () => {
    const empty = filters.filter(([, , holds]) => !known.some(holds)).map(([name]) => name);
    expect(empty).toEqual(['search for a wildcard', 'a score of another task']);
  });

  it('take images by their ids, none for an empty list, and leave out ids that are none', async () => {
    const chosen = known.slice(3, 6);
    const imageIds = [...chosen.map(({ id }) => id), 'no-id'];
    expect(await allCodes({ filter: { imageIds } })).toEqual(codesOf(chosen));
    expect(await allCodes({ filter: { imageIds: [] } })).toEqual([]);
  });

  it('apply the saved filter of a cohort, and of the cohort that it builds on', async () => {
    const inner = await world.db.cohort.create({
      data: {
        studyId,
        name: 'Scored high',
        filter: {
          score: { modelVersionId: versionId, task: 'MELANOMA', range: { min: 0.5 } },
        },
      },
    });
    const outer = await world.db.cohort.create({
      data: { studyId, name: 'With masks', filter: { cohortId: inner.id, hasMask: true } },
    });
    const expected = known.filter((i) => i.hasMask && (i.score ?? 0) >= 0.5 && i.sex === 'FEMALE');
    expect(expected.length).toBeGreaterThan(0);
    expect(await allCodes({ filter: { cohortId: outer.id, sex: ['FEMALE'] } })).toEqual(
      codesOf(expected),
    );
    const foreign = await world.db.cohort.create({
      data: { studyId: otherStudyId, name: 'Foreign', filter: {} },
    });
    for (const cohortId of [foreign.id, 'no-id', crypto.randomUUID()]) {
      // Not even for who may see both studies: a cohort belongs to one.
      for (const viewer of [reader, await world.admin()]) {
        const { codes } = await world.ask(viewer, listImages, { filter: { cohortId } });
        expect(codes).toEqual(['NOT_FOUND']);
      }
    }
  });

  const ascending = (a: any, b: any) => (a < b ? -1 : a > b ? 1 : 0);
  const sorts: [string, (image: Known) => string | number | null][] = [
    ['CODE', (i) => i.code],
    ['PATIENT', (i) => i.patient],
    ['CREATED', (i) => i.createdAt],
    ['JACCARD', (i) => i.jaccard],
    ['SCORE', (i) => i.score],
    ['TASK_ERROR', (i) => i.error],
  ];
  it.each(
    sorts.flatMap(([field, value]) => ['ASC', 'DESC'].map((d) => [field, d, value] as const)),
  )(
    'come each once over all pages, by %s %s, what is undefined last',
    async (field, direction, value) => {
      const codes = await allCodes({ sort: { field, direction, ...version() } });
      expect([...codes].sort()).toEqual(codesOf(known));
      const byCode = new Map(known.map((image) => [image.code, image]));
      const values = codes.map((code) => value(byCode.get(code)!));
      const defined = values.filter((one) => one !== null);
      const sign = direction === 'ASC' ? 1 : -1;
      expect(values).toEqual([
        ...[...defined].sort((a, b) => sign * ascending(a, b)),
        ...values.filter((one) => one === null),
      ]);
      // Whatever the page size, the same order: no row hides between two pages of equal values.
      expect(await allCodes({ sort: { field, direction, ...version() } }, 200)).toEqual(codes);
    },
  );

  it('refuse a sort or filter that lacks what it needs, and a cursor of another order', async () => {
    const byScore = { field: 'SCORE', direction: 'ASC', ...version() };
    const { data } = await world.ask(reader, listImages, { first: 5, sort: byScore });
    const scoreCursor = data['study'].images.pageInfo.endCursor;
    for (const variables of [
      { sort: { field: 'SCORE', modelVersionId: versionId } },
      { sort: { field: 'JACCARD' } },
      { sort: { field: 'JACCARD', modelVersionId: 'no-id' } },
      { filter: { jaccard: { modelVersionId: 'no-id', range: {} } } },
      { after: scoreCursor },
      { after: scoreCursor, sort: { field: 'CREATED' } },
      { after: 'nonsense' },
      { first: 201 },
    ]) {
      expect((await world.ask(reader, listImages, variables)).codes).toEqual(['INVALID_INPUT']);
    }
  });

  const facetFields: [string, (image: Known) => string, string[]][] = [
    ['diagnosis', (i) => i.diagnosis ?? 'NONE', ['diagnosis', 'hasDiagnosis']],
    ['method', (i) => i.method ?? 'NONE', ['method']],
    ['anatomicSite', (i) => i.anatomicSite ?? 'NONE', ['anatomicSite']],
    ['skinType', (i) => i.skinType ?? 'NONE', ['skinType']],
    ['sex', (i) => i.sex ?? 'NONE', ['sex']],
    ['hasMask', (i) => String(i.hasMask), ['hasMask']],
    ['quality', (i) => i.quality, ['quality']],
  ];
  it('count the values of each field under the other conditions', async () => {
    const filter = {
      sex: ['FEMALE', 'MALE'],
      hasMask: true,
      diagnosis: ['NEVUS', 'MELANOMA', 'OTHER_BENIGN'],
    };
    const holds: Record<string, (image: Known) => boolean> = {
      sex: (i) => i.sex === 'FEMALE' || i.sex === 'MALE',
      hasMask: (i) => i.hasMask,
      diagnosis: (i) => filter.diagnosis.includes(i.diagnosis ?? ''),
    };
    const { data } = await world.ask(reader, facetsQuery, { filter });
    const facets = data['study'].imageFacets as { field: string; values: any[] }[];
    expect(facets.map(({ field }) => field)).toEqual(facetFields.map(([field]) => field));
    for (const [field, value, own] of facetFields) {
      const counted = known.filter((image) =>
        Object.entries(holds).every(([name, condition]) => own.includes(name) || condition(image)),
      );
      const expected = Object.entries(Object.groupBy(counted, value)).map(([name, images]) => ({
        value: name,
        count: images!.length,
      }));
      const found = facets.find((facet) => facet.field === field)!.values;
      expect(
        found.toSorted((a, b) => ascending(a.value, b.value)),
        field,
      ).toEqual(expected.toSorted((a, b) => ascending(a.value, b.value)));
    }
    const skinTypes = facets.find(({ field }) => field === 'skinType')!.values;
    const order = [...Object.keys(FitzpatrickSkinType), 'NONE'];
    expect(skinTypes.map(({ value }) => order.indexOf(value))).toEqual(
      skinTypes.map(({ value }) => order.indexOf(value)).sort((a, b) => a - b),
    );
  });

  it('give cohorts the same set, from which the excluded and withdrawn can be taken', async () => {
    const set = await imageSetSql(world.db, reader, studyId, { hasMask: true });
    const rows = await world.db.$queryRaw<{ code: string }[]>`
      SELECT i.code FROM "Image" i WHERE ${set} AND ${takesPart}`;
    const expected = known.filter(
      (i) => i.hasMask && i.quality === 'ACCEPTED' && i.consent === 'ACTIVE',
    );
    expect(rows.map(({ code }) => code).sort()).toEqual(codesOf(expected));
    const unseen = await imageSetSql(world.db, stranger, studyId, {});
    expect(
      await world.db.$queryRaw(Prisma.sql`SELECT i.id FROM "Image" i WHERE ${unseen}`),
    ).toEqual([]);
  });

  it('show strangers nothing, in any list, count or facet', async () => {
    const hidden = await world.ask(stranger, listImages, {});
    expect(hidden.data).toEqual({ study: null });
    const { data } = await world.ask(
      stranger,
      `query ($ids: [ID!]) { study(slug: "other") {
        images(filter: { imageIds: $ids }) { totalCount patientCount edges { cursor } }
        imageFacets(filter: { imageIds: $ids }) { values { count } }
        image(code: "${known[0]!.code}") { id } } }`,
      { ids: known.map(({ id }) => id) },
    );
    expect(data['study'].images).toEqual({ totalCount: 0, patientCount: 0, edges: [] });
    expect(data['study'].image).toBeNull();
    expect(data['study'].imageFacets.flatMap((facet: any) => facet.values)).toEqual([]);
  });

  it('ask the database equally often whatever the size of the page', async () => {
    const operations = (first: number) => countOperations(world, reader, listImages, { first });
    expect(await operations(50)).toBe(await operations(2));
  });
});
