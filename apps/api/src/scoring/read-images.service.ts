import { ImageFileError, type ModelManifest, prepareImage } from '@lesionwise/model';
import { mapLimited } from '../limit.js';
import { sha256Of, type Storage } from '../storage.js';
import type { ChunkImage } from './chunk-facts.service.js';
import { FailureReason } from '../inference/inference-run.type.js';

/** An image without an answer, and why. */
export interface Failure {
  image: ChunkImage;
  reason: FailureReason;
  /** In words for an operator; never pixel values. */
  detail: string;
}

export interface PreparedImage {
  image: ChunkImage;
  pixels: Uint8Array;
}

/** Milliseconds that stages took, summed over images. */
export type StageClock = (stage: 'read' | 'decode' | 'infer' | 'mask', ms: number) => void;

/** Images read and decoded at once: as many as libvips has threads for. */
const readAhead = 4;

/** Reads and prepares every image; one that cannot be is a failure of its own and holds up nobody. */
export async function prepareImages(
  { storage, clock }: { storage: Storage; clock: StageClock },
  images: ChunkImage[],
  input: ModelManifest['input'],
): Promise<{ prepared: PreparedImage[]; failures: Failure[] }> {
  const outcomes = await mapLimited(images, readAhead, (image) =>
    prepareOne({ storage, clock }, image, input),
  );
  return {
    prepared: outcomes.filter((outcome) => 'pixels' in outcome),
    failures: outcomes.filter((outcome) => 'reason' in outcome),
  };
}

async function prepareOne(
  { storage, clock }: { storage: Storage; clock: StageClock },
  image: ChunkImage,
  input: ModelManifest['input'],
): Promise<PreparedImage | Failure> {
  try {
    const begun = performance.now();
    const bytes = await storage.read('originals', image.sha256);
    if (sha256Of(bytes) !== image.sha256) {
      const detail = 'the stored file is not the one that was imported (SHA-256)';
      return { image, reason: FailureReason.IMAGE_UNREADABLE, detail };
    }
    const read = performance.now();
    clock('read', read - begun);
    const pixels = await prepareImage(bytes, input);
    clock('decode', performance.now() - read);
    return { image, pixels };
  } catch (error) {
    return { image, ...failureOf(error) };
  }
}

function failureOf(error: unknown): { reason: FailureReason; detail: string } {
  if (error instanceof ImageFileError) {
    return { reason: FailureReason.IMAGE_UNREADABLE, detail: error.message };
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return {
      reason: FailureReason.IMAGE_MISSING,
      detail: 'the image store does not have the file',
    };
  }
  throw error;
}
