import type { Comparison } from './comparison.type.js';

/** Comparisons kept in memory: a page asks the same question again and again. One has about 1 MB. */
const most = 64;

const recent = new Map<string, Comparison>();

/** The comparison with these inputs, if it was computed lately. Its inputs' hash is all that it hangs on. */
export function recentComparison(inputsHash: string): Comparison | undefined {
  const known = recent.get(inputsHash);
  if (!known) return undefined;
  recent.delete(inputsHash);
  recent.set(inputsHash, known);
  return known;
}

export function rememberComparison(inputsHash: string, comparison: Comparison): void {
  recent.set(inputsHash, comparison);
  const [oldest] = recent.keys();
  if (recent.size > most && oldest !== undefined) recent.delete(oldest);
}

/** Forgets everything: for measuring. */
export const forgetComparisons = (): void => {
  recent.clear();
};
