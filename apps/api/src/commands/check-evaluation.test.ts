import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../comparison/comparison.type.js';
import type { Viewer } from '../context.js';
import type { Prisma } from '../db.js';
import { createEvaluation } from '../evaluation/evaluation.service.js';
import { type FactsStudy, type ImageFact, writeFacts } from '../testing/facts-study.js';
import { createWorld, type World } from '../testing/world.js';

const script = fileURLToPath(new URL('../../dist/commands/check-evaluation.js', import.meta.url));
const golden = new URL('../../golden/study.json', import.meta.url);
const { images } = JSON.parse(readFileSync(golden, 'utf8')) as { images: ImageFact[] };

describe('npm run check-evaluation', () => {
  let world: World;
  let admin: Viewer;
  let facts: FactsStudy;
  const ids: string[] = [];
  const hashes: string[] = [];

  beforeAll(async () => {
    world = await createWorld();
    admin = await world.admin();
    facts = await writeFacts(world, images);
    for (const alpha of [0.05, 0.1]) {
      const { snapshotId, versionIds } = facts;
      const input = { snapshotId, modelVersionIds: versionIds.slice(0, 2), alpha };
      const { id, inputsHash } = await createEvaluation(world, admin, input);
      ids.push(id);
      hashes.push(inputsHash);
    }
  });
  afterAll(() => world.close());

  const check = (...args: string[]): Promise<{ status: number; printed: string }> =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [script, ...args],
        {
          env: {
            ...process.env,
            DATABASE_URL: world.databaseUrl,
            LESIONWISE_STORAGE: world.storage.folder,
            LESIONWISE_SECRET: 'x'.repeat(32),
            LESIONWISE_URL: 'http://localhost:3000',
          },
          timeout: 60_000,
        },
        (_, stdout, stderr) => {
          resolve({ status: child.exitCode ?? -1, printed: stdout + stderr });
        },
      );
    });

  it('ends with 0 when every number comes out again, named by id, by hash or all', async () => {
    const one = await check(ids[0]!);
    expect(one.printed).toMatch(new RegExp(`^${ids[0]}: reproduced, all \\d{4,} numbers`));
    expect(one.status).toBe(0);
    const byHash = await check(hashes[1]!.slice(0, 12).toUpperCase());
    expect(byHash).toMatchObject({ status: 0 });
    expect(byHash.printed).toContain(ids[1]);
    const all = await check('--all');
    expect(all.printed).toContain('2 evaluations checked, 0 did not come out again.');
    expect(all.status).toBe(0);
  });

  it('ends with 1 and shows the number that was changed where it is kept', async () => {
    const id = ids[0]!;
    const row = await world.db.evaluation.findUniqueOrThrow({ where: { id } });
    const kept = row.comparison as unknown as Comparison;
    const forged = structuredClone(kept);
    forged.tasks[0]!.versions[0]!.auc.value! += 1e-9;
    const store = (comparison: Comparison) =>
      world.db.evaluation.update({
        where: { id },
        data: { comparison: comparison as unknown as Prisma.InputJsonObject },
      });
    await store(forged);
    const { status, printed } = await check('--all');
    expect(status).toBe(1);
    expect(printed).toContain(`${id}: NOT REPRODUCED, 1 of `);
    expect(printed).toContain('comparison.tasks.0.versions.0.auc.value: frozen 0.');
    expect(printed).toContain(`${ids[1]}: reproduced`);
    expect(printed).toContain('2 evaluations checked, 1 did not come out again.');
    const json = JSON.parse((await check(id, '--json')).printed) as Record<string, unknown>;
    expect(json).toMatchObject({ evaluationId: id, isReproduced: false, differenceCount: 1 });
    await store(kept);
  });

  it('ends with 1 and says what is gone when it cannot be computed again', async () => {
    const where = { modelVersionId: facts.versionIds[1]! };
    const { id } = await world.db.prediction.findFirstOrThrow({ where });
    await world.db.prediction.delete({ where: { id } });
    const { status, printed } = await check(ids[1]!);
    expect(status).toBe(1);
    expect(printed).toContain('CANNOT BE COMPUTED AGAIN. ');
    expect(printed).toContain('has no score for 1 images');
  });

  it.each([
    [[], 2, 'Usage:'],
    [['--all', 'abcdef'], 2, 'Usage:'],
    [['00000000-0000-4000-8000-000000000000'], 1, 'There is no evaluation'],
    [['ffffffffffff'], 1, 'There is no evaluation ffffffffffff'],
    [['latest'], 1, 'latest is neither the id'],
  ])('refuses %j in words', async (args, status, words) => {
    const answer = await check(...args);
    expect(answer.status).toBe(status);
    expect(answer.printed).toContain(words);
  });

  it('sees nothing of a study that the account acted for may not see', async () => {
    const stranger = await world.db.user.create({ data: { name: 'S', email: 's@example.org' } });
    expect((await check(ids[0]!, '--as', stranger.email)).printed).toContain('There is no eval');
    expect((await check('--all', '--as', stranger.email)).printed).toContain('0 evaluations');
  });
});
