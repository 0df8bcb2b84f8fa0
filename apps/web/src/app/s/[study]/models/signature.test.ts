import { expect, it } from 'vitest';
import { signatureOf } from './signature';

const manifest = {
  input: { name: 'image', dtype: 'uint8', height: 192, width: 256, fit: 'squash', colour: 'RGB' },
  outputs: {
    mask: { name: 'mask', height: 48, width: 64 },
    scores: [{ task: 'melanoma', name: 'scores', index: 0 }],
  },
};

it('says each tensor of a manifest, height before width', () => {
  expect(signatureOf(manifest, (task) => task)).toEqual([
    {
      ...{ name: 'image', type: 'uint8 in', shape: 'N × 192 × 256 × 3' },
      meaning: 'RGB, sRGB, upright; fitted by squash',
    },
    {
      ...{ name: 'mask', type: 'float32 out', shape: 'N × 48 × 64' },
      meaning: 'lesion probability per pixel',
    },
    {
      ...{ name: 'scores[0]', type: 'float32 out', shape: 'N' },
      meaning: 'melanoma against all others, in [0, 1]',
    },
  ]);
});

it('says nothing of what a manifest does not promise', () => {
  expect(signatureOf({ outputs: {} }, String)).toEqual([]);
  expect(signatureOf(null, String)).toEqual([]);
});
