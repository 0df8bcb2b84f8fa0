import { decoded, openPixels, readHeader, type ImageFormat } from './image-file.js';
import { holdsLocation } from './image-location.js';

export interface InspectedImage {
  format: ImageFormat;
  /** Size with the orientation applied, as people see it. */
  widthPx: number;
  heightPx: number;
  /** EXIF, XMP, IPTC or text notes were in the file. */
  hadMetadata: boolean;
  /** Among them, a place: GPS coordinates or a city. */
  hadLocation: boolean;
}

/**
 * Proves that every pixel of a picture file can be decoded, and says what it is. JPEG and WebP have no
 * checksum: a flipped bit inside their pixels shows to the eye and not to any decoder.
 *
 * Throws ImageFileError: `NOT_AN_IMAGE`, `UNSUPPORTED_FORMAT` (all but single JPEG, PNG, TIFF and WebP),
 * `TOO_MANY_PIXELS` (above 100 megapixels, told from the header), `TRUNCATED`, `UNREADABLE`.
 */
export async function inspectImage(bytes: Buffer): Promise<InspectedImage> {
  const { format, widthPx, heightPx, metadata } = await readHeader(bytes);
  // The mean colour: every row is read and none is kept. Not with the kernel `nearest`, which stops at the
  // middle row and lets half a file pass. A JPEG is unpacked whole even where its blocks are made smaller.
  const everyRow = openPixels(bytes, { autoOrient: false }).resize(1, 1, {
    fit: 'fill',
    kernel: 'linear',
  });
  await decoded(everyRow.raw().toBuffer());
  const { exif, xmp, iptc, comments } = metadata;
  const hadMetadata = Boolean(exif ?? xmp ?? iptc ?? comments?.length);
  return { format, widthPx, heightPx, hadMetadata, hadLocation: holdsLocation(metadata) };
}
