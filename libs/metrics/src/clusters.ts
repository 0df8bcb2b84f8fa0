import { checkLength } from './cases.js';
import { MetricInputError } from './errors.js';

/** Patient of each case. Equal ids are one patient; the number 1 and the text "1" are two. */
export type ClusterIds = Int32Array | readonly (number | string)[];

/** Patients numbered by the rank of their id: numbers ascending, then texts by code unit. */
export interface Clusters {
  /** Patient number of each case, 0 to `count - 1`. */
  readonly index: Uint32Array;
  /** How many patients there are. */
  readonly count: number;
}

/**
 * Numbers the patients. The number is the rank of the id, so that resampling gives the same answer
 * whatever the order of the cases. O(n) for whole numbers close together, else O(n + k log k).
 *
 * Throws `length-mismatch`, and `bad-cluster` at an id that is neither text nor a finite number.
 */
export function checkedClusters(ids: ClusterIds, cases: number, field = 'clusters'): Clusters {
  checkLength(ids, cases, field);
  return denseRange(ids) ?? rankedIds(ids, field);
}

/** Ids spread over more than this many places per case are ranked through a map instead. */
const PLACES_PER_CASE = 8;

/** Ranks whole numbers that lie close together by marking the places they take. */
function denseRange(ids: ClusterIds): Clusters | undefined {
  if (ids.length === 0) return { index: new Uint32Array(0), count: 0 };
  const range = wholeRange(ids);
  if (!range || range.places > PLACES_PER_CASE * ids.length + 1024) return undefined;
  const { least, places } = range;
  const rank = new Uint32Array(places);
  for (let i = 0; i < ids.length; i++) rank[(ids[i] as number) - least] = 1;
  let count = 0;
  for (let place = 0; place < places; place++) {
    if (rank[place] === 1) rank[place] = count++;
  }
  const index = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) index[i] = rank[(ids[i] as number) - least]!;
  return { index, count };
}

/** Smallest id and how many whole numbers the ids span; undefined unless all are whole numbers. */
function wholeRange(ids: ClusterIds): { least: number; places: number } | undefined {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    if (!Number.isSafeInteger(id)) return undefined;
    const number = id as number;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return { least, places: most - least + 1 };
}

function rankedIds(ids: ClusterIds, field: string): Clusters {
  const rankOf = new Map<number | string, number>();
  for (let i = 0; i < ids.length; i++) {
    const id: unknown = ids[i];
    if (typeof id !== 'string' && !Number.isFinite(id)) {
      throw new MetricInputError(
        'bad-cluster',
        `${field}[${i}] is ${String(id)}; a patient id is text or a finite number`,
        i,
      );
    }
    rankOf.set(id as number | string, 0);
  }
  const numbers = [...rankOf.keys()].filter((id) => typeof id === 'number');
  // Without a comparator, text sorts by UTF-16 code unit: the same on every machine and locale.
  const texts = [...rankOf.keys()].filter((id) => typeof id === 'string').sort();
  let count = 0;
  for (const id of new Float64Array(numbers).sort()) rankOf.set(id, count++);
  for (const id of texts) rankOf.set(id, count++);
  const index = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) index[i] = rankOf.get(ids[i]!)!;
  return { index, count };
}
