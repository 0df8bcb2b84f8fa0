import { webcrypto } from 'node:crypto';
import { availableParallelism } from 'node:os';
import {
  DecoderLostError,
  ImageFileError,
  type IsolatedDecoder,
  preparationOf,
  prepareImage,
} from '@lesionwise/model';
import {
  keepPrepared,
  type NetworkInput,
  type PreparedKey,
  type PreparedRow,
  readPrepared,
} from '../images/prepared-image.service.js';
import { FailureReason } from '../inference/inference-run.type.js';
import type { StageClock } from '../inference/run-progress.service.js';
import { createLimit } from '../limit.js';
import type { Logger } from '../logger.js';
import type { Storage } from '../storage.js';
import type { ChunkImage } from './chunk-facts.service.js';

/** Why an image has no answer. */
export interface Failure {
  reason: FailureReason;
  /** In words for an operator; never pixel values. */
  detail: string;
}

export interface Prepared {
  pixels: Uint8Array;
  /** Where the pixels were made from the original just now: what to write down of them. */
  made: PreparedRow | undefined;
}

/**
 * Photographs that are read and decoded at once, over all chunks in hand: one for each core, since each
 * keeps one busy. What waits for its turn holds nothing but its ids, so memory does not grow with the
 * length of the line.
 */
const decoding = createLimit(availableParallelism());

/**
 * Prepared pixels that are read at once, over all chunks in hand. Files are read in the order in which they
 * were asked for: without a bound, whoever cannot wait would stand behind all that a cohort's chunks will need.
 */
const reading = createLimit(8);

interface Preparation {
  storage: Storage;
  logger: Logger;
  clock: StageClock;
  input: NetworkInput;
  /** Somebody waits for it before the screen: not behind a cohort's photographs. */
  isUrgent: boolean;
  /** Decodes out of reach; given where a worker died over these images before. */
  isolated: IsolatedDecoder | undefined;
}

/** The image as the network takes it: as it was kept, or from the original, and then kept. */
export async function prepareForNetwork(
  preparation: Preparation,
  image: ChunkImage,
): Promise<Prepared | Failure> {
  const { storage, clock, input, isUrgent } = preparation;
  const key = { sha256: image.sha256, input };
  if (image.preparedSha256 !== undefined) {
    const { preparedSha256 } = image;
    const fromStore = async () => {
      const begun = performance.now();
      const pixels = await readPrepared(storage, key, preparedSha256);
      clock('read', performance.now() - begun);
      return pixels;
    };
    const pixels = await (isUrgent ? fromStore() : reading(fromStore));
    if (pixels) return { pixels, made: undefined };
  }
  const fromOriginal = () => prepareFromOriginal(preparation, image, key);
  try {
    return isUrgent ? await fromOriginal() : await decoding(fromOriginal);
  } catch (error) {
    return failureOf(error);
  }
}

/** On a thread of those that decode: it takes 4 ms, for which everybody would wait on this one. */
async function sha256OfPhotograph(bytes: Buffer<ArrayBuffer>): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

async function prepareFromOriginal(
  { storage, logger, clock, input, isolated }: Preparation,
  image: ChunkImage,
  key: PreparedKey,
): Promise<Prepared | Failure> {
  const begun = performance.now();
  const original = await storage.read('originals', image.sha256);
  if ((await sha256OfPhotograph(original)) !== image.sha256) {
    const detail = 'the stored file is not the one that was imported (SHA-256)';
    return { reason: FailureReason.IMAGE_UNREADABLE, detail };
  }
  const read = performance.now();
  clock('read', read - begun);
  const pixels = await (isolated
    ? isolated.prepare(original, input)
    : prepareImage(original, input));
  clock('decode', performance.now() - read);
  try {
    const sha256 = await keepPrepared(storage, key, pixels);
    const specification = preparationOf(input);
    return { pixels, made: { imageId: image.id, specification, sha256 } };
  } catch (error) {
    // A full disk costs the next run its time and this image nothing.
    logger.warn({ err: error, image: image.id }, 'prepared pixels could not be kept');
    return { pixels, made: undefined };
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof ImageFileError || error instanceof DecoderLostError) {
    return { reason: FailureReason.IMAGE_UNREADABLE, detail: error.message };
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    const detail = 'the image store does not have the file';
    return { reason: FailureReason.IMAGE_MISSING, detail };
  }
  throw error;
}
