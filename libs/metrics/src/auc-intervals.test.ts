import { describe, expect, it } from 'vitest';
import { logitInterval, newcombeInterval } from './auc-intervals.js';
import { expectClose } from '../testing/arbitraries.js';

const Z = 1.959963984540054;

describe('logitInterval', () => {
  it('turns back the limits worked on the log odds', () => {
    // AUC 0.8: log odds log 4; half-width z 0.05 / 0.16
    const half = (Z * 0.05) / 0.16;
    const [lower, upper] = logitInterval(0.8, Z * 0.05) as [number, number];
    expectClose(lower, 4 / (4 + Math.exp(half)), 1e-14);
    expectClose(upper, 4 / (4 + Math.exp(-half)), 1e-14);
  });

  it('is undefined at 0 and 1, where the log odds are infinite', () => {
    expect(logitInterval(1, 0.1)).toEqual({ undefined: 'zero-variance' });
    expect(logitInterval(0, 0.1)).toEqual({ undefined: 'zero-variance' });
  });
});

describe('newcombeInterval', () => {
  const equation = (auc: number, m: number, n: number, t: number) => {
    const q = (m + n) / 2 - 1;
    const v = (t * (1 - t) * (1 + (q * (1 - t)) / (2 - t) + (q * t) / (1 + t))) / (m * n);
    return (auc - t) ** 2 - Z * Z * v;
  };

  it.each([
    [0.9, 10, 40],
    [0.6, 200, 3],
    [0.02, 5, 7],
    [0.999, 1000, 4000],
  ])('solves its equation on both sides of %f for %i and %i cases', (auc, m, n) => {
    const [lower, upper] = newcombeInterval(auc, m, n, Z);
    expect(lower).toBeLessThan(auc);
    expect(upper).toBeGreaterThan(auc);
    expectClose(equation(auc, m, n, lower), 0, 0, 1e-15);
    expectClose(equation(auc, m, n, upper), 0, 0, 1e-15);
  });

  it('mirrors about one half when the AUC does', () => {
    const [lower, upper] = newcombeInterval(0.8, 12, 30, Z);
    const [mirroredLower, mirroredUpper] = newcombeInterval(0.2, 12, 30, Z);
    expectClose(mirroredLower, 1 - upper, 1e-13);
    expectClose(mirroredUpper, 1 - lower, 1e-13);
  });

  it('survives an AUC of 0 and of 1', () => {
    expect(newcombeInterval(1, 8, 20, Z)[1]).toBe(1);
    expect(newcombeInterval(1, 8, 20, Z)[0]).toBeLessThan(1);
    expect(newcombeInterval(0, 8, 20, Z)[0]).toBe(0);
    expect(newcombeInterval(0, 1, 1, Z)[1]).toBeGreaterThan(0.5);
  });
});
