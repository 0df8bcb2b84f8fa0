import { describe, expect, it } from 'vitest';
import { isMeant, notUploaded } from './picked-files';

const picked = (path: string, size: number) => ({
  path,
  file: new File([new Uint8Array(size)], path),
});

describe('isMeant', () => {
  it.each([
    '.DS_Store',
    'a/.DS_Store',
    '__MACOSX/a.jpg',
    'a/Thumbs.db',
    '.git/config',
    'desktop.ini',
  ])('leaves out %s', (path) => {
    expect(isMeant(path)).toBe(false);
  });

  it.each(['a.jpg', 'ISIC_Data/ISIC_1.jpg', 'v1.0/labels.csv', 'Thumbs.db.csv'])(
    'takes %s',
    (path) => {
      expect(isMeant(path)).toBe(true);
    },
  );
});

describe('notUploaded', () => {
  it('sends what is missing and what has another size', () => {
    const all = [picked('a.jpg', 3), picked('b.jpg', 3), picked('c.jpg', 3)];
    const there = [
      { path: 'a.jpg', sizeBytes: 3 },
      { path: 'b.jpg', sizeBytes: 2 },
    ];
    expect(notUploaded(all, there).map(({ path }) => path)).toEqual(['b.jpg', 'c.jpg']);
  });
});
