import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeModel, toyModel, writePackage } from '../toy-onnx.js';

interface Priorities {
  main: number;
  byName: [name: string, priority: number][];
}

/** Priorities by thread in a process of its own, after it did what `script` says; `close` ends it. */
async function prioritiesAfter(script: string): Promise<Priorities> {
  const file = join(await mkdtemp(join(tmpdir(), 'lesionwise-priority-')), 'script.mjs');
  await writeFile(
    file,
    `import { promises, readdirSync, readFileSync } from 'node:fs';
    import { getPriority } from 'node:os';
    let close = () => undefined;
    ${script.replaceAll('LIBRARY/', new URL('../dist/', import.meta.url).href)}
    const byName = readdirSync('/proc/self/task').map((thread) => [
      readFileSync('/proc/self/task/' + thread + '/comm', 'utf8').trim(),
      getPriority(Number(thread)),
    ]);
    console.log(JSON.stringify({ main: getPriority(process.pid), byName }));
    await close();`,
  );
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' })) as Priorities;
}

// Elsewhere a priority is the process's, and is left alone.
describe.runIf(process.platform === 'linux')('computing behind others', () => {
  const usual = getPriority();

  it('lowers the thread of a session on the CPU, and leaves the one that asks it', async () => {
    const { modelFile, manifest } = await writePackage(encodeModel(toyModel()), {});
    const { main, byName } = await prioritiesAfter(`
      const { openSession } = await import('LIBRARY/index.js');
      const order = ${JSON.stringify({ modelFile, manifest })};
      const session = await openSession({ ...order, device: 'cpu', threads: 2 });
      close = () => session.close();
    `);
    expect(main).toBe(usual);
    // Its own thread, and those of the runtime that share a pass with it.
    const lowered = byName.filter(([, priority]) => priority === usual + 10);
    expect(lowered.length).toBeGreaterThanOrEqual(2);
  });

  it('lowers the threads that read and decode, and no other', async () => {
    const { main, byName } = await prioritiesAfter(`
      const { decodeBehindOthers } = await import('LIBRARY/compute-priority.js');
      await promises.stat('/');
      decodeBehindOthers();
    `);
    expect(main).toBe(usual);
    const reading = byName.filter(([name]) => name === 'libuv-worker');
    expect(reading.length).toBeGreaterThan(0);
    expect(byName.filter(([, priority]) => priority !== usual)).toEqual(
      reading.map(([name]) => [name, usual + 10]),
    );
  });
});
