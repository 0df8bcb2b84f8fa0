import { describe, expect, it } from 'vitest';
import { formatTiny } from './tiny-number';

describe('formatTiny', () => {
  it.each([
    [0, '0'],
    [0.25, '0.250'],
    [0.001, '0.001'],
    [0.00099, '9.9 × 10⁻⁴'],
    [5.96e-8, '6.0 × 10⁻⁸'],
    [1.2e-16, '1.2 × 10⁻¹⁶'],
  ])('writes %d as %s', (value, text) => {
    expect(formatTiny(value)).toBe(text);
  });
});
