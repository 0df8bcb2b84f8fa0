/**
 * Quantile of a sample, type 7 of Hyndman & Fan (Am. Stat. 50, 1996): linear between order
 * statistics, the default of numpy and R.
 *
 * @param sorted at least one value, in rising order.
 * @param p in [0, 1].
 */
export function quantile(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}
