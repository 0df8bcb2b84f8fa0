import { DeviceOutOfMemoryError, ModelPackageError, type ModelSession } from '@lesionwise/model';
import { describe, expect, it } from 'vitest';
import { createBatches, type HungBatchError } from './batches.service.js';

/** A device one can look into: what it was asked, and what it does about it. */
function device(answer: (images: number[]) => Promise<void> | void = () => undefined) {
  const asked: number[][] = [];
  // One after another, as a thread answers: what lies behind a pass that hangs hangs with it.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (pass: () => Promise<void>) => {
    const turn = last.catch(() => undefined).then(pass);
    last = turn;
    return turn;
  };
  const session: ModelSession<string> = {
    device: 'toy',
    deviceNote: 'toy',
    async predict(images) {
      const numbers = images.map(([number]) => number!);
      asked.push(numbers);
      await inTurn(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        await answer(numbers);
      });
      return numbers.map((number) => ({ scores: { melanoma: number / 100 } }));
    },
    close: () => Promise.resolve(),
  };
  return { asked, session };
}

const image = (number: number) => Uint8Array.of(number);
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const ever = 60_000;

describe('batches', () => {
  it('answer each image with its own answer, in batches no larger than they may be', async () => {
    const { asked, session } = device();
    const { ask } = createBatches([session], { size: 4, answerWithinMs: ever });
    const answers = await Promise.all(numbers(1, 15).map((number) => ask(image(number))));
    expect(answers.map(({ answer }) => answer.scores.melanoma)).toEqual(
      numbers(1, 15).map((number) => number / 100),
    );
    expect(asked.flat()).toEqual(numbers(1, 15));
    expect(Math.max(...asked.map(({ length }) => length))).toBe(4);
  });

  it('keep two batches at a session and the rest back, and every session busy', async () => {
    const gate = Promise.withResolvers<undefined>();
    const devices = [device(() => gate.promise), device(() => gate.promise)];
    const sessions = devices.map(({ session }) => session);
    const { ask } = createBatches(sessions, { size: 1, answerWithinMs: ever });
    const answers = Promise.all(numbers(1, 9).map((number) => ask(image(number))));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(devices.map(({ asked }) => asked)).toEqual([
      [[1], [3]],
      [[2], [4]],
    ]);
    gate.resolve(undefined);
    expect(await answers).toHaveLength(9);
  });

  it('ask urgent images before all that wait', async () => {
    const { asked, session } = device();
    const { ask } = createBatches([session], { size: 1, answerWithinMs: ever });
    const cohort = numbers(1, 6).map((number) => ask(image(number)));
    const urgent = ask(image(99), { isUrgent: true });
    await Promise.all([...cohort, urgent]);
    // Two were underway when it came.
    expect(asked.flat().indexOf(99)).toBe(2);
  });

  it('answer a cohort while somebody else always waits before the screen', async () => {
    const { session } = device();
    const { ask } = createBatches([session], { size: 1, answerWithinMs: ever });
    const over = new AbortController();
    let urgent = 0;
    const flood = async () => {
      for (; !over.signal.aborted; urgent += 1) await ask(image(99), { isUrgent: true });
    };
    const flooded = flood();
    await Promise.all(numbers(1, 20).map((number) => ask(image(number))));
    over.abort();
    await flooded;
    // Both had their share.
    expect(urgent).toBeGreaterThan(5);
  });

  it('halve when the device has no memory, and stay so', async () => {
    const { asked, session } = device((images) => {
      if (images.length > 2)
        throw new DeviceOutOfMemoryError('cuda', images.length, 'out of memory');
    });
    const batches = createBatches([session], { size: 8, answerWithinMs: ever });
    const answers = await Promise.all(numbers(1, 20).map((number) => batches.ask(image(number))));
    expect(answers.map(({ answer }) => answer.scores.melanoma)).toEqual(
      numbers(1, 20).map((number) => number / 100),
    );
    expect(batches.size).toBe(2);
    asked.length = 0;
    await Promise.all(numbers(1, 6).map((number) => batches.ask(image(number))));
    expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(2);
  });

  it('fail in the words of the device when there is no memory for one image', async () => {
    const { session } = device((images) => {
      throw new DeviceOutOfMemoryError('cuda', images.length, 'out of memory');
    });
    const { ask } = createBatches([session], { size: 8, answerWithinMs: ever });
    const outcomes = await Promise.allSettled(numbers(1, 9).map((number) => ask(image(number))));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { name: 'DeviceOutOfMemoryError', imageCount: 1 } });
    }
  });

  it('tell the image that the network fails on from its neighbours', async () => {
    const { session } = device((images) => {
      if (images.includes(3)) throw new ModelPackageError('OUTPUT_NOT_FINITE', 'mask', 'NaN');
    });
    const { ask } = createBatches([session], { size: 5, answerWithinMs: ever });
    const outcomes = await Promise.allSettled(numbers(1, 12).map((number) => ask(image(number))));
    expect(outcomes.flatMap(({ status }, i) => (status === 'rejected' ? [i + 1] : []))).toEqual([
      3,
    ]);
  });

  it('give up on a network that hangs: its batch is suspected, the others are not', async () => {
    const { session } = device((images) =>
      images.includes(2) ? new Promise<void>(() => undefined) : undefined,
    );
    const batches = createBatches([session], { size: 1, answerWithinMs: 50 });
    const outcomes = await Promise.allSettled(
      numbers(1, 5).map((number) => batches.ask(image(number))),
    );
    const parts = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as HungBatchError).part : 'ANSWERED',
    );
    // Once the first was answered, its place was taken by the third.
    expect(parts).toEqual(['ANSWERED', 'CULPRIT', 'BYSTANDER', 'BYSTANDER', 'BYSTANDER']);
    expect(batches.isHung).toBe(true);
    await expect(batches.ask(image(6))).rejects.toMatchObject({ part: 'BYSTANDER' });
  });

  it('suspect all of a batch that hangs, and ask a suspect alone', async () => {
    const hung = createBatches([device(() => new Promise(() => undefined)).session], {
      ...{ size: 3, answerWithinMs: 50 },
    });
    // The first goes before the others have come.
    const outcomes = await Promise.allSettled([
      hung.ask(image(1), { isAlone: true }),
      ...numbers(2, 4).map((number) => hung.ask(image(number))),
    ]);
    expect(outcomes.map(({ reason }: any) => reason.part)).toEqual([
      'CULPRIT',
      ...['BYSTANDER', 'BYSTANDER', 'BYSTANDER'],
    ]);
    const { asked, session } = device();
    const { ask } = createBatches([session], { size: 3, answerWithinMs: ever });
    await Promise.all([
      ...numbers(1, 4).map((number) => ask(image(number))),
      ask(image(5), { isAlone: true }),
      ask(image(6)),
    ]);
    expect(asked).toContainEqual([5]);
  });

  it('share the time of the device out among the images of a batch', async () => {
    const { session } = device(() => new Promise((resolve) => setTimeout(resolve, 40)));
    const { ask } = createBatches([session], { size: 4, answerWithinMs: ever });
    const begun = performance.now();
    const asked = await Promise.all(numbers(1, 12).map((number) => ask(image(number))));
    const total = asked.reduce((sum, { ms }) => sum + ms, 0);
    // Passes of 1, 1, 4, 4 and 2 images, however many wait for each: the device's time is counted once.
    expect(total).toBeGreaterThan(5 * 35);
    expect(total).toBeLessThanOrEqual(performance.now() - begun);
  });
});
