import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Context, Viewer } from '../context.js';
import {
  emptyFolder,
  filesUnder,
  imageId,
  imagePath,
  labelsPath,
  maskPath,
  metadataPath,
  part,
  smallJpeg,
  smallMask,
  soundFolder,
  type TestFolder,
} from '../testing/challenge-folder.js';
import { createWorld, type World } from '../testing/world.js';
import { type FolderImport, importFolder } from './import-folder.service.js';
import { splits } from './challenge-folder.js';

describe('importing a folder', () => {
  let world: World;
  let admin: Viewer;
  let services: Context;
  let studies = 0;
  const folders: TestFolder[] = [];

  beforeAll(async () => {
    world = await createWorld();
    admin = await world.admin();
    services = world.contextFor(admin);
  });
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => folder.close()));
  });
  afterAll(() => world.close());

  const opened = async (folder: Promise<TestFolder>) => {
    folders.push(await folder);
    return folder;
  };
  const newStudy = async (isSynthetic = false) => {
    studies += 1;
    const slug = `study-${studies}`;
    return world.db.study.create({ data: { slug, name: slug, isSynthetic } });
  };
  const run = (slug: string, folder: TestFolder, options: Partial<FolderImport> = {}) =>
    importFolder(services, admin, { folder: folder.root, slug, ...options });
  /** Everything that an import could have written. */
  const everything = async () => ({
    patients: await world.db.patient.count(),
    lesions: await world.db.lesion.count(),
    images: await world.db.image.count(),
    diagnoses: await world.db.referenceDiagnosis.count(),
    masks: await world.db.referenceMask.count(),
    imports: await world.db.import.count(),
    studies: await world.db.study.count(),
    // But for the note of what was brought last, which the next import reads.
    files: (await filesUnder(world.storage.folder)).filter((path) => !path.endsWith('brought'))
      .length,
  });

  it('adds patients, lesions, images, diagnoses and masks, each as the folder says', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(7));
    const { isApplied, report } = await run(study.slug, folder, { reason: 'November' });
    expect(isApplied).toBe(true);
    expect(report).toMatchObject({
      ...{ imagesRead: 7, masksRead: 7, imagesToAdd: 7, masksToAdd: 7, diagnosesToAdd: 7 },
      ...{ patientsToAdd: 7, lesionsToAdd: 7, skipped: 0, duplicates: 0, withError: 0 },
      ...{ withoutMask: 0, isSynthetic: false },
      problems: [{ code: 'NO_PATIENT_IDS', severity: 'WARNING', count: 7 }],
    });
    const image = await world.db.image.findUniqueOrThrow({
      where: { studyId_code: { studyId: study.id, code: imageId(1) } },
      include: {
        import: true,
        referenceMasks: true,
        lesion: { include: { patient: true, diagnoses: true } },
      },
    });
    expect(image).toMatchObject({
      ...{ widthPx: 64, heightPx: 48, copyNumber: 0, quality: 'ACCEPTED' },
      import: { state: 'APPLIED', reason: 'November', createdById: admin.id },
      referenceMasks: [{ version: 1, widthPx: 64, heightPx: 48, areaPx: 9 * 10 }],
      lesion: {
        code: 'L1',
        patient: { code: imageId(1), sex: 'FEMALE', ageYears: 35 },
        diagnoses: [{ version: 1, diagnosis: 'SEBORRHEIC_KERATOSIS', method: 'NOT_RECORDED' }],
      },
    });
    for (const kind of ['originals', 'display', 'thumbnails'] as const) {
      expect(await world.storage.has(kind, image.sha256)).toBe(true);
    }
    const original = await readFile(join(folder.root, imagePath(imageId(1))));
    expect(await world.storage.read('originals', image.sha256)).toEqual(original);
  });

  it('adds nothing the second time, whether duplicates are skipped or kept', async () => {
    for (const duplicates of ['SKIP', 'KEEP'] as const) {
      const study = await newStudy();
      const folder = await opened(soundFolder(5));
      // Two more with the bytes of the first, one under a public id and one under a private one.
      const bytes = await smallJpeg({ seed: 0 });
      await folder.put(imagePath('ISIC_0000099'), bytes);
      await folder.put(imagePath('patient-file-7'), bytes);
      await run(study.slug, folder, { duplicates });
      const before = await everything();
      const { report } = await run(study.slug, folder, { duplicates });
      const isKept = duplicates === 'KEEP';
      expect(report).toMatchObject({
        ...{ imagesToAdd: 0, masksToAdd: 0, patientsToAdd: 0, lesionsToAdd: 0, diagnosesToAdd: 0 },
        ...{ skipped: isKept ? 7 : 5, duplicates: isKept ? 0 : 2 },
      });
      expect(await everything()).toEqual({ ...before, imports: before.imports + 1 });
    }
  });

  it('keeps copies on purpose with their numbers, at the lesion of the first', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(2));
    await folder.put(imagePath('ISIC_0000098'), await smallJpeg({ seed: 0 }));
    await folder.put(imagePath('ISIC_0000099'), await smallJpeg({ seed: 0 }));
    const skipped = await run(study.slug, folder);
    expect(skipped.report).toMatchObject({ imagesToAdd: 2, duplicates: 2 });
    expect(skipped.report.problems).toContainEqual(
      expect.objectContaining({
        ...{ code: 'DUPLICATE', count: 2 },
        examples: ['ISIC_0000098 = ISIC_0000000', 'ISIC_0000099 = ISIC_0000000'],
      }),
    );
    // What was skipped before is kept now.
    const kept = await run(study.slug, folder, { duplicates: 'KEEP' });
    expect(kept.report).toMatchObject({ imagesToAdd: 2, skipped: 2, patientsToAdd: 0 });
    const copies = await world.db.image.findMany({
      where: { studyId: study.id },
      orderBy: { code: 'asc' },
    });
    expect(copies.map(({ code, copyNumber }) => [code, copyNumber])).toEqual([
      ['ISIC_0000000', 0],
      ['ISIC_0000001', 0],
      ['ISIC_0000098', 1],
      ['ISIC_0000099', 2],
    ]);
    expect(new Set([copies[0], copies[2], copies[3]].map((copy) => copy!.lesionId)).size).toBe(1);
  });

  it('gives a copy with another diagnosis a lesion of its own', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(1));
    await folder.put(imagePath('ISIC_0000099'), await smallJpeg({ seed: 0 }));
    await folder.put(
      labelsPath,
      'image_id,melanoma,seborrheic_keratosis\nISIC_0000000,1,0\nISIC_0000099,0,0\n',
    );
    await run(study.slug, folder, { duplicates: 'KEEP' });
    const lesions = await world.db.lesion.findMany({
      where: { studyId: study.id },
      include: { images: true, diagnoses: true },
      orderBy: { patient: { code: 'asc' } },
    });
    expect(lesions).toMatchObject([
      { images: [{ code: 'ISIC_0000000' }], diagnoses: [{ diagnosis: 'MELANOMA' }] },
      { images: [{ code: 'ISIC_0000099' }], diagnoses: [{ diagnosis: 'NEVUS' }] },
    ]);
  });

  it('adds masks and diagnoses that come later, and leaves those that differ', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(3));
    const whole = await readFile(join(folder.root, labelsPath), 'utf8');
    await folder.put(labelsPath, whole.split('\n').slice(0, 2).join('\n'));
    const [lateId, otherId] = [imageId(1), imageId(2)];
    await folder.remove(maskPath(lateId));
    const first = await run(study.slug, folder);
    expect(first.report).toMatchObject({ masksToAdd: 2, diagnosesToAdd: 1, withoutMask: 1 });
    expect(first.report.problems.map(({ code, count }) => [code, count])).toEqual([
      ['NO_PATIENT_IDS', 3],
      ['LABEL_MISSING', 2],
      ['MASK_MISSING', 1],
    ]);

    await folder.put(maskPath(lateId), await smallMask({ seed: 1 }));
    await folder.put(maskPath(otherId), await smallMask({ seed: 7 }));
    await folder.put(labelsPath, whole.replace(`${imageId(0)},1,0`, `${imageId(0)},0,1`));
    const second = await run(study.slug, folder);
    expect(second.report).toMatchObject({
      ...{ imagesToAdd: 0, masksToAdd: 1, diagnosesToAdd: 2, skipped: 3, withError: 0 },
      withWarning: 2,
    });
    expect(second.report.problems).toMatchObject([
      { code: 'DIAGNOSIS_CHANGED', examples: [expect.stringContaining(imageId(0))] },
      { code: 'MASK_CHANGED', examples: [otherId] },
    ]);
    const diagnoses = await world.db.referenceDiagnosis.findMany({
      where: { lesion: { studyId: study.id } },
    });
    expect(diagnoses.map(({ version }) => version)).toEqual([1, 1, 1]);
    expect(diagnoses.map(({ diagnosis }) => diagnosis).sort()).toEqual(
      ['MELANOMA', 'NEVUS', 'SEBORRHEIC_KERATOSIS'].sort(),
    );
  });

  it('has masks that came after their predictions measured against them', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(2));
    await folder.remove(maskPath(imageId(0)));
    await folder.remove(maskPath(imageId(1)));
    await run(study.slug, folder);
    const image = await world.db.image.findFirstOrThrow({
      where: { studyId: study.id, code: imageId(0) },
    });
    const model = await world.db.model.create({ data: { name: 'toy' } });
    const version = await world.db.modelVersion.create({
      data: {
        ...{ modelId: model.id, version: '1.0.0', sha256: '0'.repeat(64), sizeBytes: 1 },
        ...{ origin: 'IMPORTED_SCORES' as const, manifest: {}, checks: [] },
      },
    });
    const inferenceRun = await world.db.inferenceRun.create({
      data: { studyId: study.id, number: 1, modelVersionId: version.id, totalCount: 1 },
    });
    await world.db.prediction.create({
      data: {
        ...{ modelVersionId: version.id, imageId: image.id, runId: inferenceRun.id },
        device: 'cpu',
      },
    });
    await folder.put(maskPath(imageId(0)), await smallMask({ seed: 0 }));
    await folder.put(maskPath(imageId(1)), await smallMask({ seed: 1 }));
    await run(study.slug, folder);
    const jobs = await world.db.$queryRaw<{ data: { imageIds: string[] } }[]>`
      SELECT data FROM pgboss.job WHERE name = 'mask-agreement'`;
    expect(jobs.map(({ data }) => data)).toEqual([{ imageIds: [image.id] }]);
  });

  it('reads the columns of the archive, with patients and lesions', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(3));
    const heading =
      'isic_id;age_approx;sex;patient_id;lesion_id;anatom_site_general;fitzpatrick_skin_type;diagnosis_confirm_type;copyright_license;attribution';
    await folder.remove(metadataPath);
    // As a spreadsheet of another country writes it: byte order mark, CRLF, semicolons, quotes.
    await folder.put(
      `${part}_Data/${part}_Data_metadata.csv`,
      `\uFEFF${[
        heading,
        '"ISIC_0000000";47;Male;IP_0000001;IL_0000001;"palms/soles";IV;histopathology;CC-BY;"Clinic; Vienna"',
        'ISIC_0000001;52;male;IP_0000001;IL_0000002;torso;;"serial imaging showing no change";;',
        'ISIC_0000002;99;;IP_0000001;IL_0000002;;Type 4;;;',
      ].join('\r\n')}\r\n`,
    );
    await folder.put(
      labelsPath,
      'image_id,melanoma,seborrheic_keratosis\nISIC_0000000,1.0,0.0\nISIC_0000001,0,0\nISIC_0000002,0,0\n',
    );
    const { report } = await run(study.slug, folder);
    expect(report).toMatchObject({ patientsToAdd: 1, lesionsToAdd: 2, diagnosesToAdd: 2 });
    expect(report.problems.map(({ code }) => code)).toEqual(['SITE_UNCLEAR']);
    const patient = await world.db.patient.findFirstOrThrow({
      where: { studyId: study.id },
      include: {
        lesions: { include: { diagnoses: true, images: true }, orderBy: { code: 'asc' } },
      },
    });
    expect(patient).toMatchObject({
      ...{ code: 'IP_0000001', sex: 'MALE', ageYears: 45, skinType: 'IV' },
      lesions: [
        {
          ...{ code: 'IL_0000001', anatomicSite: 'PALMS_SOLES' },
          diagnoses: [{ diagnosis: 'MELANOMA', method: 'HISTOPATHOLOGY' }],
          images: [{ licence: 'CC-BY', attribution: 'Clinic; Vienna' }],
        },
        {
          ...{ code: 'IL_0000002', anatomicSite: null },
          diagnoses: [{ diagnosis: 'NEVUS', method: 'FOLLOW_UP' }],
          images: [{ licence: '' }, { licence: '' }],
        },
      ],
    });
  });

  it('joins a later image to the patient who is there already', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(2));
    const heading = 'image_id,age_approximate,sex,patient_id,lesion_id';
    const row = (id: string) => `${id},50,male,hospital-77,lesion-1`;
    const names = ['left arm', 'left arm later'];
    await folder.remove(metadataPath);
    await folder.remove(imagePath(imageId(0)));
    await folder.remove(imagePath(imageId(1)));
    await folder.put(imagePath(names[0]!), await smallJpeg({ seed: 50 }));
    await folder.put(metadataPath, [heading, row(names[0]!)].join('\n'));
    const first = await run(study.slug, folder);
    expect(first.report.problems.map(({ code }) => code)).toContain('IDS_REPLACED');
    await folder.put(imagePath(names[1]!), await smallJpeg({ seed: 51 }));
    await folder.put(metadataPath, [heading, ...names.map(row)].join('\n'));
    const second = await run(study.slug, folder);
    expect(second.report).toMatchObject({ imagesToAdd: 1, patientsToAdd: 0, lesionsToAdd: 0 });
    const images = await world.db.image.findMany({
      where: { studyId: study.id },
      include: { lesion: { include: { patient: true } } },
    });
    // Nothing of the names and ids is kept.
    for (const { code, lesion } of images) {
      expect(code).toMatch(/^IM-[2-9B-DF-HJ-NP-TV-Z]{6}$/);
      expect(lesion.code).toMatch(/^L-[2-9B-Z]{6}$/);
      expect(lesion.patient.code).toMatch(/^P-[2-9B-Z]{6}$/);
    }
    expect(new Set(images.map(({ lesionId }) => lesionId)).size).toBe(1);
  });

  it('keeps private ids only when told to, and only if they can be codes', async () => {
    const study = await newStudy();
    const folder = await opened(emptyFolder());
    await folder.put(imagePath('MRN-1'), await smallJpeg({ seed: 1 }));
    await folder.put(imagePath('with space'), await smallJpeg({ seed: 2 }));
    const { report } = await run(study.slug, folder, { keepIds: true, leaveOutErrors: true });
    expect(report.problems[0]).toMatchObject({ code: 'ID_UNUSABLE', examples: ['with space'] });
    const images = await world.db.image.findMany({ where: { studyId: study.id } });
    expect(images.map(({ code }) => code)).toEqual(['MRN-1']);
  });

  it('takes one split of a folder that has several', async () => {
    const folder = await opened(emptyFolder());
    for (const [seed, split] of splits.entries()) {
      const name = split[0]!.toUpperCase() + split.slice(1);
      await folder.put(`ISIC-2017_${name}_Data/${imageId(seed)}.jpg`, await smallJpeg({ seed }));
      await folder.put(`ISIC-2017_${name}_Data/${imageId(seed)}_superpixels.png`, 'not looked at');
    }
    for (const [seed, split] of splits.entries()) {
      const study = await newStudy();
      await run(study.slug, folder, { split });
      const images = await world.db.image.findMany({ where: { studyId: study.id } });
      expect(images).toMatchObject([
        { code: imageId(seed), source: `ISIC 2017 challenge, ${split} set`, licence: 'CC0-1.0' },
      ]);
    }
    const { report } = await run((await newStudy()).slug, folder);
    expect(report.imagesToAdd).toBe(3);
  });

  it('creates the study along with its images, synthetic if they are, or not at all', async () => {
    const folder = await opened(soundFolder(2));
    const create = { create: 'Drawn by machine' };
    const rows = [0, 1].map((i) => `${imageId(i)},40,female,1`);
    await folder.put(metadataPath, ['image_id,age_approximate,sex,synthetic', ...rows].join('\n'));
    await expect(run('drawn', folder)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const dry = await run('drawn', folder, { ...create, dryRun: true });
    expect(dry).toMatchObject({ isApplied: false, report: { isSynthetic: true, imagesToAdd: 2 } });
    await folder.put(imagePath('ISIC_0000009'), 'broken');
    expect((await run('drawn', folder, create)).isApplied).toBe(false);
    expect(await world.db.study.count({ where: { slug: 'drawn' } })).toBe(0);
    await folder.remove(imagePath('ISIC_0000009'));
    expect((await run('drawn', folder, create)).isApplied).toBe(true);
    const study = await world.db.study.findUniqueOrThrow({
      where: { slug: 'drawn' },
      include: { lesions: { include: { diagnoses: true } } },
    });
    expect(study).toMatchObject({ name: 'Drawn by machine', isSynthetic: true });
    expect(study.lesions.flatMap(({ diagnoses }) => diagnoses.map(({ method }) => method))).toEqual(
      ['BY_CONSTRUCTION', 'BY_CONSTRUCTION'],
    );
  });

  it('never mixes real and synthetic images', async () => {
    const folder = await opened(soundFolder(2));
    await folder.put(
      metadataPath,
      `image_id,age_approximate,sex,synthetic\n${imageId(0)},40,female,1\n${imageId(1)},40,male,0\n`,
    );
    for (const [isSynthetic, kept, refused] of [
      [false, imageId(1), imageId(0)],
      [true, imageId(0), imageId(1)],
    ] as const) {
      const study = await newStudy(isSynthetic);
      const { report } = await run(study.slug, folder, { leaveOutErrors: true });
      expect(report.problems[0]).toMatchObject({ code: 'SYNTHETIC_MIX', examples: [refused] });
      const images = await world.db.image.findMany({ where: { studyId: study.id } });
      expect(images.map(({ code }) => code)).toEqual([kept]);
    }
  });

  /** A PNG whose header promises 50,000 × 50,000 pixels. */
  async function bomb() {
    const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    png.writeUInt32BE(50_000, 16);
    png.writeUInt32BE(50_000, 20);
    const { crc32 } = await import('node:zlib');
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    return png;
  }

  const labels = (...rows: string[]) =>
    ['image_id,melanoma,seborrheic_keratosis', ...rows].join('\n');
  const metadata = (...rows: string[]) =>
    ['image_id,age_approximate,sex,patient_id,lesion_id', ...rows].join('\n');
  const bad = imageId(1);
  const faults: [string, (folder: TestFolder) => Promise<void>, Record<string, unknown>, number][] =
    [
      [
        'a truncated JPEG',
        async (f) => f.put(imagePath(bad), (await smallJpeg({ seed: 1 })).subarray(0, -200)),
        { code: 'IMAGE_UNREADABLE', examples: [imagePath(bad)] },
        3,
      ],
      [
        'a bomb',
        async (f) => f.put(imagePath(bad), await bomb()),
        { code: 'TOO_MANY_PIXELS', examples: [imagePath(bad)] },
        3,
      ],
      [
        'text named .jpg',
        (f) => f.put(imagePath(bad), 'Dear colleague,'),
        { code: 'UNSUPPORTED_FORMAT', examples: [imagePath(bad)] },
        3,
      ],
      [
        'an SVG named .jpg',
        (f) =>
          f.put(imagePath(bad), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
        { code: 'UNSUPPORTED_FORMAT', examples: [imagePath(bad)] },
        3,
      ],
      [
        'an empty file',
        (f) => f.put(imagePath(bad), ''),
        { code: 'UNSUPPORTED_FORMAT', examples: [imagePath(bad)] },
        3,
      ],
      [
        'a mask of another size',
        async (f) => f.put(maskPath(bad), await smallMask({ seed: 1, width: 62 })),
        { code: 'MASK_SIZE', examples: [`${maskPath(bad)}: mask 62 × 48, image 64 × 48`] },
        3,
      ],
      [
        'a mask that is a photograph',
        async (f) =>
          f.put(
            maskPath(bad),
            await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a03020' } })
              .png()
              .toBuffer(),
          ),
        { code: 'MASK_UNREADABLE', examples: [maskPath(bad)] },
        3,
      ],
      [
        'a truncated mask',
        async (f) => f.put(maskPath(bad), (await smallMask({ seed: 1 })).subarray(0, 60)),
        { code: 'MASK_UNREADABLE', examples: [maskPath(bad)] },
        3,
      ],
      [
        'two files of one id',
        async (f) => f.put(`Other_Data/${bad}.png`, await smallJpeg({ seed: 9 })),
        { code: 'ID_TWICE', count: 2 },
        3,
      ],
      [
        'labels without a column',
        (f) => f.put(labelsPath, `image_id,melanoma\n${bad},1`),
        { code: 'CSV_COLUMN_MISSING', subject: 'seborrheic_keratosis', examples: [labelsPath] },
        4,
      ],
      [
        'metadata without a column',
        (f) => f.put(metadataPath, `image_id,sex\n${bad},male`),
        { code: 'CSV_COLUMN_MISSING', subject: 'age_approximate', examples: [metadataPath] },
        4,
      ],
      [
        'a table that is none',
        (f) => f.put(labelsPath, Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0x22])),
        { code: 'CSV_UNREADABLE', examples: [labelsPath] },
        4,
      ],
      [
        'a label that is neither 0 nor 1',
        (f) => f.put(labelsPath, labels(`${imageId(0)},1,0`, `${bad},2,0`)),
        { code: 'CSV_VALUE', subject: 'melanoma', examples: [`${labelsPath} row 3: “2”`] },
        3,
      ],
      [
        'both labels at once',
        (f) => f.put(labelsPath, labels(`${bad},1,1`)),
        { code: 'CSV_VALUE', subject: 'melanoma', examples: [`${labelsPath} row 2: “1 and 1”`] },
        3,
      ],
      [
        'an age in words',
        (f) => f.put(metadataPath, metadata(`${bad},sixty,male,,`)),
        {
          code: 'CSV_VALUE',
          subject: 'age_approximate',
          examples: [`${metadataPath} row 2: “sixty”`],
        },
        3,
      ],
      [
        'an age of nobody',
        (f) => f.put(metadataPath, metadata(`${bad},142,male,,`)),
        { code: 'CSV_VALUE', subject: 'age_approximate' },
        3,
      ],
      [
        'a row that comes twice',
        (f) => f.put(labelsPath, labels(`${bad},1,0`, `${bad},0,1`)),
        { code: 'ID_TWICE', examples: [`${labelsPath} row 3`] },
        3,
      ],
      [
        'a lesion of two patients',
        (f) => f.put(metadataPath, metadata(`${imageId(0)},40,male,A,X`, `${bad},40,male,B,X`)),
        { code: 'LESION_OF_TWO_PATIENTS', count: 2 },
        2,
      ],
      [
        'a lesion of two diagnoses',
        (f) => f.put(metadataPath, metadata(`${imageId(0)},40,male,A,X`, `${bad},40,male,A,X`)),
        { code: 'LABEL_CONFLICT', count: 2 },
        2,
      ],
    ];

  it.each(faults)(
    'names %s, writes nothing because of it, and takes the rest when told to leave it out',
    async (_name, spoil, problem, sound) => {
      const study = await newStudy();
      const folder = await opened(soundFolder(4));
      await spoil(folder);
      const before = await everything();
      const refused = await run(study.slug, folder);
      expect(refused.isApplied).toBe(false);
      expect(refused.report.problems[0]).toMatchObject({ severity: 'ERROR', ...problem });
      expect(await everything()).toEqual(before);

      const { isApplied, report } = await run(study.slug, folder, { leaveOutErrors: true });
      expect(isApplied).toBe(true);
      expect(report).toEqual(refused.report);
      const images = await world.db.image.findMany({
        where: { studyId: study.id },
        orderBy: { code: 'asc' },
      });
      expect(images).toHaveLength(sound);
      expect(images.map(({ code }) => code).includes(bad)).toBe(sound === 4);
    },
  );

  it('refuses an image whose id the study gives to other bytes', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(2));
    await run(study.slug, folder);
    await folder.put(imagePath(imageId(0)), await smallJpeg({ seed: 77 }));
    const { isApplied, report } = await run(study.slug, folder);
    expect(isApplied).toBe(false);
    expect(report.problems[0]).toMatchObject({ code: 'CODE_TAKEN', examples: [imageId(0)] });
  });

  it('reports labels, masks and metadata without an image, and files without a place', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(2));
    await folder.remove(imagePath(imageId(1)));
    await folder.put('notes/plan.docx', 'x');
    const { isApplied, report } = await run(study.slug, folder);
    expect(isApplied).toBe(true);
    const known = report.problems.map(({ code, subject, examples }) => [code, subject, examples]);
    expect(known).toEqual(
      expect.arrayContaining([
        ['UNKNOWN_ID', 'mask', [imageId(1)]],
        ['UNKNOWN_ID', 'diagnosis', [imageId(1)]],
        ['UNKNOWN_ID', 'metadata', [imageId(1)]],
        ['FILE_IGNORED', 'file', ['notes/plan.docx']],
      ]),
    );
  });

  it('says when there is no image, no folder, or no right to it', async () => {
    const study = await newStudy();
    const empty = await opened(emptyFolder());
    const { isApplied, report } = await run(study.slug, empty);
    expect([isApplied, report.problems[0]!.code]).toEqual([false, 'NO_IMAGES']);
    await expect(
      importFolder(services, admin, { folder: join(empty.root, 'none'), slug: study.slug }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', extensions: { field: 'folder' } });
    const auditor = await world.member(study.id, 'AUDITOR');
    const stranger = await world.member((await newStudy()).id, 'COORDINATOR');
    for (const [viewer, code] of [
      [auditor, 'FORBIDDEN'],
      [stranger, 'NOT_FOUND'],
    ] as const) {
      const request = { folder: empty.root, slug: study.slug };
      await expect(importFolder(services, viewer, request)).rejects.toMatchObject({ code });
    }
  });

  it('counts and removes metadata, and what tells the place', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(2));
    const noise = sharp(await smallJpeg({ seed: 5 }));
    await folder.put(
      imagePath(imageId(0)),
      await noise
        .clone()
        .withExif({ IFD0: { Artist: 'Dr. Example' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
        .jpeg()
        .toBuffer(),
    );
    await folder.put(
      imagePath(imageId(1)),
      await noise
        .clone()
        .modulate({ hue: 90 })
        .withExif({ IFD0: { Make: 'Camera' } })
        .jpeg()
        .toBuffer(),
    );
    const { report } = await run(study.slug, folder);
    expect(report).toMatchObject({ metadataRemoved: 2, locationRemoved: 1 });
    const images = await world.db.image.findMany({ where: { studyId: study.id } });
    for (const { sha256 } of images) {
      for (const kind of ['display', 'thumbnails'] as const) {
        const bytes = await world.storage.read(kind, sha256);
        expect((await sharp(bytes).metadata()).exif).toBeUndefined();
        expect(bytes.includes('Example')).toBe(false);
      }
    }
  });

  it('leaves nothing behind when it is stopped half-way, and completes when repeated', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(12, 1000));
    const before = await everything();
    const abort = new AbortController();
    const put = world.storage.put.bind(world.storage);
    let puts = 0;
    // The disk is slow from here on, and the process is asked to stop.
    world.storage.put = async (kind, sha256, bytes) => {
      puts += 1;
      if (puts === 8) abort.abort(new Error('stopped'));
      await put(kind, sha256, bytes);
    };
    try {
      await expect(
        importFolder(
          services,
          admin,
          { folder: folder.root, slug: study.slug },
          { signal: abort.signal },
        ),
      ).rejects.toThrow('stopped');
    } finally {
      world.storage.put = put;
    }
    expect(puts).toBeGreaterThanOrEqual(8);
    expect(await everything()).toEqual(before);
    expect((await run(study.slug, folder)).report.imagesToAdd).toBe(12);
  });

  it('leaves nothing behind when the disk is full, not even for an image that another study has', async () => {
    const [first, second] = [await newStudy(), await newStudy()];
    const folder = await opened(soundFolder(6, 2000));
    const more = await opened(soundFolder(9, 2000));
    await run(first.slug, folder);
    const before = await everything();
    const put = world.storage.put.bind(world.storage);
    world.storage.put = (kind, sha256, bytes) =>
      kind === 'thumbnails' ? Promise.reject(new Error('disk full')) : put(kind, sha256, bytes);
    try {
      await expect(run(second.slug, more)).rejects.toThrow('disk full');
    } finally {
      world.storage.put = put;
    }
    expect(await everything()).toEqual(before);
  });

  it('takes away what a killed import left in the store', async () => {
    const study = await newStudy();
    const [killed, next] = [await opened(soundFolder(2, 3000)), await opened(soundFolder(1, 3100))];
    const put = world.storage.put.bind(world.storage);
    const remove = world.storage.remove.bind(world.storage);
    const before = await everything();
    // A killed process neither goes on nor tidies up.
    world.storage.put = (kind, sha256, bytes) =>
      kind === 'thumbnails' ? Promise.reject(new Error('killed')) : put(kind, sha256, bytes);
    world.storage.remove = () => Promise.reject(new Error('killed'));
    await expect(run(study.slug, killed)).rejects.toThrow('killed');
    world.storage.put = put;
    world.storage.remove = remove;
    expect((await everything()).files).toBeGreaterThan(before.files);
    await run(study.slug, next);
    // One image as original, display and thumbnail.
    expect((await everything()).files).toBe(before.files + 3);
  });

  it('gives twenty importers of one folder at once a single set of images', async () => {
    const study = await newStudy();
    const folder = await opened(soundFolder(4));
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(study.slug, folder)));
    const added = answers.map(({ report }) => report.imagesToAdd).sort((a, b) => b - a);
    expect(added).toEqual([4, ...Array.from({ length: 19 }, () => 0)]);
    expect(await world.db.image.count({ where: { studyId: study.id } })).toBe(4);
  });

  // Real photographs, where a copy of the ISIC 2017 data lies beside the checkout; they are not ours to ship.
  const isic2017 = fileURLToPath(new URL('../../../../../shared/data/isic2017/', import.meta.url));
  it.runIf(existsSync(isic2017))('takes in real images as the challenge gives them', async () => {
    const slice = await mkdtemp(join(tmpdir(), 'lesionwise-isic-'));
    try {
      const validation = join(isic2017, 'ISIC-2017_Validation');
      const images = (await filesUnder(`${validation}_Data`)).slice(0, 12);
      for (const path of images) {
        const id = basename(path, '.jpg');
        const mask = `_Part1_GroundTruth/${id}_segmentation.png`;
        await cp(path, join(slice, 'ISIC-2017_Validation_Data', basename(path)));
        await cp(validation + mask, join(slice, `ISIC-2017_Validation${mask}`));
      }
      for (const table of ['_Part3_GroundTruth.csv', '_Data_metadata.csv']) {
        await cp(validation + table, join(slice, `ISIC-2017_Validation${table}`));
      }
      const study = await newStudy();
      const { report } = await importFolder(services, admin, { folder: slice, slug: study.slug });
      expect(report).toMatchObject({
        ...{ imagesRead: 12, imagesToAdd: 12, masksToAdd: 12, diagnosesToAdd: 12, withError: 0 },
      });
      const rows = await world.db.image.findMany({
        where: { studyId: study.id },
        include: { referenceMasks: true },
      });
      for (const { widthPx, heightPx, referenceMasks, licence } of rows) {
        expect([widthPx, heightPx, licence]).toEqual([256, 256, 'CC0-1.0']);
        expect(referenceMasks[0]!.areaPx).toBeGreaterThan(100);
      }
    } finally {
      await rm(slice, { recursive: true });
    }
  });
});
