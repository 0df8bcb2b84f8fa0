export interface SizePx {
  widthPx: number;
  heightPx: number;
}

/** The part of the network's input that the image fills. */
export interface FilledPart {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Where an image lies on the network's input: all of it when squashed; when letterboxed, the largest
 * centred rectangle of the image's shape, in whole pixels (rounded, never below one).
 *
 * Preparing an image and bringing its mask back must agree to the pixel, so both ask here.
 */
export function filledPart(image: SizePx, input: SizePx, fit: 'squash' | 'letterbox'): FilledPart {
  if (fit === 'squash') return { left: 0, top: 0, width: input.widthPx, height: input.heightPx };
  const scale = Math.min(input.widthPx / image.widthPx, input.heightPx / image.heightPx);
  const width = Math.min(input.widthPx, Math.max(1, Math.round(image.widthPx * scale)));
  const height = Math.min(input.heightPx, Math.max(1, Math.round(image.heightPx * scale)));
  const left = Math.floor((input.widthPx - width) / 2);
  const top = Math.floor((input.heightPx - height) / 2);
  return { left, top, width, height };
}
