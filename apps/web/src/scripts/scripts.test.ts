import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { scripts } from './scripts';
import type { Shown, ShownStatistic } from './shown';

const statistics: ShownStatistic[] = [
  { kind: 'auc', task: 'MELANOMA' },
  { kind: 'averagePrecision', task: 'SEBORRHEIC_KERATOSIS' },
  { kind: 'operatingPoint', task: 'MELANOMA' },
  { kind: 'calibration', task: 'MELANOMA' },
  { kind: 'decisionCurve', task: 'MELANOMA' },
  { kind: 'subgroups', task: 'MELANOMA' },
  { kind: 'segmentation' },
];
const [baseline, version] = [
  '11111111-1111-4111-8111-111111111111',
  '22222222-2222-4222-8222-222222222222',
];
const snapshotId = '33333333-3333-4333-8333-333333333333';
const sources: Shown['source'][] = [
  { kind: 'evaluation', id: '44444444-4444-4444-8444-444444444444' },
  { kind: 'comparison', input: { snapshotId, modelVersionIds: [baseline, version] } },
];
const shownOf = (statistic: ShownStatistic, source: Shown['source']): Shown => ({
  ...{ statistic, source },
  snapshot: { id: snapshotId, code: '9f3c-a71e', contentHash: '9f3ca71e'.padEnd(64, '0') },
  versions: [
    { id: baseline, title: 'multitask 0.1.0' },
    { id: version, title: 'a "quoted" \\ name' },
  ],
});
const everything = statistics.flatMap((statistic) =>
  sources.map((source) => [statistic.kind, source.kind, shownOf(statistic, source)] as const),
);

const schema = buildSchema(
  readFileSync(fileURLToPath(new URL('../../../api/schema.graphql', import.meta.url)), 'utf8'),
);

describe('scripts of what is shown', () => {
  it.each(everything)('GraphQL asks what the schema can answer: %s of a %s', (_, __, shown) => {
    const text = scripts.GraphQL(shown);
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
    expect(text).toContain(shown.snapshot.contentHash);
  });

  it.each(everything)('TypeScript is a program: %s of a %s', (_, __, shown) => {
    const plain = stripTypeScriptTypes(scripts.TypeScript(shown));
    expect(() => new Script(`(async () => {${plain}\n})`)).not.toThrow();
  });

  it.each(everything)('each pins snapshot, versions and source: %s of a %s', (_, kind, shown) => {
    for (const language of ['Python', 'R', 'TypeScript'] as const) {
      const text = scripts[language](shown);
      expect(text).toContain(shown.snapshot.contentHash);
      expect(text).toContain(baseline);
      expect(text).toContain(
        kind === 'evaluation'
          ? '/exports/evaluations/44444444-4444-4444-8444-444444444444'
          : encodeURIComponent(
              JSON.stringify({ snapshotId, modelVersionIds: [baseline, version] }),
            ),
      );
      expect(text).toContain('LESIONWISE_TOKEN');
      expect(text).not.toMatch(/undefined,|\[object|NaN/);
    }
  });

  it('names the task by its columns', () => {
    const [, , shown] = everything[2]!;
    expect(scripts.Python(shown)).toContain('rows["seborrheic_keratosis_label"]');
    expect(scripts.R(shown)).toContain('rows$seborrheic_keratosis_score');
  });

  it('keeps a quote or a backslash in a name from ending the text it stands in', () => {
    for (const [, , shown] of everything) {
      expect(scripts.Python(shown)).toContain(String.raw`"a \"quoted\" \\ name"`);
      expect(scripts.R(shown)).toContain(String.raw`"a \"quoted\" \\ name"`);
    }
  });
});
