import { chiSquareSf } from './chi-square.js';
import { undef, type Value } from './value.js';

/** A chi-square test that several differences are all 0. */
export interface ChiSquareTest {
  chiSquare: number;
  /** Independent differences among those tested. */
  df: number;
  p: number;
}

/** Directions with less than this share of the largest variance carry rounding noise alone. */
const NEGLIGIBLE = 1e-10;
const MAX_SWEEPS = 100;

/**
 * `d' S^+ d` for differences d with covariance S, the pseudo-inverse by eigen-decomposition; df is
 * the number of directions kept. Nothing kept and nothing different: chi-square 0, df 0, p 1.
 * `zero-variance` where something differs that does not vary. O(k^3).
 *
 * @param covariance of the differences; no direction may have a negative variance.
 */
export function waldTest(
  differences: readonly number[],
  covariance: readonly (readonly number[])[],
): Value<ChiSquareTest> {
  const { values, vectors } = eigen(covariance);
  const largest = Math.max(0, ...values);
  let [chiSquare, df] = [0, 0];
  values.forEach((value, k) => {
    if (value <= NEGLIGIBLE * largest) return;
    const along = differences.reduce((sum, d, row) => sum + d * vectors[row]![k]!, 0);
    chiSquare += (along * along) / value;
    df++;
  });
  if (df === 0) {
    const isSame = differences.every((difference) => difference === 0);
    return isSame ? { chiSquare: 0, df: 0, p: 1 } : undef('zero-variance');
  }
  return { chiSquare, df, p: chiSquareSf(chiSquare, df) };
}

interface Eigen {
  values: number[];
  /** Eigenvectors in columns. */
  vectors: number[][];
}

/** Jacobi's method: exact symmetry kept, small eigenvalues accurate, matrices here are tiny. */
function eigen(matrix: readonly (readonly number[])[]): Eigen {
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < a.length; p++) {
      for (let q = p + 1; q < a.length; q++) rotated = rotate(a, vectors, p, q) || rotated;
    }
    if (!rotated) break;
  }
  return { values: a.map((row, i) => row[i]!), vectors };
}

/** Turns rows and columns p and q so that their common entry becomes 0; false if it is already. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): boolean {
  const off = a[p]![q]!;
  const scale = Math.sqrt(Math.abs(a[p]![p]! * a[q]![q]!));
  if (off === 0 || Math.abs(off) <= 1e-18 * scale) return false;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const [kp, kq] = [a[k]![p]!, a[k]![q]!];
    a[k]![p] = c * kp - s * kq;
    a[k]![q] = s * kp + c * kq;
  }
  for (let k = 0; k < a.length; k++) {
    const [pk, qk] = [a[p]![k]!, a[q]![k]!];
    a[p]![k] = c * pk - s * qk;
    a[q]![k] = s * pk + c * qk;
    const [vp, vq] = [vectors[k]![p]!, vectors[k]![q]!];
    vectors[k]![p] = c * vp - s * vq;
    vectors[k]![q] = s * vp + c * vq;
  }
  a[p]![q] = 0;
  a[q]![p] = 0;
  return true;
}
