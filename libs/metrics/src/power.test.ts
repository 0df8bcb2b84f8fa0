import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from './normal.js';
import { designEffect, hanleyMcNeilVariance, powerPairedAuc, powerSingleAuc } from './power.js';
import { expectClose, expectRefusal } from '../testing/arbitraries.js';

describe('hanleyMcNeilVariance', () => {
  it('gives the value worked by hand', () => {
    // A 3/4, m 2, n 3: q1 3/5, q2 9/14
    const expected = (3 / 16 + (3 / 5 - 9 / 16) + 2 * (9 / 14 - 9 / 16)) / 6;
    expectClose(hanleyMcNeilVariance(0.75, 2, 3), expected, 1e-14);
  });

  it('mirrors when the classes swap with the AUC, and is 0 at 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 90 }),
        (auc, m) => {
          expectClose(
            hanleyMcNeilVariance(auc, m, 40),
            hanleyMcNeilVariance(1 - auc, 40, m),
            1e-9,
            1e-15,
          );
        },
      ),
    );
    expect(hanleyMcNeilVariance(1, 4, 9)).toBe(0);
    expectRefusal(() => hanleyMcNeilVariance(1.1, 4, 9), 'bad-option');
    expectRefusal(() => hanleyMcNeilVariance(0.9, 0, 9), 'bad-count');
  });
});

describe('powerSingleAuc', () => {
  it('turns size into power and power into size', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.55, max: 0.95, noNaN: true }),
        fc.double({ min: 0.2, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 0.99, noNaN: true }),
        (auc, ratio, power) => {
          const size = powerSingleAuc({ auc, ratio, power });
          const back = powerSingleAuc({ auc, ratio, positives: size.positivesUnrounded });
          expectClose(back.power, power, 1e-9);
          expect(size.positives).toBe(Math.ceil(size.positivesUnrounded));
          expect(size.negatives).toBe(Math.ceil(ratio * size.positives));
          const stricter = powerSingleAuc({ auc, ratio, power, alpha: 0.01 });
          expect(stricter.positivesUnrounded).toBeGreaterThan(size.positivesUnrounded);
        },
      ),
    );
  });

  it('agrees with pROC 1.18.0', () => {
    // power.roc.test(auc = 0.8, power = 0.9, kappa = 4)$ncases; (auc = 0.65, ncases = 40, ncontrols = 120)$power
    expectClose(
      powerSingleAuc({ auc: 0.8, ratio: 4, power: 0.9 }).positivesUnrounded,
      10.898148833649316,
      1e-10,
    );
    expectClose(
      powerSingleAuc({ auc: 0.65, ratio: 3, positives: 40 }).power,
      0.83253529069554655,
      1e-10,
    );
  });

  it('asks for as many times the images as the design effect says', () => {
    const plan = { auc: 0.7, ratio: 3 };
    const one = powerSingleAuc({ ...plan, power: 0.8 });
    const clustered = powerSingleAuc({ ...plan, power: 0.8, designEffect: 1.7 });
    expectClose(clustered.positivesUnrounded, 1.7 * one.positivesUnrounded, 1e-12);
    const { positivesUnrounded: positives } = clustered;
    expectClose(powerSingleAuc({ ...plan, positives, designEffect: 1.7 }).power, 0.8, 1e-9);
    expect(powerSingleAuc({ ...plan, positives }).power).toBeGreaterThan(0.9);
  });

  it('refuses a plan that has no answer', () => {
    const plan = { auc: 0.8, ratio: 2, power: 0.8 };
    for (const more of [
      { auc: 0.5 },
      { auc: 1 },
      { ratio: 0 },
      { power: 1 },
      { power: 0 },
      { alpha: 0 },
      { designEffect: 0 },
    ]) {
      expectRefusal(() => powerSingleAuc({ ...plan, ...more }), 'bad-option');
    }
    expectRefusal(() => powerSingleAuc({ auc: 0.8, ratio: 2, positives: 0 }), 'bad-option');
  });
});

describe('powerPairedAuc', () => {
  const plan = { difference: 0.05, v10: 0.04, v01: 0.02, ratio: 4 };

  it('gives the size worked by hand', () => {
    // (1.959964 + 0.841621)^2 = 7.848880; times (0.04 + 0.005) / 0.0025
    const { positivesUnrounded, positives } = powerPairedAuc({ ...plan, power: 0.8 });
    expectClose(positivesUnrounded, 7.84888 * 18, 1e-6);
    expect(positives).toBe(142);
  });

  it('counts both tails of a two-sided test', () => {
    const small = { ...plan, difference: 0.001, positives: 10 };
    const shift = 0.001 / Math.sqrt(0.045 / 10);
    const z = 1.959963984540054;
    expectClose(powerPairedAuc(small).power, normalCdf(shift - z) + normalCdf(-shift - z), 1e-12);
    expectClose(
      powerPairedAuc({ ...small, difference: -0.001 }).power,
      powerPairedAuc(small).power,
      1e-14,
    );
  });

  it('moves by the margin for non-inferiority and grows with the design effect', () => {
    const same = powerPairedAuc({ ...plan, difference: 0.02, margin: 0.03, power: 0.8 });
    expectClose(
      same.positivesUnrounded,
      powerPairedAuc({ ...plan, power: 0.8 }).positivesUnrounded,
      1e-12,
    );
    const clustered = powerPairedAuc({ ...plan, designEffect: 1.5, power: 0.8 });
    expectClose(
      clustered.positivesUnrounded,
      1.5 * powerPairedAuc({ ...plan, power: 0.8 }).positivesUnrounded,
      1e-12,
    );
    const oneTail = powerPairedAuc({ ...plan, difference: 0, margin: 0.05, positives: 60 });
    expectClose(oneTail.power, normalCdf(0.05 / Math.sqrt(0.045 / 60) - 1.959963984540054), 1e-12);
  });

  it('refuses a plan without an effect or a variance', () => {
    expectRefusal(() => powerPairedAuc({ ...plan, difference: 0, power: 0.8 }), 'bad-option');
    expectRefusal(
      () => powerPairedAuc({ ...plan, difference: -0.1, margin: 0.05, power: 0.8 }),
      'bad-option',
    );
    expectRefusal(() => powerPairedAuc({ ...plan, v10: -1, power: 0.8 }), 'bad-option');
    expectRefusal(() => powerPairedAuc({ ...plan, designEffect: 0, power: 0.8 }), 'bad-option');
  });
});

describe('designEffect', () => {
  it('is 1 for single images or no correlation and 1 + (n - 1) icc for equal patients', () => {
    expect(designEffect({ meanClusterSize: 1, cv: 0, icc: 0.7 })).toBe(1);
    expect(designEffect({ meanClusterSize: 5, cv: 0.4, icc: 0 })).toBe(1);
    expectClose(designEffect({ meanClusterSize: 4, cv: 0, icc: 0.3 }), 1.9, 1e-15);
    expectClose(
      designEffect({ meanClusterSize: 4, cv: 0.5, icc: 0.3 }),
      1 + (1.25 * 4 - 1) * 0.3,
      1e-15,
    );
    expectRefusal(() => designEffect({ meanClusterSize: 0.5, cv: 0, icc: 0 }), 'bad-option');
    expectRefusal(() => designEffect({ meanClusterSize: 2, cv: -1, icc: 0 }), 'bad-option');
    expectRefusal(() => designEffect({ meanClusterSize: 2, cv: 0, icc: 2 }), 'bad-option');
  });
});
