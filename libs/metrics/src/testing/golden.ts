import {
  cohortV1,
  isDefined,
  undef,
  type BitMask,
  type CohortV1,
  type Labels,
  type Value,
} from '../index.js';

/** One golden case: inputs, expected numbers and how close a result must come. */
export interface GoldenCase {
  id: string;
  fn: string;
  about: string;
  input: Record<string, unknown>;
  expected: Record<string, unknown>;
  tolerance: { abs: number; rel: number };
}

export interface GoldenFile {
  schema: string;
  group: string;
  cases: GoldenCase[];
}

/** Turns `{"special": "NaN"}` and its like into the numbers JSON cannot write. */
export function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  if ('special' in value) return Number(value.special);
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, revive(of)]));
}

/** A mask drawn as rows of `#` and `.`. */
export function maskOfRows(rows: readonly string[]): BitMask {
  const widthPx = rows[0]!.length;
  const heightPx = rows.length;
  const bits = new Uint8Array(Math.ceil((widthPx * heightPx) / 8));
  rows
    .join('')
    .split('')
    .forEach((pixel, i) => {
      if (pixel === '#') bits[i >> 3]! |= 1 << (i & 7);
    });
  return { widthPx, heightPx, bits };
}

/** Cohort of a case: its own arrays, or the generator's. */
export function cohortOf(input: Record<string, unknown>) {
  if ('generator' in input) return cohortV1(input['generator'] as CohortV1);
  return { labels: input['labels'] as Labels, scores: [input['scores'] as number[]] };
}

/** Null, as stored for an image without a value, is an undefined value here. */
export const valuesOf = (stored: unknown): Value[] =>
  (stored as (number | null)[]).map((value) => value ?? undef('both-masks-empty'));

/** The value, for the parts of a test that need it to exist. */
export function defined<T>(value: Value<T>): T {
  if (!isDefined(value)) throw new Error(`undefined: ${value.undefined}`);
  return value;
}

/**
 * Every place where `got` misses `expected`, as a path with both values. Numbers may differ by
 * `abs + rel |expected|`; all else must be equal; keys that are not expected are not looked at.
 */
export function mismatches(
  got: unknown,
  expected: unknown,
  tolerance: { abs: number; rel: number },
  path = '',
): string[] {
  if (typeof expected === 'number' && typeof got === 'number') {
    const isClose = Math.abs(got - expected) <= tolerance.abs + tolerance.rel * Math.abs(expected);
    return isClose ? [] : [`${path}: got ${got}, expected ${expected}`];
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof got !== 'object' || got === null) return [`${path}: got ${String(got)}`];
    const lengths =
      Array.isArray(expected) && (got as unknown[]).length !== expected.length
        ? [`${path}: ${(got as unknown[]).length} entries, expected ${expected.length}`]
        : [];
    return [
      ...lengths,
      ...Object.entries(expected).flatMap(([key, of]) =>
        mismatches((got as Record<string, unknown>)[key], of, tolerance, `${path}/${key}`),
      ),
    ];
  }
  return Object.is(got, expected)
    ? []
    : [`${path}: got ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`];
}
