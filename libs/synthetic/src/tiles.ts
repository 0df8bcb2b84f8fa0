import { seededRandom, type Random } from './random.js';

/** Pixels along a tile's side; a power of two, so that wrapping is a bit mask. */
const SIDE = 512;
const WRAP = SIDE - 1;
/** Whole sides added to every coordinate, so that all are positive and `| 0` rounds down. */
const AHEAD = 256 * SIDE;

/** How far from its border, in cells, a furrow of the skin reaches. */
const FURROW_WIDTH = 0.35;

/** A square texture that repeats seamlessly. */
export interface Tile {
  /** Row-major, SIDE × SIDE. */
  values: Float32Array;
  /** Pixels per repeat of its coarsest feature: a lattice cell or a mesh cell. */
  featurePx: number;
}

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

/** Gradient noise (Perlin 1985): `cells` lattice cells a side, twice as many for each further weight. */
function latticeNoise(cells: number, weights: readonly number[], random: Random): Tile {
  const values = new Float32Array(SIDE * SIDE);
  weights.forEach((weight, octave) => {
    addOctave(values, cells * 2 ** octave, weight, random);
  });
  return { values, featurePx: SIDE / cells };
}

function addOctave(values: Float32Array, cells: number, weight: number, random: Random): void {
  const angles = Float64Array.from({ length: cells * cells }, () => random.uniform(0, 2 * Math.PI));
  const slopeX = angles.map(Math.cos);
  const slopeY = angles.map(Math.sin);
  const step = cells / SIDE;
  for (let row = 0; row < SIDE; row++) {
    const above = Math.floor(row * step);
    const below = (above + 1) % cells;
    const down = row * step - above;
    for (let column = 0; column < SIDE; column++) {
      const here = Math.floor(column * step);
      const next = (here + 1) % cells;
      const right = column * step - here;
      const rise = (i: number, x: number, y: number) => slopeX[i]! * x + slopeY[i]! * y;
      const top = mixed(
        rise(above * cells + here, right, down),
        rise(above * cells + next, right - 1, down),
        eased(right),
      );
      const foot = mixed(
        rise(below * cells + here, right, down - 1),
        rise(below * cells + next, right - 1, down - 1),
        eased(right),
      );
      values[row * SIDE + column]! += weight * mixed(top, foot, eased(down));
    }
  }
}

/** The borders of a mesh as furrows, over a grain of pores as fine as the cells and finer. */
function relief(furrows: Tile, random: Random): Tile {
  const pores = standardised(latticeNoise(32, [1, 0.7, 0.5, 0.35], random));
  const values = furrows.values.map((border, i) => {
    const furrow = border > FURROW_WIDTH ? 0 : 1 - border / FURROW_WIDTH;
    return furrow + 0.6 * pores.values[i]!;
  });
  return { values, featurePx: furrows.featurePx };
}

/** White noise, each pixel shared a little with its right neighbour, as a colour sensor's is. */
function speckle(random: Random): Tile {
  const white = Float32Array.from({ length: SIDE * SIDE }, () => random.normal(0, 1));
  const values = white.map((value, i) => value + 0.6 * white[(i + 1) % white.length]!);
  return { values, featurePx: 1 };
}

/**
 * Distance to the nearest border between the Voronoi cells of a jittered hexagonal lattice (second
 * nearest minus nearest point, in cells): pigment networks and skin furrows are its low values.
 */
function mesh(cells: number, jitter: number, random: Random): Tile {
  const pointX = new Float64Array(cells * cells);
  const pointY = new Float64Array(cells * cells);
  for (let i = 0; i < cells * cells; i++) {
    const row = Math.floor(i / cells);
    pointX[i] = 0.5 + 0.5 * (row % 2) - 0.25 + jitter * random.uniform(-0.5, 0.5);
    pointY[i] = 0.5 + jitter * random.uniform(-0.5, 0.5);
  }
  const values = new Float32Array(SIDE * SIDE);
  const step = cells / SIDE;
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      values[row * SIDE + column] = borderDistance(column * step, row * step, {
        ...{ cells, pointX, pointY },
      });
    }
  }
  return { values, featurePx: SIDE / cells };
}

interface Lattice {
  cells: number;
  /** Where in its cell each point lies. */
  pointX: Float64Array;
  pointY: Float64Array;
}

function borderDistance(x: number, y: number, { cells, pointX, pointY }: Lattice): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  let [nearest, second] = [Infinity, Infinity];
  for (let r = row - 2; r <= row + 2; r++) {
    for (let c = column - 2; c <= column + 2; c++) {
      const i = ((r + cells) % cells) * cells + ((c + cells) % cells);
      const distance = (c + pointX[i]! - x) ** 2 + (r + pointY[i]! - y) ** 2;
      if (distance < nearest) [nearest, second] = [distance, nearest];
      else if (distance < second) second = distance;
    }
  }
  return Math.sqrt(second) - Math.sqrt(nearest);
}

function standardised(tile: Tile): Tile {
  const { values } = tile;
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(squares / values.length - mean * mean);
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) / deviation;
  return tile;
}

const mixed = (from: number, to: number, share: number) => from + (to - from) * share;

/** Quintic ease: slope and curvature vanish at the lattice points, so none shows. */
const eased = (t: number) => t * t * t * (t * (6 * t - 15) + 10);

/** 0 below `low`, 1 above `high`, a smooth rise between. */
export function rising(low: number, high: number, value: number): number {
  const t = (value - low) / (high - low);
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}
