import { outlinePath, traceOutline } from './trace-outline';

/** An outline in the pixels of the mask as it was traced, which may be smaller than the image. */
export interface TracedMask {
  path: string;
  widthPx: number;
  heightPx: number;
}

export interface MaskAddress {
  url: string;
  widthPx: number;
  heightPx: number;
}

// Decoding is done off the main thread, but each 12-megapixel mask takes 48 MB while it lasts.
const MAX_AT_ONCE = 4;
/** Paths are small; a few hundred cover a long list scrolled up and down. */
const MAX_KEPT = 400;

const kept = new Map<string, Promise<TracedMask>>();
const waiting: (() => void)[] = [];
let running = 0;

/** The outline of a mask, traced at most `maxSidePx` wide and high; `Infinity` is exact to the pixel. */
export function loadOutline(mask: MaskAddress, maxSidePx: number): Promise<TracedMask> {
  const size = tracedSize(mask, maxSidePx);
  const key = `${size.widthPx} ${mask.url}`;
  const known = kept.get(key);
  if (known) return known;
  const loading = inTurn(() => load(mask.url, size));
  kept.set(key, loading);
  // A failed download is not an answer to keep.
  loading.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  return loading;
}

function tracedSize({ widthPx, heightPx }: MaskAddress, maxSidePx: number) {
  const shrink = Math.min(1, maxSidePx / Math.max(widthPx, heightPx));
  return {
    widthPx: Math.max(1, Math.round(widthPx * shrink)),
    heightPx: Math.max(1, Math.round(heightPx * shrink)),
  };
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE)
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function load(url: string, size: { widthPx: number; heightPx: number }): Promise<TracedMask> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The mask did not load: ${answer.status}.`);
  const bitmap = await createImageBitmap(await answer.blob(), {
    resizeWidth: size.widthPx,
    resizeHeight: size.heightPx,
    resizeQuality: 'medium',
  });
  const pixels = lesionPixels(bitmap);
  bitmap.close();
  return { path: outlinePath(traceOutline({ ...size, pixels })), ...size };
}

/** A pixel of a shrunken mask is lesion where at least half of what it covers is. */
function lesionPixels(bitmap: ImageBitmap): Uint8Array {
  const { width, height } = bitmap;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser has no canvas to read a mask with.');
  context.drawImage(bitmap, 0, 0);
  const { data: rgba } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = rgba[4 * i]! >= 128 ? 1 : 0;
  return pixels;
}
