import type { ForestRow } from './forest-rows';

/** What stands over the columns; a column without a head is not there. */
export interface ForestHeads {
  label: string;
  count?: string;
  plot: string;
  estimate: string;
  last?: string;
}

/** A figure or letter of 11 px text, near enough to leave room for it. */
const letterPx = 6.1;
const leastAxis = 90;
const gap = 16;

/** Where columns begin or end, in pixels. */
export interface ForestColumns {
  count: number;
  plot: number;
  plotEnd: number;
  estimate: number;
  end: number;
}

/** Text takes what it needs, the axis what is left, and never less than 90 px. */
export function forestColumns(
  rows: readonly ForestRow[],
  heads: ForestHeads,
  width: number,
): ForestColumns {
  const widest = (texts: (string | undefined)[]) =>
    Math.max(0, ...texts.map((text) => (text ?? '').length)) * letterPx;
  const label = widest([heads.label, ...rows.filter((r) => !r.isHeading).map((r) => r.label)]);
  const count = heads.count ? widest([heads.count, ...rows.map((r) => r.count)]) : 0;
  const intervals = rows.flatMap((row) => row.intervals);
  const estimate = widest([
    heads.estimate,
    ...intervals.map((i) => [i.name, i.valueWords, i.intervalWords].filter(Boolean).join(' ')),
  ]);
  const last = heads.last ? widest([heads.last, ...intervals.map((i) => i.lastWords)]) + 14 : 0;
  const countEnd = label + 10 + count;
  const plot = countEnd + (heads.count ? 18 : 10);
  // Narrower than the words need, the plot scrolls; it is never squeezed into itself.
  const end = Math.max(width, plot + leastAxis + gap + estimate + last);
  const estimateAt = end - last - estimate;
  return { count: countEnd, plot, plotEnd: estimateAt - gap, estimate: estimateAt, end };
}
