import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, betaSf, fQuantile } from './beta.js';
import { chiSquareCdf, chiSquareQuantile, chiSquareSf } from './chi-square.js';
import { normalCdf, normalQuantile, normalSf, twoSidedP } from './normal.js';
import { quantile } from './quantile.js';
import { studentTQuantile, studentTSf } from './student.js';
import { expectClose, expectRefusal } from '../testing/arbitraries.js';
import { slowQuantile } from '../testing/slow-definitions.js';

const open = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

/** Integral by Simpson's rule in many steps. */
function integral(f: (x: number) => number, from: number, to: number, steps = 4000): number {
  const h = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * f(from + k * h);
  return (sum * h) / 3;
}

describe('normal distribution', () => {
  it('has the values of the tables', () => {
    expectClose(normalQuantile(0.975), 1.959963984540054, 1e-15);
    expectClose(normalSf(1), 0.15865525393145707, 1e-15);
    expectClose(normalCdf(0.3), 0.6179114221889527, 1e-15);
    expectClose(twoSidedP(-1.959963984540054), 0.05, 1e-14);
    expect([normalCdf(0), normalSf(0), normalQuantile(0.5)]).toEqual([0.5, 0.5, 0]);
  });

  it('is the integral of its density', () => {
    const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    for (const z of [0.2, 0.67, 0.68, 1.5, 3, 5.6]) {
      expectClose(0.5 - normalSf(z), integral(density, 0, z), 1e-13);
    }
    // far tail against its continued series
    for (const z of [6, 12, 30, 37]) {
      const s = 1 / (z * z);
      const series = 1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s * (1 - 9 * s))));
      expectClose(normalSf(z), (density(z) / z) * series, 1e-3 * s ** 2);
    }
  });

  it('turns back and forth between quantile and probability, both tails', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (p) => {
        expectClose(normalCdf(normalQuantile(p)), p, 1e-11);
        expectClose(normalSf(-normalQuantile(p)), p, 1e-11);
      }),
    );
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });
});

describe('chi-square distribution', () => {
  it('has closed forms on 1, 2 and 4 degrees of freedom', () => {
    for (const x of [1e-3, 0.7, 3.84, 11, 90, 1200]) {
      expectClose(chiSquareSf(x, 1), 2 * normalSf(Math.sqrt(x)), 1e-12);
      expectClose(chiSquareSf(x, 2), Math.exp(-x / 2), 1e-12);
      expectClose(chiSquareSf(x, 4), Math.exp(-x / 2) * (1 + x / 2), 1e-12);
    }
    expect([chiSquareSf(0, 3), chiSquareCdf(0, 3), chiSquareSf(-1, 3)]).toEqual([1, 0, 1]);
  });

  it('adds up to 1 and is undone by its quantile', () => {
    fc.assert(
      fc.property(open, fc.integer({ min: 1, max: 300 }), (p, df) => {
        const x = chiSquareQuantile(p, df);
        if (p < 0.5) expectClose(chiSquareCdf(x, df), p, 1e-10);
        else expectClose(chiSquareSf(x, df), 1 - p, 1e-10);
        expectClose(chiSquareCdf(x, df) + chiSquareSf(x, df), 1, 1e-13);
      }),
    );
    expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3)]).toEqual([0, Infinity]);
  });
});

