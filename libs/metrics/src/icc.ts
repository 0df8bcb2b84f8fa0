import { fQuantile } from './beta.js';
import { checkedLevel, checkOption } from './cases.js';
import { MetricInputError } from './errors.js';
import { undef, type Interval, type Value } from './value.js';

/** Absolute agreement of single measurements by readers drawn from many. */
export interface IntraclassCorrelation {
  /** ICC(2,1); may be below 0. */
  icc: Value;
  /** F interval of Shrout and Fleiss. */
  ci: Value<Interval>;
  /** Mean square between cases. */
  msRows: number;
  /** Mean square between readers. */
  msColumns: number;
  /** Residual mean square. */
  msError: number;
}

/**
 * Intraclass correlation ICC(2,1): two-way random effects, single measurement, absolute agreement.
 *
 * Undefined `zero-variance` where all ratings are equal; the interval also where readers agree
 * perfectly. Throws `bad-option` (fewer than two cases or readers, rows of different lengths),
 * `non-finite-score`, `bad-level`. O(cells).
 *
 * Shrout & Fleiss, Psychol. Bull. 86 (1979) 420-428.
 *
 * @param ratings `ratings[i][j]` of case i by reader j.
 */
export function icc21(
  ratings: readonly (readonly number[])[],
  options: { level?: number } = {},
): IntraclassCorrelation {
  const level = checkedLevel(options.level);
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  checkOption(n >= 2 && k >= 2, `${n} cases by ${k} readers; agreement needs two of each`);
  checkRatings(ratings, k);
  const { msRows, msColumns, msError } = meanSquares(ratings, n, k);
  const spread = msRows + (k - 1) * msError + (k * (msColumns - msError)) / n;
  const squares = { msRows, msColumns, msError };
  if (spread === 0) return { icc: undef('zero-variance'), ci: undef('zero-variance'), ...squares };
  const icc = (msRows - msError) / spread;
  return { icc, ci: fInterval(icc, squares, { n, k, level }), ...squares };
}

function checkRatings(ratings: readonly (readonly number[])[], k: number): void {
  ratings.forEach((row, i) => {
    checkOption(row.length === k, `case ${i} has ${row.length} ratings, case 0 has ${k}`);
    row.forEach((rating, j) => {
      if (Number.isFinite(rating)) return;
      throw new MetricInputError('non-finite-score', `ratings[${i}][${j}] is ${rating}`, i);
    });
  });
}

interface MeanSquares {
  msRows: number;
  msColumns: number;
  msError: number;
}

function meanSquares(ratings: readonly (readonly number[])[], n: number, k: number): MeanSquares {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const grand = mean(ratings.flat());
  const ofCase = ratings.map(mean);
  const ofReader = ratings[0]!.map((_, j) => mean(ratings.map((row) => row[j]!)));
  const squaresAbout = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  const residual = ratings.reduce(
    (sum, row, i) =>
      sum + row.reduce((own, x, j) => own + (x - ofCase[i]! - ofReader[j]! + grand) ** 2, 0),
    0,
  );
  return {
    msRows: (k * squaresAbout(ofCase)) / (n - 1),
    msColumns: (n * squaresAbout(ofReader)) / (k - 1),
    msError: residual / ((n - 1) * (k - 1)),
  };
}

function fInterval(
  icc: number,
  { msRows, msColumns, msError }: MeanSquares,
  { n, k, level }: { n: number; k: number; level: number },
): Value<Interval> {
  if (msError === 0 && msColumns === 0) return undef('zero-variance');
  const a = (k * icc) / (n * (1 - icc));
  const b = 1 + (k * icc * (n - 1)) / (n * (1 - icc));
  const readers = a * msColumns;
  const noise = b * msError;
  const df = (readers + noise) ** 2 / (readers ** 2 / (k - 1) + noise ** 2 / ((n - 1) * (k - 1)));
  const upperF = fQuantile((1 + level) / 2, n - 1, df);
  const lowerF = fQuantile((1 + level) / 2, df, n - 1);
  const within = k * msColumns + (k * n - k - n) * msError;
  return [
    (n * (msRows - upperF * msError)) / (upperF * within + n * msRows),
    (n * (lowerF * msRows - msError)) / (within + n * lowerF * msRows),
  ];
}
