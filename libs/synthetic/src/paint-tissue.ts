import type { Canvas } from './canvas.js';
import type { Lesion } from './lesion.js';
import type { Mask } from './render.js';
import type { Skin } from './skin.js';
import { absorbanceOf, clear, DERMIS, tissueOf, type Channel } from './tissue.js';
import { toMm, type View } from './view.js';

/** What a synthetic image shows, and how the camera stands over it. */
export interface Scene {
  skin: Skin;
  lesion: Lesion;
  view: View;
}

/** The skin's complexion changes over millimetres: every so many pixels is enough, lines between. */
const COARSE_PX = 6;

/** Lays skin and lesion on a blank canvas, and sets the mask's bit of every pixel inside the outline. */
export function paintTissue(canvas: Canvas, { skin, lesion, view }: Scene, mask: Mask): void {
  const { widthPx, heightPx } = canvas;
  const { red, green, blue, scatter } = canvas;
  const { outline, haloMm } = lesion;
  const reach2 = (outline.reachMm + haloMm) ** 2;
  const complexion = complexionRows(canvas, skin, view);
  const tissue = tissueOf();
  const [stepX, stepY] = [view.cos / view.pxPerMm, -view.sin / view.pxPerMm];
  for (let row = 0, i = 0; row < heightPx; row++) {
    const start = toMm(view, 0, row);
    const [rowRed, rowGreen, rowBlue] = complexion(row);
    for (let column = 0; column < widthPx; column++, i++) {
      const x = start.x + column * stepX;
      const y = start.y + column * stepY;
      const relief = skin.reliefAt(x, y);
      red[i] = rowRed[column]! + relief;
      green[i] = rowGreen[column]! + relief;
      blue[i] = rowBlue[column]! + relief;
      if (x * x + y * y >= reach2) continue;
      const depthMm = outline.depthAt(x, y);
      if (depthMm > 0) mask.bits[i >> 3]! |= 1 << (i & 7);
      if (depthMm <= -haloMm) continue;
      clear(tissue);
      lesion.addTissue(x, y, depthMm, tissue);
      const levelled = tissue.levelled * relief;
      red[i]! += absorbanceOf(tissue, 0) - levelled;
      green[i]! += absorbanceOf(tissue, 1) - levelled;
      blue[i]! += absorbanceOf(tissue, 2) - levelled;
      scatter[i] = tissue.scatter;
    }
  }
}

/** Absorbance of the bare skin along a pixel row, per channel, from a coarse grid of samples. */
function complexionRows(
  { widthPx, heightPx }: Canvas,
  skin: Skin,
  view: View,
): (row: number) => readonly [Float32Array, Float32Array, Float32Array] {
  const columns = Math.ceil(widthPx / COARSE_PX) + 2;
  const rows = Math.ceil(heightPx / COARSE_PX) + 2;
  const grids = ([0, 1, 2] as const).map(() => new Float32Array(columns * rows));
  const tissue = tissueOf();
  for (let i = 0; i < columns * rows; i++) {
    const column = i % columns;
    const { x, y } = toMm(view, column * COARSE_PX, ((i - column) / columns) * COARSE_PX);
    skin.setTissue(x, y, tissue);
    grids.forEach((grid, channel) => {
      grid[i] = DERMIS[channel as Channel] + absorbanceOf(tissue, channel as Channel);
    });
  }
  const line = () => new Float32Array(widthPx);
  const lines = [line(), line(), line()] as const;
  return (row) => {
    grids.forEach((grid, channel) => {
      interpolateRow(lines[channel as Channel], grid, columns, row / COARSE_PX);
    });
    return lines;
  };
}

function interpolateRow(line: Float32Array, grid: Float32Array, columns: number, at: number): void {
  const above = Math.floor(at);
  const down = at - above;
  for (let column = 0; column < line.length; column++) {
    const along = column / COARSE_PX;
    const here = along | 0;
    const i = above * columns + here;
    const right = along - here;
    const top = grid[i]! + right * (grid[i + 1]! - grid[i]!);
    const foot = grid[i + columns]! + right * (grid[i + columns + 1]! - grid[i + columns]!);
    line[column] = top + down * (foot - top);
  }
}
