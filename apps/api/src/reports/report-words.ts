import type { Estimate } from '../comparison/estimate.type.js';

/** `1,234`, by hand: the same on every machine. */
export const countWords = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${countWords(count)} ${count === 1 ? one : many}`;

/** Three decimals, as statistics of a few hundred images carry them; a true minus sign. */
export const numberWords = (value: number) => value.toFixed(3).replace('-', '−');

/** `0.873 [0.812, 0.921]`; what does not exist is said in words. */
export function estimateWords({
  value,
  low,
  high,
  undefinedReason,
  intervalUndefinedReason,
}: Estimate) {
  if (value === null) return `not defined: ${reasonWords(undefinedReason)}`;
  if (low === null || high === null) {
    return `${numberWords(value)} (no interval: ${reasonWords(intervalUndefinedReason)})`;
  }
  return `${numberWords(value)} [${numberWords(low)}, ${numberWords(high)}]`;
}

const reasonWords = (reason: string | null) => (reason ?? 'not known').replaceAll('-', ' ');

/** `< 0.001` below what three decimals can say. */
export const pWords = (p: number | null) =>
  p === null ? 'no test' : p < 0.001 ? '< 0.001' : p.toFixed(3);

/** `12 (24 %)`. */
export const shareWords = (count: number, total: number) =>
  total === 0 ? '0' : `${countWords(count)} (${Math.round((100 * count) / total)} %)`;

/** `SEBORRHEIC_KERATOSIS` as people write it; skin types stay Roman numerals: `I_II` is `I to II`. */
export const plainWords = (word: string) =>
  /^[IV]+(_[IV]+)?$/.test(word)
    ? word.replace('_', ' to ')
    : word.toLowerCase().replaceAll('_', ' ');

export const dayWords = (date: Date) => date.toISOString().slice(0, 10);

export const thresholdWords = (threshold: number | null) =>
  threshold === null ? 'above all scores' : `≥ ${threshold.toPrecision(4)}`;
