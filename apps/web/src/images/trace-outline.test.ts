import { describe, expect, it } from 'vitest';
import { outlinePath, traceOutline, type BinaryMask, type Ring } from './trace-outline';

const mask = (...rows: string[]): BinaryMask => ({
  widthPx: rows[0]!.length,
  heightPx: rows.length,
  pixels: Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0)),
});

/** Shoelace; positive is clockwise on a screen. */
function signedArea(ring: Ring): number {
  let twice = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    twice += ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!;
  }
  return twice / 2;
}

describe('traceOutline', () => {
  it('has no ring for an empty mask', () => {
    expect(traceOutline(mask('...', '...'))).toEqual([]);
  });

  it('runs around one pixel along its edges', () => {
    expect(traceOutline(mask('...', '.#.', '...'))).toEqual([[1, 1, 2, 1, 2, 2, 1, 2]]);
  });

  it('gives a rectangle four corners, whatever its size', () => {
    expect(traceOutline(mask('####', '####'))).toEqual([[0, 0, 4, 0, 4, 2, 0, 2]]);
  });

  it('traces a hole against the clock', () => {
    const rings = traceOutline(mask('####', '#..#', '####'));
    expect(rings.map(signedArea)).toEqual([12, -2]);
  });

  it('keeps pixels that touch at a corner apart', () => {
    expect(traceOutline(mask('#.', '.#'))).toHaveLength(2);
    expect(traceOutline(mask('.#', '#.'))).toHaveLength(2);
  });

  it('finds an island inside a hole', () => {
    const rings = traceOutline(mask('#####', '#...#', '#.#.#', '#...#', '#####'));
    expect(rings.map(signedArea).sort((a, b) => a - b)).toEqual([-9, 1, 25]);
  });

  it('encloses exactly as many pixels as the mask has, on noise', () => {
    let seed = 7;
    const pixels = Uint8Array.from({ length: 61 * 47 }, () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed > 1e9 ? 1 : 0;
    });
    const rings = traceOutline({ widthPx: 61, heightPx: 47, pixels });
    const enclosed = rings.map(signedArea).reduce((a, b) => a + b, 0);
    expect(enclosed).toBe(pixels.reduce((a, b) => a + b, 0));
    for (const ring of rings)
      for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length;
        const [dx, dy] = [ring[j]! - ring[i]!, ring[j + 1]! - ring[i + 1]!];
        expect(dx === 0).not.toBe(dy === 0);
      }
  });
});

describe('outlinePath', () => {
  it('writes steps along the axes and closes each ring', () => {
    expect(outlinePath(traceOutline(mask('#.#')))).toBe('M0 0h1v1h-1zM2 0h1v1h-1z');
  });

  it('is empty for an empty mask', () => {
    expect(outlinePath([])).toBe('');
  });
});
