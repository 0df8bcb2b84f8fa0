import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { encodeMask, ImageFileError, inspectImage, maskFacts, readMask } from '@lesionwise/model';
import type { Diagnosis } from '../db.js';
import { mapLimited } from '../limit.js';
import { sha256Of } from '../storage.js';
import type { ChallengeFile, ChallengeFolder } from './challenge-folder.js';
import {
  type ImageMetadata,
  readLabels,
  readMetadata,
  type ReadTable,
} from './challenge-tables.js';
import type { Finding, ProblemCode } from './import-problem.js';

/** The most one file may have: a 100-megapixel TIFF without compression is 300 MB, and nobody needs one. */
export const mostFileBytes = 200 * 1024 * 1024;

/** Decoded photographs at once. Measured at 10 megapixels: 200 MB for each. */
export const filesAtOnce = Math.min(4, Math.max(2, availableParallelism()));

/** A drawn mask, as read. */
export interface ScannedMask {
  path: string;
  widthPx: number;
  heightPx: number;
  areaPx: number;
  /** Of the PNG that is kept: tells whether two masks are the same. */
  pngSha256: string;
}

/** An image that was read to its last pixel, with all that the folder says of it. */
export interface ScannedImage {
  imageId: string;
  prefix: string;
  path: string;
  sha256: string;
  sizeBytes: number;
  widthPx: number;
  heightPx: number;
  hadMetadata: boolean;
  hadLocation: boolean;
  mask?: ScannedMask;
  diagnosis?: Diagnosis;
  metadata?: ImageMetadata;
}

/** What a folder holds, before anybody looks at the study. */
export interface Scan {
  root: string;
  /** Those without an error, by id. */
  images: ScannedImage[];
  findings: Finding[];
  imagesRead: number;
  masksRead: number;
}

export interface ScanOptions {
  /** Called as files have been read. */
  progress?: (done: number, total: number) => Promise<void> | void;
  signal?: AbortSignal;
}

/** Reads every file of a folder. Holds a few files in memory at a time, however many there are. */
export async function scanFolder(
  folder: ChallengeFolder,
  { progress, signal }: ScanOptions = {},
): Promise<Scan> {
  const findings: Finding[] = folder.ignored.map((path) => ({
    code: 'FILE_IGNORED',
    example: path,
  }));
  const images = uniqueById(folder.images, findings);
  const masks = uniqueById(folder.masks, findings);
  if (folder.images.length === 0) findings.push({ code: 'NO_IMAGES', example: 'the whole folder' });
  const labels = await readTables(folder, folder.labelTables, readLabels, findings);
  const metadata = await readTables(folder, folder.metadataTables, readMetadata, findings);
  for (const [subject, ids] of [
    ['mask', masks.keys()],
    ['diagnosis', labels.keys()],
    ['metadata', metadata.keys()],
  ] as const) {
    for (const id of ids) {
      if (!images.has(id)) findings.push({ code: 'UNKNOWN_ID', subject, example: id });
    }
  }

  let done = 0;
  const scanned = await mapLimited(
    [...images.values()],
    filesAtOnce,
    async (file) => {
      const image = await scanImage(folder.root, file, masks.get(file.imageId), findings);
      done += 1;
      await progress?.(done, images.size);
      return (
        image && {
          ...image,
          diagnosis: labels.get(file.imageId),
          metadata: metadata.get(file.imageId),
        }
      );
    },
    signal,
  );
  return {
    root: folder.root,
    images: scanned.filter((image) => image !== undefined),
    findings,
    imagesRead: folder.images.length,
    masksRead: [...masks.keys()].filter((id) => images.has(id)).length,
  };
}

/** By id. Of an id that two files have, none is taken for the other: both are errors. */
function uniqueById(files: ChallengeFile[], findings: Finding[]): Map<string, ChallengeFile> {
  const unique = new Map<string, ChallengeFile>();
  for (const [imageId, group] of Map.groupBy(files, (file) => file.imageId)) {
    unique.set(imageId, group[0]!);
    if (group.length === 1) continue;
    for (const { path } of group) findings.push({ code: 'ID_TWICE', imageId, example: path });
  }
  return unique;
}

