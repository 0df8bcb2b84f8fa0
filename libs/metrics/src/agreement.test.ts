import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohenKappa } from './cohen-kappa.js';
import { fleissKappa } from './fleiss-kappa.js';
import { icc21 } from './icc.js';
import { expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';

const tables = fc
  .integer({ min: 2, max: 4 })
  .chain((k) =>
    fc.array(fc.array(fc.nat(9), { minLength: k, maxLength: k }), { minLength: k, maxLength: k }),
  );

describe('cohenKappa', () => {
  it('gives the kappa worked by hand', () => {
    // agreement 0.7; by chance 0.5 0.6 + 0.5 0.4 = 0.5
    const { unweighted } = cohenKappa([
      [20, 5],
      [10, 15],
    ]);
    expectClose(defined(unweighted).kappa, 0.4, 1e-14);
  });

  it('compares the two readers pair by pair, as in the definition', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const cases = table.flatMap((row, i) =>
          row.flatMap((count, j) => new Array<[number, number]>(count).fill([i, j])),
        );
        const n = cases.length;
        const onlyOne = new Set(cases.flat()).size <= 1;
        fc.pre(n > 0 && !onlyOne);
        const got = cohenKappa(table);
        const disagreement = {
          unweighted: (d: number) => (d === 0 ? 0 : 1),
          linear: (d: number) => d,
          quadratic: (d: number) => d * d,
        };
        for (const kind of ['unweighted', 'linear', 'quadratic'] as const) {
          const cost = (i: number, j: number) => disagreement[kind](Math.abs(i - j));
          const own = cases.reduce((sum, [i, j]) => sum + cost(i, j), 0) / n;
          const chance =
            cases.reduce((sum, [i]) => sum + cases.reduce((s, [, j]) => s + cost(i, j), 0), 0) /
            n ** 2;
          expectClose(defined(got[kind]).kappa, 1 - own / chance, 1e-10, 1e-12);
        }
      }),
    );
  });

  it('estimates the spread that resampling shows', () => {
    // jackknife over cases, which the formula of 1969 approaches
    const table = [
      [40, 9, 2],
      [7, 30, 8],
      [1, 6, 47],
    ];
    const n = 150;
    for (const kind of ['unweighted', 'linear', 'quadratic'] as const) {
      const left: number[] = [];
      table.forEach((row, i) => {
        row.forEach((count, j) => {
          const without = table.map((r, a) => r.map((c, b) => (a === i && b === j ? c - 1 : c)));
          const { kappa } = defined(cohenKappa(without)[kind]);
          left.push(...new Array<number>(count).fill(kappa));
        });
      });
      const mean = left.reduce((a, b) => a + b) / n;
      const jackknife = Math.sqrt(
        ((n - 1) / n) * left.reduce((sum, k) => sum + (k - mean) ** 2, 0),
      );
      expectClose(defined(cohenKappa(table)[kind]).se, jackknife, 0.02);
    }
  });

  it('is the same whichever reader comes first', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const turned = table.map((_, i) => table.map((row) => row[i]!));
        const [forward, backward] = [cohenKappa(table), cohenKappa(turned)];
        for (const kind of ['unweighted', 'linear', 'quadratic'] as const) {
          const [a, b] = [forward[kind], backward[kind]];
          if ('undefined' in a) expect(b).toEqual(a);
          else {
            expectClose(defined(b).kappa, a.kappa, 1e-10, 1e-12);
            expectClose(defined(b).se, a.se, 1e-6, 1e-7);
          }
        }
      }),
    );
  });

  it('has no kappa where chance agreement is 1 or nothing was read', () => {
    const one = { undefined: 'chance-agreement-one' };
    expect(
      cohenKappa([
        [5, 0],
        [0, 0],
      ]),
    ).toEqual({ unweighted: one, linear: one, quadratic: one });
    expect(cohenKappa([[5]]).linear).toEqual(one);
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]).linear,
    ).toEqual({ undefined: 'no-cases' });
    expect(cohenKappa([]).unweighted).toEqual({ undefined: 'no-cases' });
    expect(
      defined(
        cohenKappa([
          [0, 4],
          [0, 0],
        ]).unweighted,
      ).kappa,
    ).toBe(0);
    expectRefusal(() => cohenKappa([[1, 2], [3]]), 'bad-option', /row 1/);
    expectRefusal(() => cohenKappa([[1.5]]), 'bad-count', /table\[0\]\[0\]/);
  });
});

