/**
 * A lesion mask as the runs of its rows: what an outline costs, not what its area costs.
 *
 * Row `y` is the columns `edges[rows[y]]` to `edges[rows[y + 1]]`: the first column of a run, the one after
 * its last, and so on. Inside a row the edges rise strictly, so two masks are equal exactly when their runs
 * are.
 */
export interface MaskRuns {
  widthPx: number;
  heightPx: number;
  /** Where each row's edges begin, and the number of all at the end: `heightPx + 1` long. */
  rows: Uint32Array;
  edges: Uint32Array;
}

/** The smallest rectangle that holds every lesion pixel. */
export interface MaskBox {
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

export interface MaskFacts {
  /** Number of lesion pixels. */
  areaPx: number;
  /** Undefined where no pixel is lesion. */
  box: MaskBox | undefined;
}

/** Pixel counts of a predicted mask against a reference mask. */
export interface MaskAgreement {
  /** Lesion in both. */
  truePositivePx: number;
  /** Lesion in the prediction only. */
  falsePositivePx: number;
  /** Lesion in the reference only. */
  falseNegativePx: number;
  /** Lesion in neither. */
  trueNegativePx: number;
}

/**
 * The mask whose rows, from the top, have these edges: a run's first column, the one after its last, and so
 * on from the left. Throws RangeError where they fall back, leave the width, or end inside a run.
 */
export function maskRunsOf(widthPx: number, rows: readonly (readonly number[])[]): MaskRuns {
  const builder = new MaskRunsBuilder(widthPx, rows.length);
  rows.forEach((edges, y) => {
    if (edges.length % 2 !== 0) throw new RangeError(`row ${y} has a run without an end`);
    edges.forEach((edge, i) => {
      if (!Number.isInteger(edge) || edge < (edges[i - 1] ?? 0) || edge > widthPx) {
        throw new RangeError(`the edges of row ${y} do not rise within ${widthPx} columns`);
      }
    });
    for (let i = 0; i < edges.length; i += 2) builder.add(edges[i]!, edges[i + 1]!);
    builder.endRow();
  });
  return builder.finish();
}

/** Throws RangeError unless the sides are whole and positive, and each row's edges rise inside them. */
export function assertMaskRuns({ widthPx, heightPx, rows, edges }: MaskRuns): void {
  assertSides(widthPx, heightPx);
  if (rows.length !== heightPx + 1 || rows[0] !== 0 || rows[heightPx] !== edges.length) {
    throw new RangeError(`the runs are not those of ${heightPx} rows`);
  }
  for (let y = 0; y < heightPx; y += 1) {
    const [from, to] = [rows[y]!, rows[y + 1]!];
    if (to < from || (to - from) % 2 !== 0) throw new RangeError(`row ${y} has half a run`);
    let before = -1;
    for (let at = from; at < to; at += 1) {
      const edge = edges[at]!;
      if (edge <= before || edge > widthPx) {
        throw new RangeError(`the edges of row ${y} do not rise within ${widthPx} columns`);
      }
      before = edge;
    }
  }
}

function assertSides(widthPx: number, heightPx: number): void {
  for (const [name, side] of Object.entries({ widthPx, heightPx })) {
    if (!Number.isInteger(side) || side < 1) throw new RangeError(`${name} is ${side}`);
  }
}

/** Writes a mask row by row, from the top. Runs that touch become one, empty ones vanish. */
export class MaskRunsBuilder {
  readonly #widthPx: number;
  readonly #rows: Uint32Array;
  #edges: Uint32Array;
  #count = 0;
  #y = 0;

  /** Throws RangeError unless both sides are whole and positive. */
  constructor(widthPx: number, heightPx: number) {
    assertSides(widthPx, heightPx);
    this.#widthPx = widthPx;
    this.#rows = new Uint32Array(heightPx + 1);
    // One run in each row is the rule for a lesion.
    this.#edges = new Uint32Array(2 * heightPx);
  }

