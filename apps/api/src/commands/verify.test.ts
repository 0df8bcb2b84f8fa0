import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSyntheticCohort } from '@lesionwise/synthetic';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeToyPackage } from '../testing/toy-model.js';
import type { Verification } from './verification.js';

const pathTo = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const multitask = pathTo('models/multitask/0.1.0');
/** Real images and the figures they must give; not part of the repository. */
const challenge = pathTo('../shared/data/isic2017');
const expectedFigures = pathTo('../shared/models/multitask-0.1.0/expected.json');

describe('npm run verify', () => {
  let home: string;
  let synthetic: string;
  let others: string[];

  beforeAll(async () => {
    others = await allDatabases();
    home = await mkdtemp(join(tmpdir(), 'verify-test-'));
    synthetic = join(home, 'synthetic');
    await writeSyntheticCohort(synthetic, { seed: 5, images: 40, patients: 30, concurrency: 2 });
  }, 300_000);
  afterAll(() => rm(home, { recursive: true, force: true }));

  /** Starts the command with a temporary folder of its own, so that what it leaves there is seen. */
  async function start(...args: string[]) {
    const temporary = await mkdtemp(join(home, 'tmp-'));
    const child = spawn(process.execPath, [pathTo('apps/api/dist/commands/verify.js'), ...args], {
      env: { ...process.env, TMPDIR: temporary, DATABASE_URL: inject('serverUrl') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    const ended = once(child, 'close') as Promise<[number | null]>;
    return {
      child,
      error: () => Buffer.concat(err).toString(),
      async end() {
        const [code] = await ended;
        const texts = { out: Buffer.concat(out).toString(), error: Buffer.concat(err).toString() };
        return { code, ...texts, left: await readdir(temporary) };
      },
    };
  }

  async function verify(...args: string[]): Promise<Verification> {
    const { code, out, error, left } = await (await start(...args, '--json')).end();
    expect(code, error).toBe(0);
    expect(left).toEqual([]);
    expect(await ownDatabases()).toEqual([]);
    return JSON.parse(out) as Verification;
  }

  const ownDatabases = async () => (await allDatabases()).filter((name) => !others.includes(name));

  async function allDatabases(): Promise<string[]> {
    const client = new pg.Client({ connectionString: inject('serverUrl') });
    await client.connect();
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE datname LIKE 'verify\\_%'",
    );
    await client.end();
    return rows.map(({ datname }) => datname);
  }

  it('gives the recorded figures over the synthetic cohort', async () => {
    const found = await verify('--data', synthetic, '--package', multitask);
    expect(found).toMatchObject({ model: 'multitask 0.1.0', images: 40, masks: 40, device: 'cpu' });
    expect(found.patients).toBe(30);
    // Recorded here; the tolerance is what another build of libvips or of the runtime may change.
    expect(found.jaccard.value).toBeCloseTo(0.8976, 2);
    expect(found.aucMelanoma.value).toBeCloseTo(0.9345, 1);
    expect(found.aucSeborrheicKeratosis.value).toBeCloseTo(0.75, 1);
    for (const { value, low, high, method } of [
      found.jaccard,
      found.aucMelanoma,
      found.aucSeborrheicKeratosis,
    ]) {
      expect(low!).toBeLessThan(value!);
      expect(high!).toBeGreaterThan(value!);
      expect(method).toContain('patient');
    }
  }, 300_000);

  if (existsSync(challenge)) {
    it('reproduces the published figures of multitask 0.1.0 over the ISIC 2017 validation images', async () => {
      const { validation: expected } = JSON.parse(await readFile(expectedFigures, 'utf8')) as {
        validation: Record<string, { value: number; standardError: number; tolerance: number }>;
      };
      const found = await verify(
        ...['--data', challenge, '--split', 'validation', '--package', multitask],
      );
      expect(found).toMatchObject({ images: 150, masks: 150, patients: 150 });
      for (const name of ['jaccard', 'aucMelanoma', 'aucSeborrheicKeratosis'] as const) {
        const { value, standardError, tolerance } = expected[name]!;
        expect(Math.abs(found[name].value! - value), name).toBeLessThanOrEqual(tolerance);
        expect(found[name].standardError!).toBeCloseTo(standardError, 2);
      }
    }, 300_000);
  }

  it('says in words what a package does not answer', async () => {
    const segmentation = await writeToyPackage(home, { name: 'only-mask', withScores: false });
    const one = await verify('--data', synthetic, '--package', segmentation);
    expect(one.jaccard.value).toBeTypeOf('number');
    expect(one.aucMelanoma).toMatchObject({ value: null, undefinedReason: 'not-answered' });
    const classification = await writeToyPackage(home, { name: 'only-scores', withMask: false });
    const two = await verify('--data', synthetic, '--package', classification);
    expect(two.jaccard).toMatchObject({ value: null, undefinedReason: 'no-masks' });
    expect(two.aucMelanoma.value).toBeTypeOf('number');
  }, 300_000);

  it('refuses bad data, a bad package and a missing device in words, and leaves nothing behind', async () => {
    const empty = join(home, 'empty');
    await mkdir(empty);
    const broken = await writeToyPackage(home, { sha256: 'a'.repeat(64) });
    for (const [args, code, words] of [
      [['--data', empty, '--package', multitask], 1, 'No image was found'],
      [['--data', join(home, 'absent'), '--package', multitask], 1, 'no such folder'],
      [
        ['--data', synthetic, '--package', broken],
        1,
        'The ONNX file is the one the manifest names',
      ],
      [['--data', synthetic, '--package', multitask, '--device', 'cuda'], 1, 'cuda'],
      [['--data', synthetic, '--package', multitask, '--split', 'tset'], 2, 'Usage'],
      [['--package', multitask], 2, 'Usage'],
    ] as const) {
      const ended = await (await start(...args)).end();
      expect([ended.code, ended.left], ended.error).toEqual([code, []]);
      expect(ended.error).toContain(words);
    }
    expect(await ownDatabases()).toEqual([]);
  }, 300_000);

  it.each(['Preparing', 'Reading', 'Scored'])(
    'leaves nothing behind when interrupted while it says %s',
    async (step) => {
      const many = join(home, 'many', 'ISIC-2017_Validation_Data');
      await mkdir(many, { recursive: true });
      const [image] = await readdir(join(synthetic, 'Synthetic_Data'));
      const bytes = await readFile(join(synthetic, 'Synthetic_Data', image!));
      for (let i = 0; i < 300; i += 1) {
        await writeFile(join(many, `ISIC_${String(i).padStart(7, '0')}.jpg`), bytes);
      }
      const running = await start('--data', join(home, 'many'), '--package', multitask);
      while (!running.error().includes(step)) {
        expect(running.child.exitCode, running.error()).toBeNull();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      running.child.kill('SIGINT');
      const { code, left, error } = await running.end();
      expect([code, left], error).toEqual([130, []]);
      expect(await ownDatabases()).toEqual([]);
    },
    300_000,
  );
});
