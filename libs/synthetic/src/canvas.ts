import type { PointMm } from './outline.js';
import type { Spot, Stroke, StructureLayer } from './structures.js';
import { absorbanceOf, tissueOf } from './tissue.js';
import { toPx, type View } from './view.js';

/** The scene before the camera: absorbance per channel and scatter, row-major, one value per pixel. */
export interface Canvas {
  widthPx: number;
  heightPx: number;
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
  scatter: Float32Array;
  /** How much of each pixel the layer now being painted covers, 0 to 1; zero between layers. */
  coverage: Float32Array;
  /** By row, whether the layer now being painted touches it: most layers leave most rows alone. */
  touched: Uint8Array;
}

export function blankCanvas(widthPx: number, heightPx: number): Canvas {
  const plane = () => new Float32Array(widthPx * heightPx);
  return {
    ...{ widthPx, heightPx },
    ...{ red: plane(), green: plane(), blue: plane(), scatter: plane(), coverage: plane() },
    touched: new Uint8Array(heightPx),
  };
}

/** Adds the layer's marks to the scene. What lies outside the frame is left out. */
export function paintLayer(canvas: Canvas, layer: StructureLayer, view: View): void {
  const { spots = [], strokes = [], blurMm = 0 } = layer;
  for (const spot of spots) coverSpot(canvas, spot, view);
  for (const stroke of strokes) coverStroke(canvas, stroke, view, blurMm);
  if (spots.length + strokes.length > 0) settle(canvas, layer);
}

/** Turns coverage into absorbance and scatter, and clears it. */
function settle(canvas: Canvas, { amounts }: StructureLayer): void {
  const { widthPx, heightPx, touched, coverage, red, green, blue, scatter } = canvas;
  const tissue = tissueOf(amounts);
  const addRed = absorbanceOf(tissue, 0);
  const addGreen = absorbanceOf(tissue, 1);
  const addBlue = absorbanceOf(tissue, 2);
  const addScatter = tissue.scatter;
  for (let row = 0; row < heightPx; row++) {
    if (touched[row] === 0) continue;
    touched[row] = 0;
    for (let i = row * widthPx; i < (row + 1) * widthPx; i++) {
      const covered = coverage[i]!;
      if (covered === 0) continue;
      coverage[i] = 0;
      red[i]! += covered * addRed;
      green[i]! += covered * addGreen;
      blue[i]! += covered * addBlue;
      scatter[i]! += covered * addScatter * (1 - scatter[i]!);
    }
  }
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The pixels of the frame within `reach` of the points. */
function boxAround({ widthPx, heightPx }: Canvas, points: readonly PointMm[], reach: number): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs) - reach)),
    right: Math.min(widthPx - 1, Math.ceil(Math.max(...xs) + reach)),
    top: Math.max(0, Math.floor(Math.min(...ys) - reach)),
    bottom: Math.min(heightPx - 1, Math.ceil(Math.max(...ys) + reach)),
  };
}

function cover(coverage: Float32Array, i: number, strength: number): void {
  if (strength > coverage[i]!) coverage[i] = strength;
}

function coverSpot(canvas: Canvas, spot: Spot, view: View): void {
  const centre = toPx(view, spot);
  const long = Math.max(0.5, spot.radiusMm * view.pxPerMm);
  // The edge spans at least a pixel, or small spots would be steps.
  const fade = Math.max(spot.softness, 1 / long);
  const tilt = spot.tilt + Math.atan2(view.sin, view.cos);
  const [cos, sin] = [Math.cos(tilt) / long, Math.sin(tilt) / long];
  const box = boxAround(canvas, [centre], long * (1 + fade));
  for (let row = box.top; row <= box.bottom; row++) {
    canvas.touched[row] = 1;
    for (let column = box.left; column <= box.right; column++) {
      const right = column + 0.5 - centre.x;
      const down = row + 0.5 - centre.y;
      const along = cos * right + sin * down;
      const across = (cos * down - sin * right) / spot.aspect;
      const inside = (1 + fade / 2 - Math.sqrt(along * along + across * across)) / fade;
      if (inside <= 0) continue;
      const share = inside >= 1 ? 1 : inside * inside * (3 - 2 * inside);
      cover(canvas.coverage, row * canvas.widthPx + column, share * spot.strength);
    }
  }
}

function coverStroke(canvas: Canvas, stroke: Stroke, view: View, blurMm: number): void {
  const points = stroke.points.map((point) => toPx(view, point));
  const last = points.length - 1;
  const widthAt = (i: number) =>
    view.pxPerMm * (stroke.fromWidthMm + (stroke.toWidthMm - stroke.fromWidthMm) * (i / last));
  const fadePx = Math.max(1, blurMm * view.pxPerMm);
  for (let i = 0; i < last; i++) {
    const ends = [points[i]!, points[i + 1]!] as const;
    coverSegment(canvas, ends, { ...stroke, fromPx: widthAt(i), toPx: widthAt(i + 1), fadePx });
  }
}

function coverSegment(
  canvas: Canvas,
  [from, to]: readonly [PointMm, PointMm],
  line: { fromPx: number; toPx: number; fadePx: number; strength: number },
): void {
  const runX = to.x - from.x;
  const runY = to.y - from.y;
  const length2 = Math.max(1e-9, runX * runX + runY * runY);
  const box = boxAround(canvas, [from, to], Math.max(line.fromPx, line.toPx) / 2 + line.fadePx);
  for (let row = box.top; row <= box.bottom; row++) {
    canvas.touched[row] = 1;
    for (let column = box.left; column <= box.right; column++) {
      const x = column + 0.5 - from.x;
      const y = row + 0.5 - from.y;
      const along = Math.min(1, Math.max(0, (x * runX + y * runY) / length2));
      const widthPx = line.fromPx + (line.toPx - line.fromPx) * along;
      const offX = x - along * runX;
      const offY = y - along * runY;
      const beyond = Math.sqrt(offX * offX + offY * offY) - widthPx / 2;
      const share = 0.5 - beyond / line.fadePx;
      if (share <= 0) continue;
      // A line thinner than a pixel is as faint as the part of the pixel that it fills.
      const thin = Math.min(1, widthPx / line.fadePx);
      const i = row * canvas.widthPx + column;
      cover(canvas.coverage, i, line.strength * thin * Math.min(1, share));
    }
  }
}
