// Rational approximations of Cody, Math. Comp. 23 (1969) 631-637, as coded in his algorithm 715
// (ACM TOMS 19, 1993), for P(Z <= z): centre, middle and tail. Relative error near 1e-16.
const CENTRE_P = [
  2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
  0.06568233791820745,
];
const CENTRE_Q = [47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const MIDDLE_P = [
  0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726,
  6848.190450536283, 11602.65143764735, 9842.714838383978, 1.0765576773720192e-8,
];
const MIDDLE_Q = [
  22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
];
const TAIL_P = [
  0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  2.9112874951168793e-5, 0.023073441764940174,
];
const TAIL_Q = [
  1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824,
  7.297515550839662e-5,
];

const INVERSE_SQRT_2PI = 0.3989422804014327;
const CENTRE_LIMIT = 0.67448975;
const MIDDLE_LIMIT = Math.sqrt(32);

/** `P(Z <= z)` of a standard normal Z; relative accuracy 1e-14 also far in the lower tail. */
export const normalCdf = (z: number): number => (z < 0 ? upperTail(-z) : 1 - upperTail(z));

/** `P(Z > z)`, the survival function; use it for p-values, which `1 - normalCdf` would round to 0. */
export const normalSf = (z: number): number => (z > 0 ? upperTail(z) : 1 - upperTail(-z));

/** Two-sided p-value of a normal test statistic. */
export const twoSidedP = (z: number): number => Math.min(1, 2 * upperTail(Math.abs(z)));

function upperTail(z: number): number {
  if (z <= CENTRE_LIMIT) return 0.5 - centre(z);
  return density(z) * (z <= MIDDLE_LIMIT ? middleRatio(z) : tailRatio(z));
}

function centre(z: number): number {
  const square = z * z;
  let top = CENTRE_P[4]! * square;
  let bottom = square;
  for (let i = 0; i < 3; i++) {
    top = (top + CENTRE_P[i]!) * square;
    bottom = (bottom + CENTRE_Q[i]!) * square;
  }
  return (z * (top + CENTRE_P[3]!)) / (bottom + CENTRE_Q[3]!);
}

/** `exp(-z^2/2)` with the square split, so that its rounding is not blown up by the exponential. */
function density(z: number): number {
  const rounded = Math.trunc(z * 16) / 16;
  return Math.exp(-0.5 * rounded * rounded) * Math.exp(-0.5 * (z - rounded) * (z + rounded));
}

function middleRatio(z: number): number {
  let top = MIDDLE_P[8]! * z;
  let bottom = z;
  for (let i = 0; i < 7; i++) {
    top = (top + MIDDLE_P[i]!) * z;
    bottom = (bottom + MIDDLE_Q[i]!) * z;
  }
  return (top + MIDDLE_P[7]!) / (bottom + MIDDLE_Q[7]!);
}

function tailRatio(z: number): number {
  const square = 1 / (z * z);
  let top = TAIL_P[5]! * square;
  let bottom = square;
  for (let i = 0; i < 4; i++) {
    top = (top + TAIL_P[i]!) * square;
    bottom = (bottom + TAIL_Q[i]!) * square;
  }
  const ratio = (square * (top + TAIL_P[4]!)) / (bottom + TAIL_Q[4]!);
  return (INVERSE_SQRT_2PI - ratio) / z;
}

// Wichura, algorithm AS 241 (PPND16), Appl. Stat. 37 (1988) 477-484. Relative error about 1e-16.
const NEAR_P = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const NEAR_Q = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852546,
];
const FAR_P = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const FAR_Q = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
  0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
];
const EXTREME_P = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
  0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const EXTREME_Q = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/**
 * The z below which a standard normal lies with probability `p`, 0 < p < 1; -Infinity at 0 and
 * Infinity at 1, NaN elsewhere.
 */
export function normalQuantile(p: number): number {
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  const fromHalf = p - 0.5;
  if (Math.abs(fromHalf) <= 0.425) {
    const r = 0.180625 - fromHalf * fromHalf;
    return (fromHalf * polynomial(NEAR_P, r)) / polynomial(NEAR_Q, r);
  }
  const r = Math.sqrt(-Math.log(fromHalf < 0 ? p : 1 - p));
  const z =
    r <= 5
      ? polynomial(FAR_P, r - 1.6) / polynomial(FAR_Q, r - 1.6)
      : polynomial(EXTREME_P, r - 5) / polynomial(EXTREME_Q, r - 5);
  return fromHalf < 0 ? -z : z;
}

/** Coefficients from the constant upwards, by Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
