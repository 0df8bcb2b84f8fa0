import type * as childProcess from 'node:child_process';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { noise, picture } from '../toy-images.js';
import { toyManifest } from '../toy-onnx.js';
import { openIsolatedDecoder, type IsolatedDecoderOptions } from './isolated-decoder.js';
import { prepareImage } from './prepare-image.js';

const started: childProcess.ChildProcess[] = [];
const startedWith: (childProcess.ForkOptions | undefined)[] = [];
// The real fork; the test only keeps hold of the processes, to do to them what a poisoned image does.
vi.mock('node:child_process', async (load) => {
  const actual = await load<typeof childProcess>();
  const fork = (program: string | URL, options?: childProcess.ForkOptions) => {
    const child = actual.fork(program, options);
    started.push(child);
    startedWith.push(options);
    return child;
  };
  return { ...actual, fork };
});
beforeEach(() => {
  started.length = 0;
  startedWith.length = 0;
});

const { input } = toyManifest;
const file = (seed: number) =>
  picture(noise(120, 80, seed))
    .jpeg()
    .toBuffer();

function decoder(options: IsolatedDecoderOptions = {}) {
  const opened = openIsolatedDecoder(options);
  onTestFinished(() => opened.close());
  return opened;
}

describe('openIsolatedDecoder', () => {
  it('gives the pixels of prepareImage, image after image in one process', async () => {
    const { prepare } = decoder();
    for (const seed of [1, 2, 3]) {
      const bytes = await file(seed);
      expect(Buffer.from(await prepare(bytes, input))).toEqual(
        Buffer.from(await prepareImage(bytes, input)),
      );
    }
    expect(started).toHaveLength(1);
  });

  it('refuses what prepareImage refuses, in the same words, and goes on', async () => {
    const { prepare } = decoder();
    const bytes = await file(1);
    for (const bad of [Buffer.from('no picture'), bytes.subarray(0, bytes.length / 2)]) {
      const own = await prepareImage(bad, input).catch((error: unknown) => error);
      await expect(prepare(bad, input)).rejects.toMatchObject({
        name: 'ImageFileError',
        ...{ code: (own as { code: string }).code, message: (own as Error).message },
      });
    }
    expect(await prepare(bytes, input)).toHaveLength(192);
    expect(started).toHaveLength(1);
  });

  it('names the image whose decoding crashed, and prepares all the others', async () => {
    const { prepare } = decoder({ processes: 2 });
    const files = await Promise.all([1, 2, 3, 4, 5].map(file));
    await prepare(files[0]!, input);
    const asked = files.map((bytes) => prepare(bytes, input));
    // What libvips does to a process when it reads where it may not.
    started[0]!.kill('SIGSEGV');
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      ...['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled'],
    ]);
    expect(outcomes[0]).toMatchObject({
      reason: {
        name: 'DecoderLostError',
        message: 'decoding the image ended its process (SIGSEGV)',
      },
    });
    expect(started).toHaveLength(3);
  });

  it('starts another process when one died while it was idle', async () => {
    const { prepare } = decoder();
    await prepare(await file(1), input);
    started[0]!.kill('SIGKILL');
    await new Promise((resolve) => started[0]!.once('exit', resolve));
    expect(await prepare(await file(2), input)).toHaveLength(192);
  });

  it('gives an image up that does not come to an end', async () => {
    const { prepare } = decoder({ timeoutMs: 400 });
    const asked = prepare(await file(1), input);
    started[0]!.kill('SIGSTOP');
    await expect(asked).rejects.toMatchObject({
      name: 'DecoderLostError',
      message: 'the image was not decoded within 400 ms',
    });
  });

  it('leaves no process behind when it is closed', async () => {
    const opened = openIsolatedDecoder({ processes: 2 });
    const files = await Promise.all([1, 2, 3].map(file));
    const asked = Promise.allSettled(files.map((bytes) => opened.prepare(bytes, input)));
    await opened.close();
    for (const outcome of await asked) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'DecoderLostError' } });
    }
    await expect(opened.prepare(files[0]!, input)).rejects.toThrow('closed');
    expect(started.every(({ exitCode, signalCode }) => exitCode ?? signalCode)).toBe(true);
  });

  it('shows the process nothing of the environment', async () => {
    const { prepare } = decoder();
    await prepare(await file(1), input);
    expect(startedWith.map((options) => options?.env)).toEqual([{}]);
  });
});