async function readTables<T>(
  { root }: ChallengeFolder,
  files: ChallengeFile[],
  read: (file: string, bytes: Buffer) => ReadTable<T>,
  findings: Finding[],
): Promise<Map<string, T>> {
  const rows = new Map<string, T>();
  for (const { path } of files) {
    const bytes = await readWhole(root, path);
    if (typeof bytes === 'string') {
      findings.push({ code: bytes === 'FILE_TOO_LARGE' ? bytes : 'CSV_UNREADABLE', example: path });
      continue;
    }
    const table = read(path, bytes);
    findings.push(...table.findings);
    for (const [imageId, row] of table.rows) {
      if (rows.has(imageId)) findings.push({ code: 'ID_TWICE', imageId, example: path });
      rows.set(imageId, row);
    }
  }
  return rows;
}

/** Undefined where the image cannot come in; why stands in the findings. */
async function scanImage(
  root: string,
  { path, prefix, imageId }: ChallengeFile,
  maskFile: ChallengeFile | undefined,
  findings: Finding[],
): Promise<ScannedImage | undefined> {
  const refuse = (code: ProblemCode, example: string) => {
    findings.push({ code, imageId, example });
  };
  const photograph = await readPhotograph(root, path);
  if (typeof photograph === 'string') {
    refuse(photograph, path);
    return undefined;
  }
  const image: ScannedImage = { imageId, prefix, path, ...photograph };
  if (!maskFile) return image;
  const mask = await readDrawing(root, maskFile.path);
  if (typeof mask === 'string') {
    refuse(mask, maskFile.path);
    return undefined;
  }
  const { widthPx, heightPx } = photograph;
  if (mask.widthPx === widthPx && mask.heightPx === heightPx) return { ...image, mask };
  const sizes = `mask ${mask.widthPx} × ${mask.heightPx}, image ${widthPx} × ${heightPx}`;
  refuse('MASK_SIZE', `${maskFile.path}: ${sizes}`);
  return undefined;
}

/** What the file itself says, or why it cannot be taken. */
async function readPhotograph(root: string, path: string) {
  const bytes = await readWhole(root, path);
  if (typeof bytes === 'string') return bytes;
  try {
    const { widthPx, heightPx, hadMetadata, hadLocation } = await inspectImage(bytes);
    const sizeBytes = bytes.length;
    return { widthPx, heightPx, hadMetadata, hadLocation, sizeBytes, sha256: sha256Of(bytes) };
  } catch (error) {
    return imageProblem(error);
  }
}

async function readDrawing(root: string, path: string): Promise<ScannedMask | ProblemCode> {
  const bytes = await readWhole(root, path);
  if (typeof bytes === 'string') return bytes === 'FILE_TOO_LARGE' ? bytes : 'MASK_UNREADABLE';
  try {
    const mask = await readMask(bytes);
    const pngSha256 = sha256Of(await encodeMask(mask));
    const { widthPx, heightPx } = mask;
    return { path, widthPx, heightPx, areaPx: maskFacts(mask).areaPx, pngSha256 };
  } catch (error) {
    if (error instanceof ImageFileError) return 'MASK_UNREADABLE';
    throw error;
  }
}

function imageProblem(error: unknown): ProblemCode {
  if (!(error instanceof ImageFileError)) throw error;
  switch (error.code) {
    case 'TOO_MANY_PIXELS':
      return 'TOO_MANY_PIXELS';
    case 'NOT_AN_IMAGE':
    case 'UNSUPPORTED_FORMAT':
      return 'UNSUPPORTED_FORMAT';
    default:
      return 'IMAGE_UNREADABLE';
  }
}

/** The whole file, or why not. */
async function readWhole(root: string, path: string): Promise<Buffer | ProblemCode> {
  try {
    const { size } = await stat(join(root, path));
    return size > mostFileBytes ? 'FILE_TOO_LARGE' : await readFile(join(root, path));
  } catch {
    // Gone, forbidden or a broken disk: for its owner, the file cannot be read.
    return 'IMAGE_UNREADABLE';
  }
}
