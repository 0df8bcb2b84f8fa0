import type { ModelContract } from './manifest.js';

/** Bytes of one image as the network takes it; throws RangeError unless there are images, all of that size. */
export function requireImages(
  images: readonly Uint8Array[],
  { height, width }: ModelContract['input'],
): number {
  const size = height * width * 3;
  if (images.length === 0) throw new RangeError('there is no image to predict');
  images.forEach((image, i) => {
    if (image.length === size) return;
    throw new RangeError(
      `image ${i} has ${image.length} bytes; ${width} x ${height} x RGB takes ${size}`,
    );
  });
  return size;
}
