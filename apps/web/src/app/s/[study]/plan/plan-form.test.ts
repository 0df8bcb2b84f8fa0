import { expect, it } from 'vitest';
import { rulesOf } from './plan-form';

function form(fields: Record<string, string | string[]>) {
  const made = new FormData();
  const usual = {
    'rules.endpoint': 'AUC MELANOMA',
    'rules.images': '',
    'rules.baselineVersionId': '',
    'rules.threshold.kind': 'AT_SENSITIVITY',
    'rules.threshold.value': '0.89',
    'rules.threshold.fromSnapshotId': '',
    'rules.margin': '',
    'rules.alpha': '0.05',
    'rules.correction': 'HOLM',
    'rules.clustering': 'PATIENT',
    'rules.minimumCell': '5',
  };
  for (const [name, values] of Object.entries({ ...usual, ...fields }))
    for (const value of [values].flat()) made.append(name, value);
  return made;
}

it('fixes nothing where a field is empty', () => {
  expect(rulesOf(form({}))).toEqual({
    endpoint: 'AUC',
    primaryTask: 'MELANOMA',
    snapshotId: null,
    cohortId: null,
    baselineVersionId: null,
    candidateVersionIds: null,
    threshold: { kind: 'AT_SENSITIVITY', value: 0.89 },
    margin: null,
    alpha: 0.05,
    correction: 'HOLM',
    clustering: 'PATIENT',
    minimumCell: 5,
  });
});

it('reads snapshot or cohort, versions without the baseline, margin and a transferred threshold', () => {
  const rules = rulesOf(
    form({
      'rules.endpoint': 'JACCARD',
      'rules.images': 'cohort c1',
      'rules.baselineVersionId': 'v1',
      'rules.candidateVersionIds': ['v1', 'v2'],
      'rules.threshold.kind': 'YOUDEN',
      'rules.threshold.fromSnapshotId': 's1',
      'rules.margin': '0.05',
    }),
  );
  expect(rules).toMatchObject({
    endpoint: 'JACCARD',
    primaryTask: null,
    snapshotId: null,
    cohortId: 'c1',
    baselineVersionId: 'v1',
    candidateVersionIds: ['v2'],
    threshold: { kind: 'YOUDEN', fromSnapshotId: 's1' },
    margin: 0.05,
  });
  expect(rules.threshold).not.toHaveProperty('value');
});
