import { latticeNoise, mesh, relief, SIDE, speckle, standardised, type Tile } from './noise.js';
import { seededRandom, type Random } from './random.js';

const WRAP = SIDE - 1;
/** Whole sides added to every coordinate, so that all are positive and `| 0` rounds down. */
const AHEAD = 256 * SIDE;

/** A quantity over the skin, in millimetres from the lesion's centre. */
export type Field = (x: number, y: number) => number;

/**
 * The textures all images are cut from. Evaluating noise afresh at every pixel would cost more than
 * all else together; cut at random angles, scales and offsets, one tile serves for all.
 */
export interface Tiles {
  /** Fractal noise, mean 0, deviation 1. */
  fractal: Tile;
  /** Noise of one scale, smooth enough to bend coordinates with; mean 0, deviation 1. */
  smooth: Tile;
  /** 0 on the lines of an even honeycomb, rising to about 0.8 (in cells) amid its holes. */
  evenMesh: Tile;
  /** As evenMesh, of cells unequal in size and shape. */
  unevenMesh: Tile;
  /** The skin's surface: 1 along its furrows, ripples of 0.6 (one deviation) all over. */
  relief: Tile;
  /** Noise of about a pixel, mean 0, deviation 1. */
  grain: Tile;
}

let made: Tiles | undefined;

/** Made once per process (about 0.2 s); a constant in all but time, for its seed is fixed. */
export function tiles(): Tiles {
  made ??= {
    fractal: standardised(latticeNoise(8, [1, 0.62, 0.4, 0.26, 0.17], seededRandom('fractal'))),
    smooth: standardised(latticeNoise(8, [1, 0.25], seededRandom('smooth'))),
    evenMesh: mesh(26, 0.55, seededRandom('even mesh')),
    unevenMesh: mesh(22, 0.95, seededRandom('uneven mesh')),
    relief: relief(mesh(22, 0.9, seededRandom('furrows')), seededRandom('relief')),
    grain: standardised(speckle(seededRandom('grain'))),
  };
  return made;
}

/** The tile laid over the skin at a random angle and offset, its features `featureMm` wide. */
export function laid(tile: Tile, featureMm: number, random: Random): Field {
  const { values } = tile;
  const angle = random.uniform(0, 2 * Math.PI);
  const scale = tile.featurePx / featureMm;
  const cos = scale * Math.cos(angle);
  const sin = scale * Math.sin(angle);
  const offsetU = AHEAD + random.uniform(0, SIDE);
  const offsetV = AHEAD + random.uniform(0, SIDE);
  // The innermost function of all: no arrays, no rounding calls.
  return (x, y) => {
    const u = cos * x - sin * y + offsetU;
    const v = sin * x + cos * y + offsetV;
    const column = u | 0;
    const row = v | 0;
    const above = (row & WRAP) * SIDE;
    const below = ((row + 1) & WRAP) * SIDE;
    const here = column & WRAP;
    const next = (column + 1) & WRAP;
    const right = u - column;
    const left = 1 - right;
    const top = left * values[above + here]! + right * values[above + next]!;
    const foot = left * values[below + here]! + right * values[below + next]!;
    return top + (v - row) * (foot - top);
  };
}

/** 0 below `low`, 1 above `high`, a smooth rise between. */
export function rising(low: number, high: number, value: number): number {
  const t = (value - low) / (high - low);
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}
