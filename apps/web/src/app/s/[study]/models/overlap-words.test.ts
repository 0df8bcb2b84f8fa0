import { expect, it } from 'vitest';
import { overlapWords } from './overlap-words';

it('says each kind that occurs, the nearest first', () => {
  const counts = { sameFile: 2, sameCode: 0, sameLesion: 0, samePatient: 1 };
  expect(overlapWords(counts)).toBe('2 by the same file, 1 by the same patient');
});
