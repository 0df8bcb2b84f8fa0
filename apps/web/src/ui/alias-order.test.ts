import { expect, it } from 'vitest';
import { inAliasOrder } from './alias-order';

const alias = (name: string, id: string) => ({ name, modelVersion: { id } });

it('puts champion and candidate first and leaves the others as they were', () => {
  const aliases = [alias('champion', 'b'), alias('candidate', 'd'), alias('old', 'd')];
  expect(inAliasOrder(['a', 'b', 'c', 'd'], aliases, (id) => id)).toEqual(['b', 'd', 'a', 'c']);
});

it('leaves all as they were where no name is given', () => {
  expect(inAliasOrder(['b', 'a'], [], (id) => id)).toEqual(['b', 'a']);
});
