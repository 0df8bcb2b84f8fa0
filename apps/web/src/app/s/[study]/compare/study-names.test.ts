import { expect, it } from 'vitest';
import type { CompareVersion } from './study-names';
import { singleTaskClaim, usualVersions } from './study-names';

const version = (id: string, part: Partial<CompareVersion> = {}): CompareVersion => ({
  id,
  title: id,
  version: '1.0.0',
  tasks: ['MELANOMA'],
  hasMask: true,
  createdAt: '2026-01-01T00:00:00Z',
  model: { id: `family of ${id}`, name: id },
  ...part,
});
const whole = { scored: 10, missing: 0 };

it('compares the newest versions that scored everything, the oldest of them as baseline', () => {
  const versions = ['d', 'c', 'b', 'a', 'z'].map((id) => version(id));
  const coverage = new Map([
    ['d', whole],
    ['c', { scored: 9, missing: 1 }],
    ['b', whole],
    ['a', whole],
    ['z', whole],
  ]);
  expect(usualVersions(coverage, versions).map(({ id }) => id)).toEqual(['a', 'b', 'd']);
  expect(usualVersions(new Map(), versions)).toEqual([]);
});

it('offers the claim only where all three kinds scored everything', () => {
  const versions = [
    version('masks', { tasks: [] }),
    version('scores', { hasMask: false }),
    version('both'),
  ];
  const all = new Map(versions.map(({ id }) => [id, whole]));
  expect(singleTaskClaim(all, versions)?.map(({ id }) => id)).toEqual(['both', 'masks', 'scores']);
  expect(singleTaskClaim(new Map(all).set('masks', { scored: 1, missing: 9 }), versions)).toBe(
    undefined,
  );
});
