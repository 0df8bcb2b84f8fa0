interface Interval {
  value?: number | null;
  low?: number | null;
}

/** The shared axis of inline interval plots: from the tenth below the lowest limit to 1. */
export function intervalDomain(estimates: readonly Interval[]): readonly [number, number] {
  const lowest = Math.min(0.9, ...estimates.map(({ value, low }) => low ?? value ?? 1));
  // 0.7 / 0.1 is 6.999…, which would begin the axis a tenth too low.
  return [Math.floor(lowest * 10 + 1e-9) / 10, 1];
}
