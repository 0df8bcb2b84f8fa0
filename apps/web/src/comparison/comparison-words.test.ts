import { expect, it } from 'vitest';
import { claimAndNumbers, levelWords, shortNames } from './comparison-words';

const version = (name: string, number: string) => ({
  title: `${name} ${number}`,
  version: number,
  model: { name },
});

it('calls versions of one family by their numbers, and others by their titles', () => {
  expect(shortNames([version('multitask', '0.1.0'), version('multitask', '1.0.0')])).toEqual([
    '0.1.0',
    '1.0.0',
  ]);
  expect(shortNames([version('multitask', '1.0.0'), version('seg', '1.0.0')])).toEqual([
    'multitask 1.0.0',
    'seg 1.0.0',
  ]);
  expect(shortNames([version('multitask', '1.0.0')])).toEqual(['multitask 1.0.0']);
});

it('says levels in words, and shows one it does not know as it is named', () => {
  expect(levelWords('SEX', 'FEMALE')).toBe('Female');
  expect(levelWords('ANATOMIC_SITE', 'HEAD_NECK')).toBe('Head or neck');
  expect(levelWords('SKIN_TYPE', 'V_VI')).toBe('V–VI');
  expect(levelWords('AGE_GROUP', '65_AND_OLDER')).toBe('≥ 65 y');
  expect(levelWords('SEX', 'NOT_RECORDED')).toBe('Not recorded');
  expect(levelWords('AGE_GROUP', 'OVER_100')).toBe('OVER_100');
});

it('parts a claim from its numbers, and loses no word', () => {
  expect(claimAndNumbers('B is better than A: ΔAUC +0.031, 95 % CI 0.008 to 0.055.')).toEqual({
    claim: 'B is better than A.',
    numbers: 'ΔAUC +0.031, 95 % CI 0.008 to 0.055.',
  });
  expect(claimAndNumbers('Nothing to compare.')).toEqual({
    claim: 'Nothing to compare.',
    numbers: '',
  });
});
