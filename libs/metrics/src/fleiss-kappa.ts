import { checkCount, checkOption } from './cases.js';
import { undef, type Value } from './value.js';

/** Agreement of several readers. */
export interface FleissKappa {
  kappa: Value;
  cases: number;
  raters: number;
}

/**
 * Fleiss' kappa: agreement of several readers beyond chance, the same number of readers for every
 * case, who need not be the same people.
 *
 * Undefined: `no-cases`, `chance-agreement-one` (a single category was ever used).
 * Throws `bad-count` (an entry that is no whole number >= 0), `bad-option` (cases with different
 * numbers of readers, or fewer than two). O(cells).
 *
 * Fleiss, Psychol. Bull. 76 (1971) 378-382.
 *
 * @param counts `counts[i][j]` readers who put case i in category j.
 */
export function fleissKappa(counts: readonly (readonly number[])[]): FleissKappa {
  const cases = counts.length;
  const sumOf = (row: readonly number[]) => row.reduce((sum, count) => sum + count, 0);
  const raters = cases === 0 ? 0 : sumOf(counts[0]!);
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      checkCount(count, `counts[${i}][${j}]`);
    });
    checkOption(sumOf(row) === raters, `case ${i} has ${sumOf(row)} readers, case 0 has ${raters}`);
    checkOption(raters >= 2, `case ${i} has ${raters} readers; agreement needs two`);
  });
  if (cases === 0) return { kappa: undef('no-cases'), cases, raters };
  const categories = Math.max(...counts.map((row) => row.length));
  const total = cases * raters;
  let expected = 0;
  for (let j = 0; j < categories; j++) {
    const inCategory = counts.reduce((sum, row) => sum + (row[j] ?? 0), 0);
    if (inCategory === total) return { kappa: undef('chance-agreement-one'), cases, raters };
    expected += (inCategory / total) ** 2;
  }
  const agreeing = counts.reduce(
    (sum, row) => sum + row.reduce((pairs, count) => pairs + count * (count - 1), 0),
    0,
  );
  const observed = agreeing / (total * (raters - 1));
  return { kappa: (observed - expected) / (1 - expected), cases, raters };
}
