import { describe, expect, it } from 'vitest';
import { arrowTarget, extendTo, nothingSelected, selectLoaded, toggle } from './list-selection';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

describe('selection', () => {
  it('toggles one image', () => {
    const one = toggle(nothingSelected, ids, 2);
    expect([...one.selected]).toEqual(['c']);
    expect(toggle(one, ids, 2).selected.size).toBe(0);
  });

  it('extends from the last toggled image in both directions', () => {
    const anchor = toggle(nothingSelected, ids, 3);
    expect([...extendTo(anchor, ids, 5).selected]).toEqual(['d', 'e', 'f']);
    expect([...extendTo(anchor, ids, 1).selected].sort()).toEqual(['b', 'c', 'd']);
  });

  it('ends the choice of the whole list when one image is taken out', () => {
    const whole = { ...selectLoaded(nothingSelected, ids), wholeList: true };
    const less = toggle(whole, ids, 0);
    expect(less.wholeList).toBe(false);
    expect(less.selected.size).toBe(6);
  });

  it('ignores an index without an image', () => {
    expect(toggle(nothingSelected, ids, 99)).toBe(nothingSelected);
  });
});

describe('arrowTarget', () => {
  const grid = { columns: 3, count: 7 };

  it('moves along rows and columns', () => {
    expect(arrowTarget('ArrowRight', 2, grid)).toBe(3);
    expect(arrowTarget('ArrowDown', 1, grid)).toBe(4);
    expect(arrowTarget('ArrowUp', 4, grid)).toBe(1);
    expect(arrowTarget('Home', 4, grid)).toBe(0);
    expect(arrowTarget('End', 4, grid)).toBe(6);
  });

  it('stays where the grid ends', () => {
    expect(arrowTarget('ArrowDown', 5, grid)).toBe(5);
    expect(arrowTarget('ArrowLeft', 0, grid)).toBe(0);
  });

  it('has no target for other keys', () => {
    expect(arrowTarget('a', 0, grid)).toBeUndefined();
  });
});
