import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distribution } from './distribution.js';
import { quantile } from './quantile.js';
import { undef } from './value.js';

describe('distribution', () => {
  it('gives median, bins and the number below, as worked by hand', () => {
    const { median, below, bins, excluded } = distribution(
      [0.1, 0.65, 1, undef('both-masks-empty'), 0.5],
      { bins: 2 },
    );
    expect(median).toBe((0.5 + 0.65) / 2);
    expect(below).toBe(2);
    expect(bins).toEqual([
      { from: 0, to: 0.5, count: 1 },
      { from: 0.5, to: 1, count: 3 },
    ]);
    expect(excluded).toBe(1);
  });

  it('puts every value into the one bin whose edges hold it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.double({ min: 0, max: 1, noNaN: true }),
            fc.integer({ min: 0, max: 20 }).map((b) => b / 20),
          ),
        ),
        fc.integer({ min: 1, max: 40 }),
        (values, bins) => {
          for (const bin of distribution(values, { bins }).bins) {
            const inside = values.filter(
              (v) => v >= bin.from && (v < bin.to || (bin.to === 1 && v === 1)),
            );
            expect(bin.count).toBe(inside.length);
          }
        },
      ),
    );
  });

  it('takes the quantiles that sorting all of the values gives', () => {
    const value = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 8192 }).map((k) => k / 8192),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (values) => {
        const sorted = Float64Array.from(values).sort();
        const { median, lowerQuartile, upperQuartile } = distribution(values);
        expect([lowerQuartile, median, upperQuartile].map((of) => Number(of) + 0)).toEqual(
          [0.25, 0.5, 0.75].map((p) => quantile(sorted, p) + 0),
        );
      }),
    );
  });

  it('does not depend on the order of the images', () => {
    const values = [0.9, 0.2, 0.65, 0.3, 0.3];
    expect(distribution(values.toReversed())).toEqual(distribution(values));
  });

  it('has no median without a value, and one value is its own median', () => {
    expect(distribution([]).median).toEqual({ undefined: 'no-cases' });
    expect(distribution([undef('both-masks-empty')])).toMatchObject({
      median: { undefined: 'no-cases' },
      excluded: 1,
    });
    expect(distribution([0.4]).median).toBe(0.4);
  });

  it('refuses a value outside [0, 1], a NaN and a histogram of no bins', () => {
    expect(() => distribution([1.1])).toThrow('not in [0, 1]');
    expect(() => distribution([Number.NaN])).toThrow('not in [0, 1]');
    expect(() => distribution([0.5], { bins: 0 })).toThrow('at least one');
  });
});
