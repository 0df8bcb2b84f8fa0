import { mkdtemp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticCohort } from './cohort.js';
import { renderSynthetic } from './render.js';
import { syntheticVersion } from './version.js';
import { FolderInUseError, writeSyntheticCohort } from './write-cohort.js';

const size = { seed: 3, patients: 6, images: 8 };
const plan = syntheticCohort(size);
let home: string;
let folder: string;
const progress: [number, number][] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'synthetic-'));
  folder = join(home, 'not', 'yet', 'there');
  await writeSyntheticCohort(folder, {
    ...size,
    concurrency: 2,
    onProgress: (done, total) => progress.push([done, total]),
  });
});
afterAll(() => rm(home, { recursive: true }));

const text = (name: string) => readFile(join(folder, name), 'utf8');

describe('writeSyntheticCohort', () => {
  it('writes the folder of the challenge, and leaves nothing else behind', async () => {
    expect(await readdir(folder)).toEqual([
      'Synthetic_Data',
      'Synthetic_Data_metadata.csv',
      'Synthetic_Part1_GroundTruth',
      'Synthetic_Part3_GroundTruth.csv',
      'synthetic.json',
    ]);
    expect(await readdir(join(folder, 'Synthetic_Data'))).toEqual(
      plan.map(({ imageId }) => `${imageId}.jpg`),
    );
    expect(await readdir(join(folder, 'Synthetic_Part1_GroundTruth'))).toEqual(
      plan.map(({ imageId }) => `${imageId}_segmentation.png`),
    );
    expect(await readdir(join(home, 'not', 'yet'))).toEqual(['there']);
  });

  it('tells how far it is after each image', () => {
    expect(progress).toEqual(plan.map((_, i) => [i + 1, 8]));
  });

  it('writes each image as drawn, but for what JPEG loses, and says in it that it is synthetic', async () => {
    const file = join(folder, 'Synthetic_Data', `${plan[2]!.imageId}.jpg`);
    const { rgb } = renderSynthetic(plan[2]!);
    const read = await sharp(file).raw().toBuffer();
    expect(read).toHaveLength(rgb.length);
    const loss = rgb.reduce((sum, level, i) => sum + Math.abs(level - read[i]!), 0) / rgb.length;
    expect(loss).toBeLessThan(4);
    const { exif, format } = await sharp(file).metadata();
    expect(format).toBe('jpeg');
    expect(exif!.toString('latin1')).toContain('It shows no patient.');
  });

  it('writes each mask exactly, as 0 and 255 in one 8-bit channel', async () => {
    const { mask } = renderSynthetic(plan[5]!);
    const file = join(
      folder,
      'Synthetic_Part1_GroundTruth',
      `${plan[5]!.imageId}_segmentation.png`,
    );
    expect(await sharp(file).metadata()).toMatchObject({
      ...{ format: 'png', channels: 1, depth: 'uchar', width: mask.widthPx },
    });
    const grey = await sharp(file).extractChannel(0).raw().toBuffer();
    const expected = Buffer.from(grey.map((_, i) => ((mask.bits[i >> 3]! >> (i & 7)) & 1) * 255));
    expect(grey.equals(expected)).toBe(true);
    expect(grey.includes(255)).toBe(true);
  });

  it('writes both binary labels per image as the challenge does', async () => {
    const [header, ...rows] = (await text('Synthetic_Part3_GroundTruth.csv')).trim().split('\n');
    expect(header).toBe('image_id,melanoma,seborrheic_keratosis');
    const labels = { melanoma: '1.0,0.0', seborrheic_keratosis: '0.0,1.0', nevus: '0.0,0.0' };
    expect(rows).toEqual(plan.map((image) => `${image.imageId},${labels[image.diagnosis]}`));
    expect(new Set(plan.map(({ diagnosis }) => diagnosis)).size).toBe(3);
  });

  it('writes what is known of each image under the archive’s names, marked synthetic', async () => {
    const [header, ...rows] = (await text('Synthetic_Data_metadata.csv')).trim().split('\n');
    expect(header).toBe(
      'image_id,age_approximate,sex,patient_id,lesion_id,anatom_site_general,' +
        'fitzpatrick_skin_type,diagnosis_confirm_type,synthetic',
    );
    expect(rows).toEqual(
      plan.map((i) =>
        [
          ...[i.imageId, i.ageApproximate, i.sex, i.patientId, i.lesionId, i.anatomicSite],
          ...[i.skinType, 'by construction', 1],
        ].join(),
      ),
    );
  });

  it('says of which seed, size and version it is, and does nothing when asked again', async () => {
    expect(JSON.parse(await text('synthetic.json'))).toMatchObject({
      ...size,
      version: syntheticVersion,
    });
    const before = await stat(folder, { bigint: true });
    await writeSyntheticCohort(folder, {
      ...size,
      onProgress: () => expect.unreachable('it drew again'),
    });
    const after = await stat(folder, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });

  it('replaces a cohort of another seed, whole', async () => {
    const other = join(home, 'replaced');
    const two = { patients: 2, images: 2 };
    await writeSyntheticCohort(other, { seed: 1, ...two, concurrency: 1 });
    const first = await readFile(join(other, 'Synthetic_Data', 'SYN_0001.jpg'));
    await writeSyntheticCohort(other, { seed: 2, patients: 1, images: 1, concurrency: 1 });
    expect(await readdir(join(other, 'Synthetic_Data'))).toEqual(['SYN_0001.jpg']);
    expect(first.equals(await readFile(join(other, 'Synthetic_Data', 'SYN_0001.jpg')))).toBe(false);
    expect((await readdir(home)).filter((name) => name.startsWith('replaced'))).toEqual([
      'replaced',
    ]);
  });

  it('refuses a folder that holds anything else, and leaves it as it was', async () => {
    const taken = join(home, 'taken');
    await mkdir(taken);
    await writeFile(join(taken, 'thesis.txt'), 'years of work');
    await expect(writeSyntheticCohort(taken, size)).rejects.toThrow(FolderInUseError);
    expect(await readdir(taken)).toEqual(['thesis.txt']);
  });

  it('leaves nothing behind when the caller breaks it off', async () => {
    const broken = join(home, 'broken');
    const breakOff = () => {
      throw new Error('enough');
    };
    await expect(writeSyntheticCohort(broken, { ...size, onProgress: breakOff })).rejects.toThrow(
      'enough',
    );
    expect((await readdir(home)).filter((name) => name.startsWith('broken'))).toEqual([]);
  });

  it('names a size or concurrency that cannot be', async () => {
    await expect(writeSyntheticCohort(folder, { patients: -1 })).rejects.toThrow(/^patients must/);
    await expect(writeSyntheticCohort(folder, { ...size, concurrency: 0 })).rejects.toThrow(
      /^concurrency must be a positive whole number, got 0/,
    );
  });
});
