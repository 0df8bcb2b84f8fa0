import { expect, it } from 'vitest';
import { planSentence } from './plan-sentence';

const plan = {
  ...{ positives: 142, negatives: 568, images: 710, power: 0.8, designEffect: 1, method: '' },
  curve: [],
};
const facts = { v10: 0.04, v01: 0.02, ratio: 4, alpha: 0.05 };

it('says how many images show a difference', () => {
  const input = { ...facts, difference: 0.05, power: 0.8 };
  expect(planSentence({ kind: 'paired', input }, plan)).toBe(
    '710 images (142 positives and 568 negatives) show a difference of +0.050 in AUC with power 0.80.',
  );
});

it('says what images at hand show, of non-inferiority too', () => {
  const input = { ...facts, difference: 0, margin: 0.05, positives: 142 };
  expect(planSentence({ kind: 'paired', input }, plan)).toBe(
    'With 710 images (142 positives and 568 negatives), that a version whose AUC differs by 0.000 is not worse by 0.050 or more is shown with power 0.80.',
  );
  const single = { auc: 0.8, ratio: 4, alpha: 0.05, power: 0.8 };
  expect(planSentence({ kind: 'single', input: single }, plan)).toMatch(
    /show an AUC of 0\.800 above 0\.5 with power/,
  );
});
