/** One estimate of a row, drawn as a marker with its interval. */
export interface ForestInterval {
  slot: number;
  value?: number | null;
  low?: number | null;
  high?: number | null;
  /** Before the number: the version, where a row has several. */
  name?: string;
  /** `+0.017` and `[−0.01, +0.05]`, or the reason why there is none. */
  valueWords: string;
  intervalWords: string;
  /** Why there is no interval: too long for the row, said when one points at it. */
  why?: string | undefined;
  /** At the far right: an adjusted p. */
  lastWords?: string;
}

export interface ForestRow {
  key: string;
  label: string;
  /** A line of its own above the rows that belong to it. */
  isHeading?: boolean;
  /** Beside the label: n⁺ / n⁻. */
  count?: string;
  intervals: readonly ForestInterval[];
  /** In place of an interval: "not estimated: fewer than 5 melanomas". */
  instead?: string;
}

export interface PlacedRow extends ForestRow {
  /** Middle of the row, in pixels. */
  y: number;
  /** Middle of each of its intervals. */
  ys: number[];
  height: number;
}

const lineHeight = 14;
const gap = 8;
const headingHeight = 24;
const leastHeight = 22;

/** Rows below each other, each as high as its intervals need. */
export function placeRows(rows: readonly ForestRow[]): { rows: PlacedRow[]; height: number } {
  let top = 0;
  const placed = rows.map((row) => {
    const lines = Math.max(1, row.intervals.length);
    const height = row.isHeading ? headingHeight : Math.max(leastHeight, lines * lineHeight + gap);
    const y = top + height / 2;
    const first = y - ((lines - 1) * lineHeight) / 2;
    top += height;
    return { ...row, y, height, ys: row.intervals.map((_, index) => first + index * lineHeight) };
  });
  return { rows: placed, height: top };
}

/** The next row with something to say, in the given direction; stays where there is none. */
export function stepRow(
  rows: readonly ForestRow[],
  from: number | undefined,
  by: number,
): number | undefined {
  const usable = rows.flatMap(({ isHeading }, index) => (isHeading ? [] : [index]));
  if (from === undefined) return by > 0 ? usable[0] : usable.at(-1);
  const at = usable.indexOf(from);
  return usable[Math.max(0, Math.min(at + by, usable.length - 1))];
}

/** All that a row says, in one sentence. */
export function rowWords({ label, count, intervals, instead }: ForestRow, countName: string) {
  const found = intervals.map(({ name, valueWords, intervalWords, why, lastWords }) =>
    [name, valueWords, why ?? intervalWords, lastWords].filter(Boolean).join(' '),
  );
  const said = instead ?? found.join('; ');
  return `${label}${count ? `, ${countName} ${count}` : ''}: ${said}.`;
}
