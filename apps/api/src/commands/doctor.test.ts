import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject, describe, expect, it, onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('../../dist/commands/doctor.js', import.meta.url));

interface Answer {
  status: number;
  printed: string;
}

function doctor(env: Record<string, string>, ...args: string[]): Promise<Answer> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [script, ...args],
      { env: { ...process.env, ...env }, timeout: 50_000 },
      (_, stdout, stderr) => {
        resolve({ status: child.exitCode ?? -1, printed: stdout + stderr });
      },
    );
  });
}

async function emptyFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'lesionwise-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('the doctor', () => {
  it('finds a machine healthy that has no GPU, and leaves nothing in its storage', async () => {
    const folder = await emptyFolder();
    const env = { DATABASE_URL: inject('serverUrl'), LESIONWISE_STORAGE: join(folder, 'later') };
    const { status, printed } = await doctor(env, '--json');
    const found = JSON.parse(printed) as Record<string, any>;
    expect(found).toMatchObject({
      ...{ isHealthy: true, node: { isMet: true }, storage: { isMet: true } },
      postgres: { isMet: true, detail: expect.stringMatching(/^\d+\.\d+/) as string },
      machine: { cores: expect.any(Number) as number },
    });
    expect(status).toBe(0);
    const devices = found['devices'] as {
      device: string;
      isAvailable: boolean;
      howToGet?: string;
    }[];
    expect(devices.find(({ device }) => device === 'cpu')).toMatchObject({ isAvailable: true });
    for (const { isAvailable, howToGet } of devices) {
      if (!isAvailable) expect(howToGet).toContain('install');
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('names what is missing and what to do, and never the password', async () => {
    const { status, printed } = await doctor({
      DATABASE_URL: 'postgresql://someone:hushhush@127.0.0.1:1/none',
      LESIONWISE_STORAGE: '/dev/null/storage',
    });
    expect(status).toBe(1);
    expect(printed).toContain('✗ no answer (ECONNREFUSED)');
    expect(printed).toContain('→ check DATABASE_URL');
    expect(printed).toMatch(/✗ .*storage cannot be written/);
    expect(printed).toContain('Something that the product needs is missing');
    expect(printed).not.toContain('hushhush');
  });

  it('says why the embedded Postgres did not start', async () => {
    const env = { DATABASE_URL: '', LESIONWISE_STORAGE: await emptyFolder() };
    const { status, printed } = await doctor(env, '--postgres-failure', 'its files are missing');
    expect(status).toBe(1);
    expect(printed).toContain('the embedded Postgres did not start: its files are missing');
  });
});
