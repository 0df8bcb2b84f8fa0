import { checkCount, checkOption } from './cases.js';
import { undef, type Value } from './value.js';

/** A kappa with the standard error that holds away from 0. */
export interface Kappa {
  kappa: number;
  se: number;
}

/** Agreement of two readers, three ways of counting near misses. */
export interface CohenKappa {
  /** Any disagreement counts fully. */
  unweighted: Value<Kappa>;
  /** Disagreement counts by the number of categories between. */
  linear: Value<Kappa>;
  /** Disagreement counts by the square of it. */
  quadratic: Value<Kappa>;
}

/**
 * Cohen's kappa of two readers on the same cases: unweighted, linear and quadratic. Symmetric in the
 * readers.
 *
 * Undefined: `no-cases`, `chance-agreement-one` (both readers know one category alone).
 * Throws `bad-count` (an entry is not a whole number >= 0), `bad-option` (the table is not square).
 * O(cells).
 *
 * Cohen, Educ. Psychol. Meas. 20 (1960) 37-46; Psychol. Bull. 70 (1968) 213-220. Fleiss, Cohen &
 * Everitt, Psychol. Bull. 72 (1969) 323-327, for the standard error.
 *
 * @param table `table[i][j]` cases that the first reader put in category i, the second in j.
 */
export function cohenKappa(table: readonly (readonly number[])[]): CohenKappa {
  const k = table.length;
  table.forEach((row, i) => {
    checkOption(row.length === k, `table has ${k} rows, row ${i} has ${row.length} entries`);
    row.forEach((count, j) => {
      checkCount(count, `table[${i}][${j}]`);
    });
  });
  const total = table.flat().reduce((sum, count) => sum + count, 0);
  const share = table.map((row) => row.map((count) => count / total));
  const distance = (i: number, j: number) => (k > 1 ? Math.abs(i - j) / (k - 1) : 0);
  const kappa = (weight: (i: number, j: number) => number): Value<Kappa> =>
    total === 0 ? undef('no-cases') : weightedKappa(share, total, weight);
  return {
    unweighted: kappa((i, j) => (i === j ? 1 : 0)),
    linear: kappa((i, j) => 1 - distance(i, j)),
    quadratic: kappa((i, j) => 1 - distance(i, j) ** 2),
  };
}

function weightedKappa(
  share: readonly (readonly number[])[],
  total: number,
  weight: (i: number, j: number) => number,
): Value<Kappa> {
  const ofFirst = share.map((row) => sumOf(row));
  const ofSecond = share.map((_, j) => sumOf(share.map((row) => row[j]!)));
  const meanOfRow = ofFirst.map((_, i) => sumOf(ofSecond.map((p, j) => p * weight(i, j))));
  const meanOfColumn = ofSecond.map((_, j) => sumOf(ofFirst.map((p, i) => p * weight(i, j))));
  const expected = sumOf(ofFirst.map((p, i) => p * meanOfRow[i]!));
  // Two readers who know one category alone agree by chance as they do at all.
  if (ofFirst.some((p, i) => p === 1 && ofSecond[i] === 1)) return undef('chance-agreement-one');
  const observed = sumOf(share.map((row, i) => sumOf(row.map((p, j) => p * weight(i, j)))));
  const squares = sumOf(
    share.map((row, i) =>
      sumOf(
        row.map((p, j) => {
          const spread = meanOfRow[i]! + meanOfColumn[j]!;
          return p * (weight(i, j) * (1 - expected) - spread * (1 - observed)) ** 2;
        }),
      ),
    ),
  );
  const centre = observed * expected - 2 * expected + observed;
  const variance = (squares - centre ** 2) / (total * (1 - expected) ** 4);
  return {
    kappa: (observed - expected) / (1 - expected),
    // Perfect agreement leaves rounding noise, which may fall below 0.
    se: Math.sqrt(Math.max(0, variance)),
  };
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
