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
 * Proves that every pixel of a picture file can be decoded, and says what it is.
 *
 * Throws ImageFileError: `NOT_AN_IMAGE`, `UNSUPPORTED_FORMAT` (all but single JPEG, PNG, TIFF and WebP),
 * `TOO_MANY_PIXELS` (above 100 megapixels, told from the header), `TRUNCATED`, `UNREADABLE`.
 */
export async function inspectImage(bytes: Buffer): Promise<InspectedImage> {
  const { format, widthPx, heightPx, metadata } = await readHeader(bytes);
  // A reduction to one pixel reads every row without ever holding the whole image.
  const everyRow = openPixels(bytes, { autoOrient: false }).resize(1, 1, {
    fit: 'fill',
    kernel: 'nearest',
    fastShrinkOnLoad: false,
  });
  await decoded(everyRow.raw().toBuffer());
  const { exif, xmp, iptc, comments } = metadata;
  const hadMetadata = Boolean(exif ?? xmp ?? iptc ?? comments?.length);
  return { format, widthPx, heightPx, hadMetadata, hadLocation: holdsLocation(metadata) };
}
