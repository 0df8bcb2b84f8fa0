/** Where an axis is marked: round steps of 1, 2, 2.5 or 5 times a power of ten, all inside the domain. */
export function ticks([from, to]: readonly [number, number], most = 6): number[] {
  const width = to - from;
  if (!(width > 0) || !Number.isFinite(width)) return [from];
  let power = 1;
  while (power > width / most) power /= 10;
  while (power * 10 <= width / most) power *= 10;
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((s) => width / s <= most);
  if (step === undefined) return [from];
  // Counted, not added up: sums of 0.1 drift.
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** The smallest domain of round ends that holds all values. */
export function roundDomain(
  values: readonly number[],
  { step, atLeast }: { step: number; atLeast: readonly [number, number] },
): readonly [number, number] {
  const low = Math.min(atLeast[0], ...values);
  const high = Math.max(atLeast[1], ...values);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}
