import { expect, it } from 'vitest';
import { withRules } from './rules-dialog';

const usual = {
  kind: 'sensitivity',
  value: '0.89',
  clustering: 'patient',
  correction: 'holm',
  cell: '5',
};
const rules = (params: string, fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...usual, ...fields })) form.set(name, value);
  return decodeURIComponent(withRules(new URLSearchParams(params), form).toString());
};

it('writes only what is not as usual, and keeps the rest of the address', () => {
  expect(rules('v=a@1&margin=0.05&threshold=0.5', {})).toBe('v=a@1');
  expect(rules('v=a@1', { margin: '0.05', correction: 'bh', cell: '10' })).toBe(
    'v=a@1&correction=bh&margin=0.05&cell=10',
  );
});

it.each([
  [{ kind: 'fixed', value: '0.5' }, 'threshold=0.5'],
  [{ value: '0.82' }, 'threshold=sensitivity:0.82'],
  [{ source: '9f3c-a71e' }, 'threshold=sensitivity:0.89@9f3c-a71e'],
  [{ kind: 'youden', source: '9f3c-a71e' }, 'threshold=youden@9f3c-a71e'],
])('writes the threshold %j', (fields, text) => {
  expect(rules('', fields)).toBe(text);
});
