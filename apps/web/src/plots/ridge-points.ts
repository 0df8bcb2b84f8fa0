export interface RidgeBin {
  from: number;
  to: number;
  count: number;
}

/**
 * The outline over the counts: at the middle of each bin its share of the highest, and nothing at both
 * ends of the axis. It is drawn through the counts, not smoothed: a gap in them stays a gap.
 */
export function ridgePoints(bins: readonly RidgeBin[]): { x: number; share: number }[] {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last) return [];
  return [
    { x: first.from, share: 0 },
    ...bins.map(({ from, to, count }) => ({ x: (from + to) / 2, share: count / most })),
    { x: last.to, share: 0 },
  ];
}

export interface PickedBin {
  series: number;
  bin: number;
}

const steps: Record<string, readonly [series: number, bin: number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** One key further: along the bins of a series, or to the same bin of the next. Nothing for other keys. */
export function stepBin(
  series: readonly { bins: readonly RidgeBin[] }[],
  from: PickedBin | undefined,
  key: string,
): PickedBin | undefined {
  const step = steps[key];
  if (!step) return undefined;
  if (!from) return { series: 0, bin: 0 };
  const next = clamp(from.series + step[0], series.length);
  return { series: next, bin: clamp(from.bin + step[1], series[next]?.bins.length ?? 1) };
}

const clamp = (index: number, length: number) => Math.max(0, Math.min(index, length - 1));
