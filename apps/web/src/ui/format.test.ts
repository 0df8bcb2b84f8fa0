import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatBytes,
  formatCount,
  formatDifference,
  formatDifferenceInterval,
  formatDuration,
  formatInterval,
  formatP,
  formatPCell,
  formatPercent,
  formatRate,
  formatRelative,
  formatValue,
  shortHash,
} from './format';

describe('numbers', () => {
  it('groups thousands with a narrow space that does not break', () => {
    expect(formatCount(1604)).toBe('1\u202f604');
    expect(formatCount(12345678)).toBe('12\u202f345\u202f678');
    expect(formatCount(999)).toBe('999');
  });

  it('writes a true minus, and none before zero', () => {
    expect(formatValue(-0.0175)).toBe('\u22120.018');
    expect(formatValue(-0.0004)).toBe('0.000');
    expect(formatInterval(-0.048, 0.05)).toBe('[\u22120.05, 0.05]');
  });

  it('gives an estimate three decimals and its interval two', () => {
    expect(formatValue(0.86)).toBe('0.860');
    expect(formatInterval(0.8, 0.9)).toBe('[0.80, 0.90]');
  });

  it('gives a difference its sign, and zero none', () => {
    expect(formatDifference(0.0174)).toBe('+0.017');
    expect(formatDifference(-0.0484)).toBe('\u22120.048');
    expect(formatDifference(0.0004)).toBe('0.000');
    expect(formatDifferenceInterval(-0.0131, 0.0482)).toBe('[\u22120.01, +0.05]');
  });

  it('shows on which side of zero an end near it lies', () => {
    expect(formatDifferenceInterval(-0.0012, 0.0173)).toBe('[\u22120.001, +0.017]');
    expect(formatDifferenceInterval(0.003, 0.05)).toBe('[+0.003, +0.050]');
  });

  it('writes p with two decimals, more where two would hide the side of 0.05, and a least one', () => {
    expect(formatP(0.566)).toBe('= 0.57');
    expect(formatP(0.0471)).toBe('= 0.047');
    expect(formatP(0.0512)).toBe('= 0.051');
    expect(formatP(0.0042)).toBe('= 0.004');
    expect(formatP(0.00099)).toBe('< 0.001');
    expect(formatPCell(0.03)).toBe('0.03');
    expect(formatPCell(0)).toBe('< 0.001');
  });

  it('says one image and two images', () => {
    expect(countOf(1, 'image')).toBe('1 image');
    expect(countOf(0, 'image')).toBe('0 images');
    expect(countOf(2, 'seborrheic keratosis', 'seborrheic keratoses')).toBe(
      '2 seborrheic keratoses',
    );
  });

  it('keeps three digits of a size and moves to the next unit in time', () => {
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(999_999)).toBe('1.0 MB');
    expect(formatBytes(48_600_000)).toBe('48.6 MB');
    expect(formatBytes(124_000)).toBe('124 kB');
  });

  it('writes rates and shares', () => {
    expect(formatRate(11.82)).toBe('11.8 images/s');
    expect(formatRate(1204)).toBe('1\u202f204 images/s');
    expect(formatPercent(0.45)).toBe('45\u202f%');
  });
});

describe('times', () => {
  const now = new Date('2026-11-22T12:00:00Z');

  it('is relative under a day, and a date from then on', () => {
    expect(formatRelative('2026-11-22T11:59:41Z', now, 'UTC')).toBe('19 s ago');
    expect(formatRelative('2026-11-22T09:30:00Z', now, 'UTC')).toBe('2 h 30 min ago');
    // Another clock is a little ahead, or this page's is a little old.
    expect(formatRelative('2026-11-22T12:00:07Z', now, 'UTC')).toBe('now');
    expect(formatRelative('2026-11-24T12:00:07Z', now, 'UTC')).toBe('24 Nov');
    expect(formatRelative('2026-11-21T11:59:59Z', now, 'UTC')).toBe('21 Nov');
    expect(formatRelative('2025-11-21T11:59:59Z', now, 'UTC')).toBe('21 Nov 2025');
  });

  it('gives a moment in the future as a date, never as a negative age', () => {
    expect(formatRelative('2026-12-01T00:00:00Z', now, 'UTC')).toBe('1 Dec');
  });

  it('rounds durations to what one needs', () => {
    expect(formatDuration(0.041)).toBe('41 ms');
    expect(formatDuration(7.4)).toBe('7 s');
    expect(formatDuration(59.7)).toBe('1 min');
    expect(formatDuration(7500)).toBe('2 h 5 min');
    expect(formatDuration(7200)).toBe('2 h');
  });
});

it('shortens a hash to its ends, and leaves a short one alone', () => {
  expect(shortHash('c90a1f7e000000000000885d')).toBe('c90a1f7e…885d');
  expect(shortHash('9f3c-a71e')).toBe('9f3c-a71e');
});
