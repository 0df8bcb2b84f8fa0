import type { PointMm } from './outline.js';
import type { Random } from './random.js';

/** How the camera stands over the skin: turned, at a scale, the lesion somewhere in the frame. */
export interface View {
  widthPx: number;
  heightPx: number;
  pxPerMm: number;
  /** Of the turn from skin to frame. */
  cos: number;
  sin: number;
  /** Where in the frame the lesion's origin lies. */
  originXPx: number;
  originYPx: number;
}

/** Widths of the field of contact dermatoscopes, in mm. */
const FIELD_MM = { narrow: 11, wide: 21 };
/** At least this part of the frame stays free beside the lesion, on each side. */
const MARGIN = 0.05;

/**
 * A view of a lesion whose border is given: a random field width and turn, the lesion a little off
 * the middle and whole within the frame (a field too narrow for it is widened).
 */
export function viewOf(
  frame: { widthPx: number; heightPx: number },
  border: readonly PointMm[],
  random: Random,
): View {
  const turn = random.uniform(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const box = boxOf(border.map(({ x, y }) => ({ x: cos * x - sin * y, y: sin * x + cos * y })));
  const chosen = frame.widthPx / random.uniform(FIELD_MM.narrow, FIELD_MM.wide);
  const free = 1 - 2 * MARGIN;
  const pxPerMm = Math.min(
    chosen,
    (free * frame.widthPx) / (box.right - box.left),
    (free * frame.heightPx) / (box.bottom - box.top),
  );
  const place = (low: number, high: number, sidePx: number) => {
    const slackPx = Math.max(0, free * sidePx - (high - low) * pxPerMm);
    const offsetPx = Math.min(0.5, Math.max(-0.5, random.normal(0, 0.22))) * slackPx;
    return sidePx / 2 + offsetPx - ((low + high) / 2) * pxPerMm;
  };
  const originXPx = place(box.left, box.right, frame.widthPx);
  const originYPx = place(box.top, box.bottom, frame.heightPx);
  return { ...frame, pxPerMm, cos, sin, originXPx, originYPx };
}

/** The frame itself, unturned, its corner the origin: for what lies on the glass and not on the skin. */
export const glassView = (view: View): View => ({
  ...view,
  cos: 1,
  sin: 0,
  originXPx: 0,
  originYPx: 0,
});

/** The point of the skin under the middle of a pixel. */
export function toMm(view: View, columnPx: number, rowPx: number): PointMm {
  const right = (columnPx + 0.5 - view.originXPx) / view.pxPerMm;
  const down = (rowPx + 0.5 - view.originYPx) / view.pxPerMm;
  return { x: view.cos * right + view.sin * down, y: view.cos * down - view.sin * right };
}

/** Where in the frame a point of the skin lies, in pixels from the corner (pixel middles at 0.5). */
export function toPx(view: View, { x, y }: PointMm): PointMm {
  return {
    x: view.originXPx + view.pxPerMm * (view.cos * x - view.sin * y),
    y: view.originYPx + view.pxPerMm * (view.sin * x + view.cos * y),
  };
}

function boxOf(points: readonly PointMm[]) {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}
