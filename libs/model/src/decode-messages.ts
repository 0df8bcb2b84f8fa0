import type { ImageFileErrorCode } from './image-file.js';
import type { ModelManifest } from './manifest.js';

/** What the decode process is asked: one image at a time, so that whatever ends it names the image. */
export interface DecodeOrder {
  bytes: Uint8Array;
  input: ModelManifest['input'];
}

export type FromDecodeProcess =
  | { kind: 'prepared'; pixels: Uint8Array }
  | { kind: 'refused'; code: ImageFileErrorCode; message: string }
  | { kind: 'failed'; message: string };
