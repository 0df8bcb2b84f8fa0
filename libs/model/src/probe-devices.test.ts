import type * as childProcess from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { probeDevices } from './probe-devices.js';

/** What is done to each process as soon as it runs, as a driver would. */
let disturb: (child: childProcess.ChildProcess) => void;
// The real fork; the test only keeps hold of the processes.
vi.mock('node:child_process', async (load) => {
  const actual = await load<typeof childProcess>();
  const fork = (program: string | URL, options?: childProcess.ForkOptions) => {
    const child = actual.fork(program, options);
    disturb(child);
    return child;
  };
  return { ...actual, fork };
});
beforeEach(() => {
  disturb = () => undefined;
});

describe('probeDevices', () => {
  it('finds the CPU everywhere, and says of every device either how fast it is or how to get it', async () => {
    const probes = await probeDevices();
    expect(probes.map(({ device }) => device)).toEqual(['cuda', 'webgpu', 'cpu']);
    expect(probes[2]).toMatchObject({ isAvailable: true, howToGet: undefined });
    for (const { isAvailable, detail, howToGet } of probes) {
      if (isAvailable) expect(detail).toMatch(/^opens in \d+ ms, answers in \d+ ms$/);
      else expect([howToGet, detail]).toEqual([expect.stringContaining('install'), detail]);
      expect(detail).not.toContain('onnxruntime_src');
    }
  });

  it('calls a device absent whose driver crashes', async () => {
    disturb = (child) => child.kill('SIGSEGV');
    for (const { isAvailable, detail } of await probeDevices()) {
      expect(isAvailable).toBe(false);
      expect(detail).toBe('its driver ended the process that tried it (SIGSEGV)');
    }
  });

  it('calls a device absent that hangs, and leaves no process behind', async () => {
    const ends: Promise<unknown[]>[] = [];
    disturb = (child) => {
      ends.push(once(child, 'exit'));
      child.kill('SIGSTOP');
    };
    for (const { isAvailable, detail } of await probeDevices({ timeoutMs: 100 })) {
      expect([isAvailable, detail]).toEqual([false, 'it did not answer within 100 ms']);
    }
    expect(await Promise.all(ends)).toEqual(Array.from({ length: 3 }, () => [null, 'SIGKILL']));
  });
});
