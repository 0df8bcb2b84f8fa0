import { expect, it } from 'vitest';
import { readErrorSort, sortWord } from './error-sort';

it.each(['code', '-code', 'jaccard', '-jaccard', '-melanoma-error', 'sk-error'])(
  'writes %s as it was read',
  (word) => {
    expect(sortWord(readErrorSort(word))).toBe(word);
  },
);

it.each([undefined, '', 'nonsense', 'constructor', ['code', 'jaccard']])(
  'puts the largest melanoma error first for %j',
  (word) => {
    expect(readErrorSort(word)).toEqual({ field: 'MELANOMA_ERROR', direction: 'DESC' });
  },
);
