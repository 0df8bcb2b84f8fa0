import { expect, it } from 'vitest';
import { withSource } from './with-source';

it('tells on every row where the numbers come from, under a head of its own', () => {
  const rows = withSource(
    [
      ['threshold', 'rate'],
      [0.5, 1],
      [0.4, 1],
    ],
    'Synthetic images. Snapshot 9f3c-a71e',
  );
  expect(rows).toEqual([
    ['threshold', 'rate', 'source'],
    [0.5, 1, 'Synthetic images. Snapshot 9f3c-a71e'],
    [0.4, 1, 'Synthetic images. Snapshot 9f3c-a71e'],
  ]);
});
