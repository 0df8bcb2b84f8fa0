import type { Size } from './viewport';

/** Tracing steps: each is at least as fine as the screen until the next is needed. */
const STEPS_PX = [1024, 2048, 4096];

/** How finely masks are traced at a zoom: to a screen pixel, and exactly once image pixels are seen. */
export function tracedSidePx(image: Size, scale: number): number {
  if (scale >= 1) return Infinity;
  const onScreen = Math.max(image.width, image.height) * scale;
  return STEPS_PX.find((step) => step >= onScreen) ?? Infinity;
}
