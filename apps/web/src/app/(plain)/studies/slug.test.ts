import { expect, it } from 'vitest';
import { slugOf } from './slug';

it('keeps letters and figures, and joins the rest by one hyphen', () => {
  expect(slugOf('PIGMENT-2, hold-out')).toBe('pigment-2-hold-out');
  expect(slugOf('  Étude n° 7!')).toBe('etude-n-7');
  expect(slugOf('…')).toBe('');
});
