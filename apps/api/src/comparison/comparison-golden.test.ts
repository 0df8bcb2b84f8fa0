import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { type FactsStudy, type ImageFact, writeFacts } from '../testing/facts-study.js';
import { createWorld, type World } from '../testing/world.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const study = JSON.parse(read('../../golden/study.json')) as { images: ImageFact[] };
const expected = JSON.parse(read('../../golden/expected.json')) as Record<string, any>;
const dashboard = read('../../bench/compare-dashboard.graphql');

/** Other programs sum in another order, and R fits its models to 1e-14 of the deviance. */
const tolerance = 1e-9;

interface Mismatch {
  path: string;
  got: unknown;
  want: unknown;
}

/** Every leaf of `want`, looked up in `got`: numbers to the tolerance, all else exactly. */
function compared(got: any, want: any, path = ''): { leaves: number; wrong: Mismatch[] } {
  if (typeof want === 'object' && want !== null) {
    const parts = Object.keys(want).map((key) => compared(got?.[key], want[key], `${path}.${key}`));
    const sameLength = !Array.isArray(want) || want.length === got?.length;
    const wrong = parts.flatMap((part) => part.wrong);
    if (!sameLength) wrong.push({ path: `${path}.length`, got: got?.length, want: want.length });
    return { leaves: parts.reduce((sum, { leaves }) => sum + leaves, 0), wrong };
  }
  const isSame =
    typeof want === 'number' && typeof got === 'number'
      ? Math.abs(got - want) <= tolerance * Math.max(1, Math.abs(want))
      : got === want;
  return { leaves: 1, wrong: isSame ? [] : [{ path, got, want }] };
}

describe('the golden study', () => {
  let world: World;
  let facts: FactsStudy;
  let admin: Viewer;

  beforeAll(async () => {
    world = await createWorld();
    admin = await world.admin();
    facts = await writeFacts(world, study.images);
  });
  afterAll(() => world.close());

  it.each(['byPatient', 'byImage'])(
    'serves, asked %s, the numbers of scikit-learn, scipy, pROC and the published formulas',
    async (name) => {
      const { question, ...numbers } = expected[name];
      const { snapshotId, versionIds: modelVersionIds } = facts;
      const answer = await world.ask(admin, dashboard, {
        input: { snapshotId, modelVersionIds, ...question },
      });
      expect(answer.messages).toEqual([]);
      const { comparison } = answer.data as { comparison: any };
      // Only the subgroups that were computed elsewhere too.
      for (const task of comparison.tasks) {
        task.subgroups = task.subgroups.filter((one: any) => one.attribute === 'SEX');
      }
      const { leaves, wrong } = compared(comparison, numbers);
      expect(wrong).toEqual([]);
      expect(leaves).toBeGreaterThan(500);
    },
  );

  it('notices a number that is off in the ninth digit, so that agreement means something', () => {
    expect(compared({ a: [1, 2.00000001] }, { a: [1, 2] }).wrong).toHaveLength(1);
    expect(compared({ a: [1] }, { a: [1, 2] }).wrong).toHaveLength(2);
    expect(compared({}, { a: null }).wrong).toHaveLength(1);
  });
});