  /** Adds the columns from `start` up to, not including, `end` to the open row; runs come from the left. */
  add(start: number, end: number): void {
    if (start >= end) return;
    if (this.#count > this.#rows[this.#y]! && this.#edges[this.#count - 1] === start) {
      this.#edges[this.#count - 1] = end;
      return;
    }
    if (this.#count + 2 > this.#edges.length) this.#grow(2);
    this.#edges[this.#count] = start;
    this.#edges[this.#count + 1] = end;
    this.#count += 2;
  }

  endRow(): void {
    this.#y += 1;
    this.#rows[this.#y] = this.#count;
  }

  /** Ends the open row as a copy of the one above it. */
  repeatRow(): void {
    const from = this.#rows[this.#y - 1]!;
    const length = this.#rows[this.#y]! - from;
    if (this.#count + length > this.#edges.length) this.#grow(length);
    this.#edges.copyWithin(this.#count, from, from + length);
    this.#count += length;
    this.endRow();
  }

  finish(): MaskRuns {
    return {
      widthPx: this.#widthPx,
      heightPx: this.#rows.length - 1,
      rows: this.#rows,
      edges: this.#edges.slice(0, this.#count),
    };
  }

  #grow(least: number): void {
    const larger = new Uint32Array(2 * this.#edges.length + least);
    larger.set(this.#edges);
    this.#edges = larger;
  }
}

/** Area and bounding box. An empty mask has area 0 and no box. O(rows + runs). */
export function maskFacts({ widthPx, heightPx, rows, edges }: MaskRuns): MaskFacts {
  let areaPx = 0;
  let [left, right, top, bottom] = [widthPx, 0, -1, -1];
  for (let y = 0; y < heightPx; y += 1) {
    const [from, to] = [rows[y]!, rows[y + 1]!];
    if (from === to) continue;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, edges[from]!);
    right = Math.max(right, edges[to - 1]!);
    for (let at = from; at < to; at += 2) areaPx += edges[at + 1]! - edges[at]!;
  }
  if (top < 0) return { areaPx, box: undefined };
  const box = { leftPx: left, topPx: top, widthPx: right - left, heightPx: bottom - top + 1 };
  return { areaPx, box };
}

/**
 * Counts where two masks of one size agree, by walking along both their runs. O(rows + runs).
 * Throws RangeError where the sizes differ: a mask is never resized to be compared.
 */
export function maskAgreement(reference: MaskRuns, predicted: MaskRuns): MaskAgreement {
  const { widthPx, heightPx } = reference;
  if (widthPx !== predicted.widthPx || heightPx !== predicted.heightPx) {
    throw new RangeError(
      `a mask of ${predicted.widthPx} x ${predicted.heightPx} pixels is compared with one of ${widthPx} x ${heightPx}`,
    );
  }
  const [a, b] = [reference.edges, predicted.edges];
  let truePositivePx = 0;
  for (let y = 0; y < heightPx; y += 1) {
    const [endA, endB] = [reference.rows[y + 1]!, predicted.rows[y + 1]!];
    let [i, j] = [reference.rows[y]!, predicted.rows[y]!];
    while (i < endA && j < endB) {
      const start = Math.max(a[i]!, b[j]!);
      const [stopA, stopB] = [a[i + 1]!, b[j + 1]!];
      const stop = Math.min(stopA, stopB);
      if (start < stop) truePositivePx += stop - start;
      if (stopA <= stopB) i += 2;
      if (stopB <= stopA) j += 2;
    }
  }
  const falseNegativePx = maskFacts(reference).areaPx - truePositivePx;
  const falsePositivePx = maskFacts(predicted).areaPx - truePositivePx;
  const lesionPx = truePositivePx + falseNegativePx + falsePositivePx;
  return {
    ...{ truePositivePx, falsePositivePx, falseNegativePx },
    trueNegativePx: widthPx * heightPx - lesionPx,
  };
}
