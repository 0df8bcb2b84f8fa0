import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelManifest } from '@lesionwise/model';
import { CsvError, parse } from 'csv-parse';
import type { Db } from '../db.js';
import type { ModelCheck } from './model-version.type.js';

export const trainingListFile = 'training-list.csv';
/** Ten times the largest public skin-image collection, at a hundred bytes a row. */
const largestListBytes = 100 * 1024 * 1024;
const mostImages = 1_000_000;
const longestCode = 200;
/** Rows of one INSERT: enough that a hundred thousand take about a second, few enough for a small database. */
const rowsPerInsert = 20_000;

export interface ListedImage {
  /** The data set's public name of the image. */
  code: string;
  sha256: string | null;
}

export interface TrainingList {
  images: ListedImage[];
  /** As the version shows it among its checks. */
  check: ModelCheck;
}

/** What is wrong with a package's training list, as a failed check. */
export class TrainingListError extends Error {
  override readonly name = 'TrainingListError';
  readonly check: ModelCheck;

  constructor(detail: string, compared: Pick<ModelCheck, 'expected' | 'found'> = {}) {
    super(detail);
    this.check = { ...checkTitle, passed: false, detail, ...compared };
  }
}

const checkTitle = {
  name: 'training_list',
  title: 'The training list is the one the manifest names, and can be read',
};

/**
 * The images that a package says it was trained on; undefined where it declares none.
 *
 * @throws TrainingListError when the file is missing, is another file than the manifest names, is
 *   there without being named, or has a row that names no image
 */
export async function readTrainingList(
  folder: string,
  manifest: Pick<ModelManifest, 'training'>,
): Promise<TrainingList | undefined> {
  return checkTrainingList(await readList(folder), manifest);
}

/** The same for a list that is at hand. */
export async function checkTrainingList(
  bytes: Buffer | undefined,
  { training: { list } }: Pick<ModelManifest, 'training'>,
): Promise<TrainingList | undefined> {
  if (!list && bytes) {
    throw new TrainingListError(
      `${trainingListFile} is in the package, but the manifest does not name it under training.list`,
    );
  }
  if (!list) return undefined;
  if (!bytes) throw new TrainingListError(`the manifest names ${list.file}, and there is none`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const compared = { expected: list.sha256, found: sha256 };
  if (sha256 !== list.sha256) {
    throw new TrainingListError(`${list.file} is not the file the manifest names`, compared);
  }
  const images = await parseList(bytes);
  const detail = `${images.length} images`;
  return { images, check: { ...checkTitle, ...compared, passed: true, detail } };
}

async function readList(folder: string): Promise<Buffer | undefined> {
  const file = join(folder, trainingListFile);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  if (found.size > largestListBytes) {
    throw new TrainingListError(`${trainingListFile} has more than ${largestListBytes} bytes`);
  }
  return readFile(file);
}

/** `image_id` and, where it is there, `sha256`. Read as a stream, so that a long list lets others be answered. */
async function parseList(bytes: Buffer): Promise<ListedImage[]> {
  const images = new Map<string, ListedImage>();
  const rows = parse(bytes, {
    ...{ bom: true, trim: true, skip_empty_lines: true, info: true },
    columns: (heading: string[]) => headingsOf(heading),
  });
  try {
    for await (const row of rows as AsyncIterable<CsvRow>) {
      const image = readRow(row);
      if (images.has(image.code)) throw atRow(row, 'image_id', 'names an image a second time');
      if (images.size === mostImages) {
        throw new TrainingListError(`${trainingListFile} has more than ${mostImages} rows`);
      }
      images.set(image.code, image);
    }
  } catch (error) {
    if (error instanceof CsvError) {
      const where = typeof error['lines'] === 'number' ? ` from row ${error['lines']} on` : '';
      throw new TrainingListError(`${trainingListFile} is no table${where} (${error.code})`);
    }
    throw error;
  }
  if (images.size === 0) throw new TrainingListError(`${trainingListFile} lists no image`);
  return [...images.values()];
}

interface CsvRow {
  record: { image_id: string; sha256?: string };
  /** As a spreadsheet numbers it: the heading is row 1. */
  info: { lines: number };
}

function headingsOf(heading: string[]): string[] {
  const names = heading.map((name) => name.toLowerCase());
  if (!names.includes('image_id')) {
    throw new TrainingListError(`${trainingListFile} has no column image_id`);
  }
  return names;
}

function readRow(row: CsvRow): ListedImage {
  // The tables of the ISIC archive name files here and there, and images elsewhere.
  const code = row.record.image_id.replace(/\.(jpe?g|png)$/i, '');
  if (!code || code.length > longestCode) {
    throw atRow(row, 'image_id', `has 1 to ${longestCode} characters`);
  }
  const sha256 = row.record.sha256?.toLowerCase() ?? '';
  if (sha256 && !/^[0-9a-f]{64}$/.test(sha256)) {
    throw atRow(row, 'sha256', 'is empty or 64 hexadecimal digits');
  }
  return { code, sha256: sha256 || null };
}

/** Names the row and the column, and never what stands there: a list may hold a hospital's own words. */
const atRow = ({ info }: CsvRow, column: string, rule: string) =>
  new TrainingListError(`${trainingListFile} row ${info.lines}, ${column}: ${rule}`);

/** Writes the list of a version that is being registered; belongs into its transaction. */
export async function writeTrainingImages(
  tx: Db,
  modelVersionId: string,
  images: readonly ListedImage[],
): Promise<void> {
  for (let start = 0; start < images.length; start += rowsPerInsert) {
    const rows = images.slice(start, start + rowsPerInsert);
    await tx.$executeRaw`
      INSERT INTO "TrainingImage" ("modelVersionId", code, sha256)
      SELECT ${modelVersionId}::uuid, listed.code, listed.sha256
      FROM unnest(${rows.map(({ code }) => code)}::text[],
        ${rows.map(({ sha256 }) => sha256)}::text[]) AS listed(code, sha256)
      ON CONFLICT DO NOTHING`;
  }
}
