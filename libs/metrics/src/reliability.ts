import { checkCount, type ScoreArray } from './cases.js';
import { proportion, type Proportion } from './proportion.js';
import { isDefined, type Interval } from './value.js';

/** One bar of a reliability diagram: scores in (lower, upper], 0 in the first. */
export interface ReliabilityBin {
  lower: number;
  upper: number;
  count: number;
  positives: number;
  /** Null in an empty bin, like all below. */
  meanScore: number | null;
  /** Share of positives. */
  observed: number | null;
  /** Wilson's interval of the share, for independent images. */
  wilson: Interval | null;
}

/** Sorts cases into k equal bins; edges are the quotients `b / k`. O(n + k). */
export function reliabilityBins(
  labels: Uint8Array,
  scores: ScoreArray,
  bins: number,
  level: number,
): ReliabilityBin[] {
  checkCount(bins, 'bins', 1);
  const counts = new Uint32Array(bins);
  const positives = new Uint32Array(bins);
  const sums = new Float64Array(bins);
  for (let i = 0; i < scores.length; i++) {
    const bin = binOf(scores[i]!, bins);
    counts[bin]!++;
    positives[bin]! += labels[i]!;
    sums[bin]! += scores[i]!;
  }
  return Array.from(counts, (count, bin) => {
    const observed = proportion(positives[bin]!, count, 'no-cases', level);
    const share: Proportion | null = isDefined(observed) ? observed : null;
    return {
      lower: bin / bins,
      upper: (bin + 1) / bins,
      count,
      positives: positives[bin]!,
      meanScore: share && sums[bin]! / count,
      observed: share && share.estimate,
      wilson: share && share.wilson,
    };
  });
}

/** The bin with `b / k < s <= (b + 1) / k`; the product s k is off by one where it rounds to a whole. */
function binOf(score: number, bins: number): number {
  let bin = Math.min(bins - 1, Math.max(0, Math.ceil(score * bins) - 1));
  if (bin > 0 && score <= bin / bins) bin--;
  else if (bin < bins - 1 && score > (bin + 1) / bins) bin++;
  return bin;
}
