import { expect, it } from 'vitest';
import { safePath } from './safe-path';

it('leads back to the page that was asked for', () => {
  expect(safePath('/s/pigment/runs/41?tab=failed')).toBe('/s/pigment/runs/41?tab=failed');
});

it.each([
  null,
  '',
  'studies',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
])('leads to the studies for %j', (next) => {
  expect(safePath(next)).toBe('/studies');
});
