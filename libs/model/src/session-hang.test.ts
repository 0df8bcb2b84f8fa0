import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeModel, endlessModel, imageBytes, toyModel, writePackage } from '../toy-onnx.js';
import { openSession } from './session.js';

const images = (count: number) => Array<Uint8Array>(count).fill(new Uint8Array(imageBytes));

describe('a session whose network hangs', () => {
  it('says so for every call, closes without waiting, and leaves its thread to the end of the process', async () => {
    const { folder, modelFile, manifest } = await writePackage(encodeModel(endlessModel()));
    const script = join(folder, 'script.mjs');
    const index = new URL('../dist/index.js', import.meta.url).href;
    // In a process of its own, because nothing else ends the thread.
    await writeFile(
      script,
      `import { openSession } from ${JSON.stringify(index)};
      const order = ${JSON.stringify({ modelFile, manifest })};
      const session = await openSession({ ...order, device: 'cpu', answerWithinMs: 200 });
      const ask = () => session.predict([new Uint8Array(${imageBytes})]).then(
        () => 'answered',
        ({ name, message }) => name + ': ' + message,
      );
      const words = [...(await Promise.all([ask(), ask()])), await ask()];
      await session.close();
      console.log(JSON.stringify(words));
      process.kill(process.pid, 'SIGKILL');`,
    );
    const { stdout, signal } = run(script);
    expect(signal).toBe('SIGKILL');
    const said = 'ModelHungError: the network gave no answer within 0.2 s';
    expect(JSON.parse(stdout)).toEqual([said, said, said]);
  });

  it('is not one that has many calls to answer: each has its time when its turn comes', async () => {
    const { modelFile, manifest } = await writePackage(encodeModel(toyModel()));
    const order = { modelFile, manifest, device: 'cpu' } as const;
    const one = await openSession(order);
    await one.predict(images(200));
    const begun = performance.now();
    await one.predict(images(200));
    const onceMs = performance.now() - begun;
    await one.close();

    // Long for one call, and half of what all of them take that wait from the beginning.
    const answerWithinMs = Math.max(200, 20 * onceMs);
    const session = await openSession({ ...order, answerWithinMs });
    const calls = Array.from({ length: Math.ceil((2 * answerWithinMs) / onceMs) }, () =>
      session.predict(images(200)),
    );
    for (const answers of await Promise.all(calls)) expect(answers).toHaveLength(200);
    await session.close();
  });
});

function run(script: string): { stdout: string; signal: string | null } {
  try {
    const bounds = { encoding: 'utf8', timeout: 30_000 } as const;
    return { stdout: execFileSync(process.execPath, [script], bounds), signal: null };
  } catch (error) {
    return error as { stdout: string; signal: string };
  }
}
