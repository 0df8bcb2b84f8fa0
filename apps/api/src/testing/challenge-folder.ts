import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

export interface SmallImage {
  width?: number;
  height?: number;
  /** Equal seeds give equal bytes. */
  seed: number;
}

/** A real JPEG of noise and a dark spot. */
export async function smallJpeg({ width = 64, height = 48, seed }: SmallImage): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  let state = seed * 2654435761;
  for (let i = 0; i < pixels.length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = 120 + (state >>> 27);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** A real PNG mask with a white rectangle in it. */
export async function smallMask({ width = 64, height = 48, seed }: SmallImage): Promise<Buffer> {
  const white = { width: 8 + (seed % 8), height: 10 };
  return sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite([
      { input: { create: { ...white, channels: 3, background: 'white' } }, left: 5, top: 5 },
    ])
    .toColourspace('b-w')
    .png()
    .toBuffer();
}

/** A folder on disk in challenge layout, which a test fills as it likes. */
export interface TestFolder {
  root: string;
  put: (path: string, content: Buffer | string) => Promise<void>;
  remove: (path: string) => Promise<void>;
  close: () => Promise<void>;
}

export async function emptyFolder(): Promise<TestFolder> {
  const root = await mkdtemp(join(tmpdir(), 'lesionwise-folder-'));
  return {
    root,
    async put(path, content) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    remove: (path) => rm(join(root, path)),
    close: () => rm(root, { recursive: true, force: true }),
  };
}

export const part = 'Test-2026_Training';
export const imagePath = (id: string) => `${part}_Data/${id}.jpg`;
export const maskPath = (id: string) => `${part}_Part1_GroundTruth/${id}_segmentation.png`;
export const labelsPath = `${part}_Part3_GroundTruth.csv`;
export const metadataPath = `${part}_Data_metadata.csv`;
export const imageId = (i: number) => `ISIC_${String(i).padStart(7, '0')}`;

/** `count` images with masks, labels (every third a melanoma) and metadata, with ids and bytes by their seeds. */
export async function soundFolder(count: number, firstSeed = 0): Promise<TestFolder> {
  const folder = await emptyFolder();
  const ids = Array.from({ length: count }, (_, i) => imageId(firstSeed + i));
  for (const [i, id] of ids.entries()) {
    const seed = firstSeed + i;
    await folder.put(imagePath(id), await smallJpeg({ seed }));
    await folder.put(maskPath(id), await smallMask({ seed }));
  }
  const labels = ids.map((id, i) => `${id},${Number(i % 3 === 0)},${Number(i % 3 === 1)}`);
  await folder.put(labelsPath, ['image_id,melanoma,seborrheic_keratosis', ...labels].join('\n'));
  const rows = ids.map((id, i) => `${id},${30 + 5 * (i % 5)},${i % 2 ? 'female' : 'unknown'}`);
  await folder.put(metadataPath, ['image_id,age_approximate,sex', ...rows].join('\n'));
  return folder;
}

/** Every file under a folder, by its path. */
export async function filesUnder(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
