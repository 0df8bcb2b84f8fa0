import type { Clusters } from './clusters.js';
import { below, mulberry32 } from './mulberry32.js';
import { undef, type Value } from './value.js';

/** More redraws than this many per replicate: the quantity rarely exists, an interval would mislead. */
const REDRAWS_PER_REPLICATE = 10;

/**
 * Draws `replicates` accepted resamples and hands each one's case weights to `accept`, which says
 * whether it can be used. Returns how many were thrown away, or `too-many-redraws`; `no-cases` where
 * there is nothing to draw from.
 */
export function resample(
  clusters: Clusters,
  seed: number,
  replicates: number,
  accept: (weights: Uint32Array, replicate: number) => boolean,
): Value {
  const weights = new Uint32Array(clusters.index.length);
  return resampleClusters(clusters.count, seed, replicates, (drawn, replicate) => {
    for (let i = 0; i < weights.length; i++) weights[i] = drawn[clusters.index[i]!]!;
    return accept(weights, replicate);
  });
}

/** The same with how often each patient was drawn, for statistics that know their patients' sums. */
export function resampleClusters(
  count: number,
  seed: number,
  replicates: number,
  accept: (drawn: Uint8Array, replicate: number) => boolean,
): Value {
  if (count === 0) return undef('no-cases');
  const rows = drawnRows(count, seed);
  let redrawn = 0;
  for (let replicate = 0; replicate < replicates;) {
    if (accept(rows(replicate + redrawn), replicate)) replicate++;
    else if (++redrawn > REDRAWS_PER_REPLICATE * replicates) return undef('too-many-redraws');
  }
  return redrawn;
}

/**
 * How often each patient was drawn, in a byte: a row of 33 000 patients then stays in the fastest
 * memory while the cases are walked. That one patient were drawn more than 255 times has a chance
 * below 1e-500.
 */
type Drawn = Uint8Array;

/** Draws that are kept take at most this many places: 32 MB. */
const MOST_KEPT = 32_000_000;

let kept: { count: number; seed: number; rows: Drawn[]; next: () => number } | undefined;

/**
 * The r-th resample of `count` patients from one stream of `seed`. A comparison asks for the same
 * resamples again for every version and statistic; the last ones are kept, as far as they fit.
 */
function drawnRows(count: number, seed: number): (row: number) => Drawn {
  // Created first, so that a seed which is none is refused whatever is kept.
  const next = mulberry32(seed);
  if (kept?.count !== count || kept.seed !== seed) {
    kept = { count, seed, rows: [], next: mulberry32(seed) };
  }
  const { rows, next: more } = kept;
  const most = Math.floor(MOST_KEPT / count);
  let beyond: { next: () => number; row: number; drawn: Drawn } | undefined;
  return (row) => {
    if (row < most) {
      while (rows.length <= row) rows.push(drawInto(new Uint8Array(count), more));
      return rows[row]!;
    }
    // Past what is kept the stream goes on from its own beginning, once for each caller.
    beyond ??= { next, row: 0, drawn: new Uint8Array(count) };
    for (; beyond.row <= row; beyond.row++) {
      drawInto(beyond.drawn.fill(0), beyond.next);
    }
    return beyond.drawn;
  };
}

function drawInto(drawn: Drawn, random: () => number): Drawn {
  const { length } = drawn;
  for (let c = 0; c < length; c++) drawn[below(random, length)]!++;
  return drawn;
}
