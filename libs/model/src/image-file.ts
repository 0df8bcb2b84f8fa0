import sharp, { type Metadata, type Sharp } from 'sharp';

/** Every way a picture file can be refused. */
export type ImageFileErrorCode =
  | 'NOT_AN_IMAGE'
  | 'UNSUPPORTED_FORMAT'
  | 'TOO_MANY_PIXELS'
  | 'TRUNCATED'
  | 'UNREADABLE'
  | 'NOT_A_MASK';

/** A picture file that cannot be used. */
export class ImageFileError extends Error {
  override readonly name = 'ImageFileError';
  readonly code: ImageFileErrorCode;

  constructor(code: ImageFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type ImageFormat = 'jpeg' | 'png' | 'tiff' | 'webp';

/** Four times the largest dermatoscope's sensor; a decoded image of this size is 300 MB. */
export const MOST_PIXELS = 100_000_000;

interface Signature {
  format: string;
  matches: (head: string) => boolean;
}

const startsWith =
  (...starts: string[]) =>
  (head: string) =>
    starts.some((start) => head.startsWith(start));

// Read off the first bytes by ourselves: libvips tries every reader it has, PDF and SVG among them,
// and what is not on this list must never reach one.
const accepted: (Signature & { format: ImageFormat })[] = [
  { format: 'jpeg', matches: startsWith('\xff\xd8\xff') },
  { format: 'png', matches: startsWith('\x89PNG\r\n\x1a\n') },
  { format: 'tiff', matches: startsWith('II*\0', 'MM\0*', 'II+\0', 'MM\0+') },
  { format: 'webp', matches: (head) => head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' },
];

// Named only so that the refusal can say what the file is.
const refused: Signature[] = [
  { format: 'GIF', matches: startsWith('GIF8') },
  { format: 'PDF', matches: startsWith('%PDF') },
  { format: 'BMP', matches: startsWith('BM') },
  { format: 'JPEG 2000', matches: startsWith('\0\0\0\x0cjP', '\xff\x4f\xff\x51') },
  { format: 'JPEG XL', matches: startsWith('\xff\x0a', '\0\0\0\x0cJXL') },
  { format: 'HEIC or AVIF', matches: (head) => head.slice(4, 8) === 'ftyp' },
  { format: 'DICOM', matches: (head) => head.slice(128, 132) === 'DICM' },
  {
    format: 'SVG',
    matches: (head) => /^[\ufeff\xef\xbb\xbf\s]*<(\?xml|!--|!doctype svg|svg)/i.test(head),
  },
];

/** The format by the file's first bytes; throws `NOT_AN_IMAGE` or `UNSUPPORTED_FORMAT`. */
export function formatOf(bytes: Buffer): ImageFormat {
  const head = bytes.toString('latin1', 0, 256);
  const found = accepted.find(({ matches }) => matches(head));
  if (found) return found.format;
  const other = refused.find(({ matches }) => matches(head));
  if (other) {
    throw new ImageFileError(
      'UNSUPPORTED_FORMAT',
      `this is a ${other.format} file; images are JPEG, PNG, TIFF or WebP`,
    );
  }
  throw new ImageFileError('NOT_AN_IMAGE', 'this file is not an image, whatever its name says');
}

/** These tell by themselves that their end is missing; libvips would call them damaged, not short. */
const endsEarly = (bytes: Buffer, format: ImageFormat): boolean =>
  (format === 'png' && !bytes.includes('IEND')) ||
  (format === 'webp' && (bytes.length < 12 || bytes.readUInt32LE(4) + 8 > bytes.length)) ||
  (format === 'tiff' && firstTiffDirectory(bytes) >= bytes.length);

function firstTiffDirectory(bytes: Buffer): number {
  if (bytes.length < 16) return Infinity;
  const isLittle = bytes[0] === 0x49;
  const isBig = bytes[isLittle ? 2 : 3] === 43; // BigTIFF has 64-bit offsets, at another place
  if (isBig) return Number(isLittle ? bytes.readBigUInt64LE(8) : bytes.readBigUInt64BE(8));
  return isLittle ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
}

/** What the file's header says; no pixel has been decoded. */
export interface ImageHeader {
  format: ImageFormat;
  /** Size with the orientation applied. */
  widthPx: number;
  heightPx: number;
  metadata: Metadata;
}

/** Reads the header alone, so that a bomb costs nothing. Throws ImageFileError. */
export async function readHeader(bytes: Buffer): Promise<ImageHeader> {
  const format = formatOf(bytes);
  // A PNG begins with its size; asked here, a bomb does not even reach libvips.
  if (format === 'png' && bytes.length >= 24) {
    refuseTooManyPixels(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
  }
  if (endsEarly(bytes, format)) {
    throw new ImageFileError('TRUNCATED', 'the image ends before its last pixel');
  }
  // The pixel limit is ours to apply, with words of our own.
  const metadata = await decoded(sharp(bytes, { limitInputPixels: false }).metadata());
  const { width: widthPx, height: heightPx } = metadata.autoOrient;
  refuseTooManyPixels(widthPx, heightPx);
  if ((metadata.pages ?? 1) > 1) {
    const message = `the file holds ${metadata.pages ?? 0} pictures; an image is one photograph`;
    throw new ImageFileError('UNSUPPORTED_FORMAT', message);
  }
  return { format, widthPx, heightPx, metadata };
}

function refuseTooManyPixels(widthPx: number, heightPx: number): void {
  if (widthPx * heightPx <= MOST_PIXELS) return;
  throw new ImageFileError(
    'TOO_MANY_PIXELS',
    `the image has ${widthPx} x ${heightPx} pixels; the most is ${MOST_PIXELS / 1e6} megapixels`,
  );
}

/** A libvips pipeline over a file whose header has been read; any fault in its pixels is an error. */
export function openPixels(bytes: Buffer, options: { autoOrient: boolean }): Sharp {
  const pixels = sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS });
  return options.autoOrient ? pixels.autoOrient() : pixels;
}

/** Runs a pipeline to its end, giving its failures their code. */
export async function decoded<T>(run: Promise<T>): Promise<T> {
  try {
    return await run;
  } catch (cause) {
    throw asImageFileError(cause);
  }
}

// libvips has no error codes: these are the words its readers use for a file that ends too early.
const ENDS_EARLY = /premature end|not enough data|got \d+ bytes, expected/i;

function asImageFileError(cause: unknown): ImageFileError {
  const words = cause instanceof Error ? cause.message : String(cause);
  const reason = words.split('\n')[0]!.slice(0, 300);
  return ENDS_EARLY.test(words)
    ? new ImageFileError('TRUNCATED', `the image ends before its last pixel (${reason})`, { cause })
    : new ImageFileError('UNREADABLE', `the image cannot be decoded (${reason})`, { cause });
}
