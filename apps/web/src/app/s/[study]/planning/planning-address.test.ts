import { expect, it } from 'vitest';
import { planningAddress, questionOf, readPlanningAddress } from './planning-address';

const read = (address: string) => readPlanningAddress(new URLSearchParams(address));

it('asks what is usual where the address says nothing', () => {
  expect(questionOf(read(''))).toEqual({
    kind: 'single',
    input: { auc: 0.85, ratio: 4, power: 0.8, alpha: 0.05 },
  });
});

it('asks for the power of images at hand', () => {
  const question = questionOf(read('auc=0.8&ratio=2&alpha=0.05&power=0.8&positives=60&deff=1.4'));
  expect(question).toEqual({
    kind: 'single',
    input: { auc: 0.8, ratio: 2, positives: 60, alpha: 0.05, designEffect: 1.4 },
  });
});

it('takes images per patient where no design effect is given, and a margin for non-inferiority only', () => {
  const address =
    'difference=0.02&margin=0.05&v10=0.1&v01=0.2&ratio=4&alpha=0.05&power=0.9&perPatient=2&icc=0.3';
  const input = {
    ...{ difference: 0.02, v10: 0.1, v01: 0.2, ratio: 4, alpha: 0.05, power: 0.9 },
    clustering: { imagesPerPatient: 2, cv: 0, icc: 0.3 },
  };
  expect(questionOf(read(`test=non-inferiority&${address}`))).toEqual({
    kind: 'paired',
    input: { ...input, margin: 0.05 },
  });
  expect(questionOf(read(`test=paired&${address}`))).toEqual({ kind: 'paired', input });
});

it('names the fields that are missing or no numbers, and keeps what was typed', () => {
  expect(questionOf(read('test=paired'))).toEqual({ unreadable: [], missing: ['v10', 'v01'] });
  const address = read('auc=high&ratio=4&alpha=0.05');
  expect(questionOf(address)).toEqual({ unreadable: ['auc'], missing: ['power'] });
  expect(address.typed.auc).toBe('high');
  const odd = read('auc=1e999&ratio=4&alpha=0.05&positives=10.5');
  expect(questionOf(odd)).toEqual({ unreadable: ['auc', 'positives'], missing: [] });
});

it('reads the address that it writes', () => {
  const address = read('test=paired&snapshot=s&version=v&baseline=b&task=MELANOMA&v10=0.1&take=1');
  expect(address.takesPilot).toBe(true);
  const { takesPilot, ...rest } = read(planningAddress(address));
  expect([takesPilot, rest.typed, rest.pilot]).toEqual([false, address.typed, address.pilot]);
});
