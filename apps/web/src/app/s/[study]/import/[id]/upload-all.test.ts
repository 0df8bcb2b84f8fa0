import { describe, expect, it } from 'vitest';
import { PARALLEL_UPLOADS, uploadAll } from './upload-all';

const items = Array.from({ length: 11 }, (_, index) => index);
const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('uploadAll', () => {
  it('uploads each item once, never more than four at a time', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const failures = await uploadAll({
      items,
      upload: async () => {
        most = Math.max(most, ++running);
        await pause();
        running--;
      },
      onDone: (item) => done.push(item),
      signal: new AbortController().signal,
    });
    expect(failures).toEqual([]);
    expect(done.toSorted((a, b) => a - b)).toEqual(items);
    expect(most).toBe(PARALLEL_UPLOADS);
  });

  it('goes on after a failure and names what failed', async () => {
    const done: number[] = [];
    const failures = await uploadAll({
      items,
      upload: async (item) => {
        await pause();
        if (item % 5 === 0) throw new Error(`no ${item}`);
      },
      onDone: (item) => done.push(item),
      signal: new AbortController().signal,
    });
    expect(failures).toEqual([
      { item: 0, message: 'no 0' },
      { item: 5, message: 'no 5' },
      { item: 10, message: 'no 10' },
    ]);
    expect(done).toHaveLength(8);
  });

  it('starts nothing more after an abort', async () => {
    const abort = new AbortController();
    let started = 0;
    await uploadAll({
      items,
      upload: async () => {
        started++;
        await pause();
        abort.abort();
      },
      onDone: () => undefined,
      signal: abort.signal,
    });
    expect(started).toBe(PARALLEL_UPLOADS);
  });
});
