import { expect, it } from 'vitest';
import { placeRows, rowWords, stepRow, type ForestRow } from './forest-rows';

const interval = { slot: 1, value: 0.8, valueWords: '0.82', intervalWords: '[0.71, 0.90]' };
const rows: ForestRow[] = [
  { key: 'h', label: 'Sex', isHeading: true, intervals: [] },
  { key: 'f', label: 'Female', count: '25 / 134', intervals: [interval, { ...interval, slot: 2 }] },
  { key: 's', label: 'V–VI', intervals: [], instead: 'not estimated: fewer than 5 melanomas' },
];

it('stacks rows without overlap and keeps intervals inside their row', () => {
  const { rows: placed, height } = placeRows(rows);
  let bottom = 0;
  for (const row of placed) {
    expect(row.y - row.height / 2).toBeCloseTo(bottom);
    bottom += row.height;
    for (const y of row.ys) expect(Math.abs(y - row.y)).toBeLessThan(row.height / 2);
  }
  expect(height).toBe(bottom);
  expect(placed[1]?.ys).toHaveLength(2);
});

it('steps over headings and stops at both ends', () => {
  expect(stepRow(rows, undefined, 1)).toBe(1);
  expect(stepRow(rows, undefined, -1)).toBe(2);
  expect(stepRow(rows, 1, 1)).toBe(2);
  expect(stepRow(rows, 2, 1)).toBe(2);
  expect(stepRow(rows, 1, -1)).toBe(1);
  expect(stepRow([], undefined, 1)).toBeUndefined();
});

it('says a row with its count, and the reason where nothing is estimated', () => {
  expect(rowWords(rows[1]!, 'n⁺ / n⁻')).toBe(
    'Female, n⁺ / n⁻ 25 / 134: 0.82 [0.71, 0.90]; 0.82 [0.71, 0.90].',
  );
  expect(rowWords(rows[2]!, 'n⁺ / n⁻')).toBe('V–VI: not estimated: fewer than 5 melanomas.');
});
