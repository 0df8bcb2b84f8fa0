import { expect, it } from 'vitest';
import type { PlanRulesFragment } from '@/gql/graphql';
import { ruleRows, thresholdWords } from './rule-words';

const names = {
  cohorts: [{ id: 'c1', name: 'Hold-out' }],
  snapshots: [{ id: 's1', code: '9f3c-a71e', cohort: { name: 'Hold-out' } }],
  versions: [
    { id: 'v1', title: 'multitask 0.1.0' },
    { id: 'v2', title: 'multitask 1.0.0' },
  ],
};
const rules: PlanRulesFragment = {
  endpoint: 'AUC',
  primaryTask: 'MELANOMA',
  snapshotId: 's1',
  cohortId: null,
  baselineVersionId: 'v1',
  candidateVersionIds: ['v2'],
  threshold: { kind: 'AT_SENSITIVITY', value: 0.89, fromSnapshotId: null },
  margin: 0.05,
  alpha: 0.05,
  correction: 'HOLM',
  clustering: 'PATIENT',
  minimumCell: 5,
};

it('says what is fixed', () => {
  const rows = Object.fromEntries(ruleRows(rules, names));
  expect(rows['Primary endpoint']).toBe('difference in AUC, melanoma');
  expect(rows['Images']).toBe('snapshot 9f3c-a71e of Hold-out');
  expect(rows['Compared with it']).toBe('multitask 1.0.0');
  expect(rows['Margin']).toContain('0.05');
});

it('says what is left open, and that without a margin nothing is non-inferior', () => {
  const open = { ...rules, snapshotId: null, baselineVersionId: null, margin: null };
  const rows = Object.fromEntries(ruleRows(open, names));
  expect(rows['Images']).toBe('not fixed');
  expect(rows['Baseline']).toBe('not fixed');
  expect(rows['Margin']).toBe('none: nothing is called non-inferior');
  expect(Object.fromEntries(ruleRows({ ...open, cohortId: 'c1' }, names))['Images']).toBe(
    'any snapshot of Hold-out',
  );
});

it('says where a threshold is chosen', () => {
  const threshold = { kind: 'YOUDEN', value: null, fromSnapshotId: 's1' } as const;
  expect(thresholdWords({ threshold }, names)).toBe(
    'where sensitivity + specificity is largest, chosen on Hold-out 9f3c-a71e and applied unchanged',
  );
});
