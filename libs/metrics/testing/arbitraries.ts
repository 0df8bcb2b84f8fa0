import fc from 'fast-check';
import { expect } from 'vitest';
import { MetricInputError, type MetricInputCode } from '../src/index.js';
import type { BitMask } from '../src/index.js';
import { maskOfRows } from './golden.js';

/** Labels, two versions of scores with many ties, and patients of different sizes. */
export interface RandomCohort {
  labels: (0 | 1)[];
  a: number[];
  b: number[];
  clusters: number[];
}

/** A random cohort with both classes at least `least` times. */
export const cohorts = (least = 1, most = 40): fc.Arbitrary<RandomCohort> =>
  fc
    .array(
      fc.record({
        label: fc.constantFrom<0 | 1>(0, 0, 1),
        // Quarters tie often; the rest are doubles of any size.
        a: fc.oneof(
          fc.integer({ min: -3, max: 6 }).map((k) => k / 4),
          anyScore,
        ),
        b: fc.oneof(
          fc.integer({ min: 0, max: 5 }).map((k) => k / 5),
          anyScore,
        ),
        cluster: fc.integer({ min: 0, max: 9 }),
      }),
      { minLength: 2 * least + 1, maxLength: most },
    )
    .map((cases) => ({
      labels: cases.map(({ label }) => label),
      a: cases.map(({ a }) => a),
      b: cases.map(({ b }) => b),
      clusters: cases.map(({ cluster }) => cluster),
    }))
    .filter(({ labels }) => countOf(labels, 1) >= least && countOf(labels, 0) >= least);

export const anyScore = fc.double({ noNaN: true, noDefaultInfinity: true });

/** Occurrences of a value. */
export const countOf = <T>(values: readonly T[], wanted: T) =>
  values.filter((value) => value === wanted).length;

/** A cohort whose two classes each come from at least two patients. */
export const clusteredCohorts = () =>
  cohorts(2).filter(({ labels, clusters }) =>
    [0, 1].every((label) => new Set(clusters.filter((_, i) => labels[i] === label)).size >= 2),
  );

/** Two drawings of the same size. */
export const drawings = () =>
  fc
    .record({ width: fc.integer({ min: 1, max: 13 }), height: fc.integer({ min: 1, max: 11 }) })
    .chain(({ width, height }) => {
      const drawing = fc.array(
        fc.array(fc.constantFrom('#', '.', '#'), { minLength: width, maxLength: width }),
        { minLength: height, maxLength: height },
      );
      return fc.tuple(drawing, drawing);
    })
    .map((pair) => pair.map((rows) => rows.map((row) => row.join(''))) as [string[], string[]]);

/** The mask of a drawing. */
export const drawn = (...rows: string[]): BitMask => maskOfRows(rows);

/** Asserts that the call is refused with this code, and that the message is more than the code. */
export function expectRefusal(call: () => unknown, code: MetricInputCode, message?: RegExp): void {
  let thrown: unknown;
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(MetricInputError);
  expect((thrown as MetricInputError).code).toBe(code);
  expect((thrown as MetricInputError).message).toMatch(message ?? /.{10}/);
}

/** Asserts closeness relative to the size of the number expected. */
export function expectClose(got: unknown, expected: number, relative = 1e-10, absolute = 1e-13) {
  expect(typeof got).toBe('number');
  const difference = Math.abs((got as number) - expected);
  expect(
    difference <= absolute + relative * Math.abs(expected) ||
      `got ${got as number}, want ${expected}`,
  ).toBe(true);
}

/** The same list turned round, to show that the order of cases does not matter. */
export const reversed = <T>(values: readonly T[]): T[] => [...values].reverse();