describe('Student distribution', () => {
  it('has closed forms on 1 and 2 degrees of freedom', () => {
    for (const t of [0, 1e-6, 0.4, 2, 60, 1e5]) {
      expectClose(
        studentTSf(t, 1),
        t > 1 ? Math.atan(1 / t) / Math.PI : 0.5 - Math.atan(t) / Math.PI,
        1e-12,
      );
      expectClose(studentTSf(t, 2), 1 / (2 + t * t) / (1 + t / Math.sqrt(2 + t * t)), 1e-12);
      expectClose(studentTSf(-t, 2), 1 - studentTSf(t, 2), 1e-14);
    }
    expectClose(studentTQuantile(0.975, 1), Math.tan(0.475 * Math.PI), 1e-12);
  });

  it('is undone by its quantile and approaches the normal', () => {
    fc.assert(
      fc.property(open, fc.integer({ min: 1, max: 2000 }), (p, df) => {
        const t = studentTQuantile(p, df);
        expectClose(studentTSf(-t, df), p, 1e-10);
        expectClose(studentTQuantile(1 - p, df), -t, 1e-6, 1e-15);
      }),
    );
    expect(studentTQuantile(0.5, 4)).toBe(0);
    expectClose(studentTQuantile(0.975, 1e9), 1.959963984540054, 1e-8);
    expectClose(studentTQuantile(1e-20, 3), -4795275.7204690855, 1e-10);
  });
});

describe('beta distribution', () => {
  it('is the integral of its density for whole parameters', () => {
    for (const [a, b, constant] of [
      [3, 8, 360],
      [2, 2, 6],
      [6, 1, 6],
    ] as const) {
      for (const x of [0.05, 0.3, 0.5, 0.9]) {
        const density = (t: number) => constant * t ** (a - 1) * (1 - t) ** (b - 1);
        expectClose(betaCdf(x, a, b), integral(density, 0, x), 1e-11);
      }
    }
    expect([betaCdf(0, 2, 3), betaCdf(1, 2, 3), betaSf(1, 2, 3)]).toEqual([0, 1, 0]);
  });

  it('mirrors, and is undone by its quantile, for small and large parameters', () => {
    const shape = fc.oneof(
      fc.double({ min: 0.3, max: 5, noNaN: true }),
      fc.integer({ min: 1, max: 100_000 }),
    );
    fc.assert(
      fc.property(open, shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b);
        expectClose(betaCdf(x, a, b) + betaSf(x, a, b), 1, 1e-12);
        expectClose(betaSf(1 - x, b, a, x), betaCdf(x, a, b), 1e-9);
        if (x > 1e-12 && x < 1 - 1e-6) expectClose(betaCdf(x, a, b), p, 1e-8);
      }),
    );
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
  });

  it('gives F quantiles, which on (1, df) are squares of Student’s', () => {
    for (const df of [1, 5, 40.5]) {
      expectClose(fQuantile(0.95, 1, df), studentTQuantile(0.975, df) ** 2, 1e-10);
      expectClose(fQuantile(0.3, df, 7) * fQuantile(0.7, 7, df), 1, 1e-10);
    }
  });
});

describe('arguments that have no answer', () => {
  it('are refused at once instead of being searched for', () => {
    for (const df of [0, -3, Number.NaN, Infinity, -Infinity]) {
      expectRefusal(() => chiSquareSf(1, df), 'bad-option', /df/);
      expectRefusal(() => chiSquareQuantile(0.5, df), 'bad-option', /df/);
      expectRefusal(() => studentTSf(1, df), 'bad-option', /df/);
      expectRefusal(() => studentTQuantile(0.5, df), 'bad-option', /df/);
      expectRefusal(() => betaCdf(0.5, df, 1), 'bad-option', /a is/);
      expectRefusal(() => betaQuantile(0.5, 1, df), 'bad-option', /b is/);
    }
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expectRefusal(() => chiSquareQuantile(p, 2), 'bad-option', /p is/);
      expectRefusal(() => studentTQuantile(p, 2), 'bad-option', /p is/);
      expectRefusal(() => betaQuantile(p, 1, 2), 'bad-option', /p is/);
    }
  });
});

describe('quantile', () => {
  it('interpolates as by hand and as the definition', () => {
    expect(quantile(Float64Array.of(1, 2, 4), 0.75)).toBe(3);
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p) => {
          expectClose(
            quantile(Float64Array.from(values).sort(), p),
            slowQuantile(values, p),
            1e-12,
            1e-6,
          );
        },
      ),
    );
  });
});
