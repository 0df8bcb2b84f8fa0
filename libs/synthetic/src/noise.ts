import type { Random } from './random.js';

/** Pixels along a tile's side; a power of two, so that wrapping is a bit mask. */
export const SIDE = 512;

/** A square texture that repeats seamlessly. */
export interface Tile {
  /** Row-major, SIDE × SIDE. */
  values: Float32Array;
  /** Pixels per repeat of its coarsest feature: a lattice cell or a mesh cell. */
  featurePx: number;
}

/** How far from its border, in cells, a furrow of the skin reaches. */
const FURROW_WIDTH = 0.35;

/** Gradient noise (Perlin 1985): `cells` lattice cells a side, twice as many for each further weight. */
export function latticeNoise(cells: number, weights: readonly number[], random: Random): Tile {
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
export function relief(furrows: Tile, random: Random): Tile {
  const pores = standardised(latticeNoise(32, [1, 0.7, 0.5, 0.35], random));
  const values = furrows.values.map((border, i) => {
    const furrow = border > FURROW_WIDTH ? 0 : 1 - border / FURROW_WIDTH;
    return furrow + 0.6 * pores.values[i]!;
  });
  return { values, featurePx: furrows.featurePx };
}

/** White noise, each pixel shared a little with its right neighbour, as a colour sensor's is. */
export function speckle(random: Random): Tile {
  const white = Float32Array.from({ length: SIDE * SIDE }, () => random.normal(0, 1));
  const values = white.map((value, i) => value + 0.6 * white[(i + 1) % white.length]!);
  return { values, featurePx: 1 };
}

/**
 * Distance to the nearest border between the Voronoi cells of a jittered hexagonal lattice (second
 * nearest minus nearest point, in cells): pigment networks and skin furrows are its low values.
 */
export function mesh(cells: number, jitter: number, random: Random): Tile {
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

export function standardised(tile: Tile): Tile {
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
