// Masks pixel by pixel, as one would write them without knowing of runs: what the tests compare with.
import { maskRunsOf, type MaskRuns } from './src/mask-runs.js';

/** 1 for each lesion pixel, row-major. */
export function pixelsOf({ widthPx, heightPx, rows, edges }: MaskRuns): number[] {
  const pixels: number[] = new Array<number>(widthPx * heightPx).fill(0);
  for (let y = 0; y < heightPx; y += 1) {
    for (let at = rows[y]!; at < rows[y + 1]!; at += 2) {
      for (let x = edges[at]!; x < edges[at + 1]!; x += 1) pixels[y * widthPx + x] = 1;
    }
  }
  return pixels;
}

/** The mask of which `isLesion` says each pixel. */
export function maskOf(
  widthPx: number,
  heightPx: number,
  isLesion: (x: number, y: number) => boolean,
): MaskRuns {
  const rows = Array.from({ length: heightPx }, (_, y) => {
    const edges: number[] = [];
    for (let x = 0; x <= widthPx; x += 1) {
      const isInside = edges.length % 2 === 1;
      if ((x < widthPx && isLesion(x, y)) !== isInside) edges.push(x);
    }
    return edges;
  });
  return maskRunsOf(widthPx, rows);
}
