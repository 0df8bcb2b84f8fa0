/** A closed line along pixel edges: `x0, y0, x1, y1, …` in pixels; neighbouring corners differ in one of the two. */
export type Ring = number[];

export interface BinaryMask {
  widthPx: number;
  heightPx: number;
  /** Row by row, one byte a pixel; anything but 0 is lesion. */
  pixels: Uint8Array;
}

// Headings in the order of right turns on a screen, whose y grows downwards.
const EAST = 0;
const STEP_X = [1, 0, -1, 0];
const STEP_Y = [0, 1, 0, -1];
// From a corner, the pixel ahead on the left and on the right of each heading.
const LEFT_X = [0, 0, -1, -1];
const LEFT_Y = [-1, 0, 0, -1];
const RIGHT_X = [0, -1, -1, 0];
const RIGHT_Y = [0, 0, -1, -1];

/**
 * The borders of the lesion, exactly on the pixel edges: outer borders run clockwise, holes the other
 * way. Pixels that touch only at a corner are apart. An empty mask has no ring.
 *
 * Every border has an edge with lesion below and none above, so starting at those finds them all;
 * time is linear in the number of pixels.
 */
export function traceOutline({ widthPx, heightPx, pixels }: BinaryMask): Ring[] {
  const isLesion = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < widthPx && y < heightPx && pixels[y * widthPx + x] !== 0;
  const traced = new Uint8Array(widthPx * heightPx);
  const rings: Ring[] = [];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = y * widthPx + x;
      if (pixels[at] === 0 || traced[at] !== 0 || isLesion(x, y - 1)) continue;
      rings.push(follow(x, y, isLesion, (ex, ey) => (traced[ey * widthPx + ex] = 1)));
    }
  }
  return rings;
}

function follow(
  startX: number,
  startY: number,
  isLesion: (x: number, y: number) => boolean,
  markTopEdge: (x: number, y: number) => void,
): Ring {
  const ring: Ring = [startX, startY];
  let [x, y, heading] = [startX, startY, EAST];
  for (;;) {
    if (heading === EAST) markTopEdge(x, y);
    x += STEP_X[heading]!;
    y += STEP_Y[heading]!;
    const turn = turnAt(x, y, heading, isLesion);
    const next = (heading + turn) % 4;
    if (x === startX && y === startY && next === EAST) return ring;
    if (turn !== 0) ring.push(x, y);
    heading = next;
  }
}

/** 1 is a right turn, 3 a left turn, 0 straight on. */
function turnAt(
  x: number,
  y: number,
  heading: number,
  isLesion: (x: number, y: number) => boolean,
): number {
  if (!isLesion(x + RIGHT_X[heading]!, y + RIGHT_Y[heading]!)) return 1;
  return isLesion(x + LEFT_X[heading]!, y + LEFT_Y[heading]!) ? 3 : 0;
}

/** The rings as the `d` of an SVG path in the mask's pixels; filled by the even-odd rule it is the mask. */
export function outlinePath(rings: readonly Ring[]): string {
  return rings.map(ringPath).join('');
}

function ringPath(ring: Ring): string {
  let path = `M${ring[0]!} ${ring[1]!}`;
  for (let i = 2; i < ring.length; i += 2) {
    const dx = ring[i]! - ring[i - 2]!;
    path += dx === 0 ? `v${ring[i + 1]! - ring[i - 1]!}` : `h${dx}`;
  }
  return `${path}z`;
}