describe('fleissKappa', () => {
  it('agrees with comparing every pair of readers of every case', () => {
    const ratings = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 7 }))
      .chain(([raters, n]) =>
        fc.array(fc.array(fc.nat(2), { minLength: raters, maxLength: raters }), {
          minLength: n,
          maxLength: n,
        }),
      );
    fc.assert(
      fc.property(ratings, (cases) => {
        fc.pre(new Set(cases.flat()).size > 1);
        const counts = cases.map((row) =>
          [0, 1, 2].map((c) => row.filter((of) => of === c).length),
        );
        const pairs = cases.flatMap((row) =>
          row.flatMap((x, i) => row.filter((_, j) => j !== i).map((y) => x === y)),
        );
        const all = cases.flat();
        const observed = pairs.filter(Boolean).length / pairs.length;
        const chance =
          all.flatMap((x) => all.map((y) => x === y)).filter(Boolean).length / all.length ** 2;
        expectClose(fleissKappa(counts).kappa, (observed - chance) / (1 - chance), 1e-11, 1e-13);
      }),
    );
  });

  it('needs cases, two readers each, and more than one category in use', () => {
    expect(fleissKappa([]).kappa).toEqual({ undefined: 'no-cases' });
    expect(
      fleissKappa([
        [0, 3],
        [0, 3],
      ]),
    ).toEqual({
      kappa: { undefined: 'chance-agreement-one' },
      cases: 2,
      raters: 3,
    });
    expectRefusal(
      () =>
        fleissKappa([
          [2, 1],
          [1, 1],
        ]),
      'bad-option',
      /case 1 has 2 readers/,
    );
    expectRefusal(() => fleissKappa([[1, 0]]), 'bad-option');
    expectRefusal(() => fleissKappa([[1, -1]]), 'bad-count');
  });
});

describe('icc21', () => {
  it('reproduces the example of Shrout and Fleiss', () => {
    const { icc, msRows } = icc21([
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ]);
    expectClose(icc, 0.29, 0, 0.005);
    expectClose(msRows, 11.24, 0, 0.005);
  });

  it('is blind to shift and scale and to the order of readers', () => {
    const rows = fc.array(
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 }),
      {
        minLength: 3,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(rows, (ratings) => {
        const { icc, ci } = icc21(ratings);
        const moved = icc21(ratings.map(([x, y, z]) => [7 + 3 * z!, 7 + 3 * x!, 7 + 3 * y!]));
        fc.pre(typeof icc === 'number' && Array.isArray(ci));
        expectClose(moved.icc, icc, 1e-8, 1e-9);
        // Their degrees of freedom are made for agreement above chance.
        if (icc < 0) return;
        const [lower, upper] = defined(ci);
        expect(lower).toBeLessThanOrEqual(icc + 1e-9);
        expect(upper).toBeGreaterThanOrEqual(icc - 1e-9);
      }),
    );
  });

  it('widens with the level', () => {
    const ratings = [
      [1, 2],
      [4, 4],
      [2, 5],
      [7, 6],
    ];
    const width = (level: number) => {
      const [lower, upper] = defined(icc21(ratings, { level }).ci);
      return upper - lower;
    };
    expect(width(0.99)).toBeGreaterThan(width(0.8));
  });

  it('has no value where nothing varies, and no interval where readers agree perfectly', () => {
    expect(
      icc21([
        [1, 1],
        [1, 1],
      ]),
    ).toMatchObject({
      icc: { undefined: 'zero-variance' },
      ci: { undefined: 'zero-variance' },
    });
    expect(
      icc21([
        [1, 1],
        [2, 2],
        [5, 5],
      ]),
    ).toMatchObject({ icc: 1, ci: { undefined: 'zero-variance' } });
    expectRefusal(() => icc21([[1, 2]]), 'bad-option');
    expectRefusal(() => icc21([[1], [2]]), 'bad-option');
    expectRefusal(() => icc21([[1, 2], [1]]), 'bad-option', /case 1/);
    expectRefusal(
      () =>
        icc21([
          [1, 2],
          [1, Number.NaN],
        ]),
      'non-finite-score',
      /ratings\[1\]\[1\]/,
    );
  });
});
