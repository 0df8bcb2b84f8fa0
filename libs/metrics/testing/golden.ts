import { isDefined, undef, type BitMask, type Value } from '../src/index.js';

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

/** Null, as stored for an image without a value, is an undefined value here. */
export const valuesOf = (stored: unknown): Value[] =>
  (stored as (number | null)[]).map((value) => value ?? undef('both-masks-empty'));

/** The value, for the parts of a test that need it to exist. */
export function defined<T>(value: Value<T>): T {
  if (!isDefined(value)) throw new Error(`undefined: ${value.undefined}`);
  return value;
}

/** How far a number may lie from the one expected: `abs + rel |expected|`. */
export interface Tolerance {
  abs: number;
  rel: number;
}

/**
 * Every place where `got` misses `expected`, as a path with both values. All but numbers must be
 * equal; keys that are not expected are not looked at.
 */
export function mismatches(
  got: unknown,
  expected: unknown,
  tolerance: Tolerance,
  path = '',
): string[] {
  if (typeof expected === 'object' && expected !== null) {
    return typeof got === 'object' && got !== null
      ? insideMismatches(got, expected, tolerance, path)
      : [`${path}: got ${String(got)}`];
  }
  return isClose(got, expected, tolerance)
    ? []
    : [`${path}: got ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`];
}

function insideMismatches(
  got: object,
  expected: object,
  tolerance: Tolerance,
  path: string,
): string[] {
  const inside = Object.entries(expected).flatMap(([key, of]) =>
    mismatches((got as Record<string, unknown>)[key], of, tolerance, `${path}/${key}`),
  );
  const isOtherLength = Array.isArray(expected) && (got as unknown[]).length !== expected.length;
  return isOtherLength ? [`${path}: other number of entries`, ...inside] : inside;
}

function isClose(got: unknown, expected: unknown, { abs, rel }: Tolerance): boolean {
  if (typeof got !== 'number' || typeof expected !== 'number') return Object.is(got, expected);
  return Math.abs(got - expected) <= abs + rel * Math.abs(expected);
}
