/** Rows without a target: far beyond any image, and its square is still exact. */
const FAR = 1 << 25;

/**
 * Euclidean distance from each query pixel to the nearest target pixel, exact: first the distance
 * down each column, then along each row that holds a query the lower envelope of the parabolas the
 * columns stand for. Works inside the box that holds all pixels. O(box).
 *
 * Felzenszwalb & Huttenlocher, Theory of Computing 8 (2012) 415-428.
 *
 * @param queries positions (row-major), rising.
 * @param targets positions (row-major), rising, at least one.
 * @param spacing distance of neighbouring pixels, across and down.
 */
export function distancesToNearest(
  queries: Int32Array,
  targets: Int32Array,
  widthPx: number,
  [spacingX, spacingY]: readonly [x: number, y: number],
): Float64Array {
  const box = boundingBox([queries, targets], widthPx);
  const rows = columnDistances(targets, widthPx, box);
  const distances = new Float64Array(queries.length);
  const envelope = new Envelope(box.width, spacingX, spacingY);
  let row = -1;
  for (let q = 0; q < queries.length; q++) {
    const y = Math.floor(queries[q]! / widthPx) - box.top;
    if (y !== row) {
      row = y;
      envelope.build(rows.subarray(row * box.width, (row + 1) * box.width));
    }
    distances[q] = Math.sqrt(envelope.heightAt((queries[q]! % widthPx) - box.left));
  }
  return distances;
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function boundingBox(sets: readonly Int32Array[], widthPx: number): Box {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const positions of sets) {
    for (const position of positions) {
      const x = position % widthPx;
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
    top = Math.min(top, Math.floor(positions[0]! / widthPx));
    bottom = Math.max(bottom, Math.floor(positions.at(-1)! / widthPx));
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Rows to the nearest target in the same column, for each pixel of the box. */
function columnDistances(targets: Int32Array, widthPx: number, box: Box): Int32Array {
  const { left, top, width, height } = box;
  const rows = new Int32Array(width * height).fill(FAR);
  for (const target of targets) {
    rows[(Math.floor(target / widthPx) - top) * width + (target % widthPx) - left] = 0;
  }
  for (let i = width; i < rows.length; i++) {
    const above = rows[i - width]! + 1;
    if (above < rows[i]!) rows[i] = above;
  }
  for (let i = rows.length - width - 1; i >= 0; i--) {
    const beneath = rows[i + width]! + 1;
    if (beneath < rows[i]!) rows[i] = beneath;
  }
  return rows;
}

/** Lower envelope of one parabola per column, asked for its height from left to right. */
class Envelope {
  private readonly apex: Int32Array;
  private readonly base: Float64Array;
  /** The parabola of rank k is lowest between `from[k]` and `from[k + 1]`. */
  private readonly from: Float64Array;
  private size = 0;
  private current = 0;
  private readonly xx: number;
  private readonly yy: number;

  constructor(width: number, spacingX: number, spacingY: number) {
    this.apex = new Int32Array(width);
    this.base = new Float64Array(width);
    this.from = new Float64Array(width + 1);
    this.xx = spacingX * spacingX;
    this.yy = spacingY * spacingY;
  }

  build(rows: Int32Array): void {
    this.size = 0;
    this.current = 0;
    for (let x = 0; x < rows.length; x++) {
      if (rows[x]! < FAR) this.add(x, this.yy * rows[x]! * rows[x]!);
    }
    this.from[this.size] = Infinity;
  }

  private add(x: number, base: number): void {
    let start = -Infinity;
    while (this.size > 0) {
      const last = this.size - 1;
      const other = this.apex[last]!;
      // Where the new parabola falls below the last one.
      start = (x + other) / 2 + (base - this.base[last]!) / (2 * this.xx * (x - other));
      if (start > this.from[last]!) break;
      this.size--;
      start = -Infinity;
    }
    this.apex[this.size] = x;
    this.base[this.size] = base;
    this.from[this.size] = start;
    this.size++;
  }

  /** Squared distance at column x; columns are asked for in rising order. */
  heightAt(x: number): number {
    while (this.from[this.current + 1]! < x) this.current++;
    const across = x - this.apex[this.current]!;
    return this.xx * across * across + this.base[this.current]!;
  }
}
