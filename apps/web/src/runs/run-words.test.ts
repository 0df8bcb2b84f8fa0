import { expect, it } from 'vitest';
import type { RunLineFragment } from '@/gql/graphql';
import { runFacts, runSubject } from './run-words';

const run: RunLineFragment = {
  id: '1',
  number: 41,
  state: 'RUNNING',
  totalCount: 1300,
  scoredCount: 1019,
  failedCount: 3,
  skippedCount: 0,
  imagesPerSecond: 11.8,
  secondsLeft: 7.2,
  elapsedSeconds: 19,
  actualDevice: 'cuda:0',
  requestedAt: '2026-11-22T09:31:00Z',
  finishedAt: null,
  modelVersion: { id: 'm', title: 'multitask 0.2.0' },
  snapshot: { id: 's', code: '9f3c-a71e', cohort: { id: 'c', name: 'Hold-out' } },
};

it('says how far a running run is, how fast, and how long it will take', () => {
  expect(runFacts(run)).toBe(
    '1\u202f022 of 1\u202f300 · 3 failed · 11.8 images/s · about 7 s left · cuda:0',
  );
});

it('leaves out what nobody knows before the first chunk', () => {
  expect(runFacts({ ...run, imagesPerSecond: null, secondsLeft: null, actualDevice: null })).toBe(
    '1\u202f022 of 1\u202f300 · 3 failed',
  );
});

it('says that a queued run waits', () => {
  expect(runFacts({ ...run, state: 'QUEUED', imagesPerSecond: null })).toContain(
    'waiting for a worker',
  );
});

it('counts images that were scored before as done, not as missing', () => {
  expect(
    runFacts({ ...run, state: 'DONE', scoredCount: 300, skippedCount: 1000, failedCount: 0 }),
  ).toBe('300 scored in 19 s · 1\u202f000 already scored · cuda:0');
});

it('says what a cancelled run keeps', () => {
  expect(
    runFacts({ ...run, state: 'CANCELLED', scoredCount: 9, failedCount: 0, totalCount: 18 }),
  ).toBe('9 of 18 scored in 19 s · what was scored is kept · cuda:0');
});

it('names a run of one image', () => {
  expect(runSubject({ ...run, snapshot: null })).toBe('multitask 0.2.0 on one image');
});
