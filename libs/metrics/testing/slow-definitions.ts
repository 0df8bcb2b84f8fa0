// Textbook definitions, pair by pair and loop by loop: slow, plain, and sharing no code with the
// library. What they leave undefined is NaN; the tests ask only for what exists.

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

const win = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);

export interface SlowCohort {
  labels: readonly number[];
  scores: readonly number[];
}

export function slowAuc({ labels, scores }: SlowCohort): number {
  const positives = scores.filter((_, i) => labels[i] === 1);
  const negatives = scores.filter((_, i) => labels[i] === 0);
  return mean(positives.flatMap((x) => negatives.map((y) => win(x, y))));
}

/** Placement of every case among the other class. */
export function slowPlacements({ labels, scores }: SlowCohort): number[] {
  return scores.map((score, i) =>
    mean(
      scores
        .filter((_, j) => labels[j] !== labels[i])
        .map((other) => (labels[i] === 1 ? win(score, other) : win(other, score))),
    ),
  );
}

function sampleCovariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return sum(a.map((x, i) => (x - meanA) * (b[i]! - meanB))) / (a.length - 1);
}

/** DeLong's covariance of two versions. */
export function slowDelong(
  labels: readonly number[],
  a: readonly number[],
  b: readonly number[],
): number {
  const placed = [a, b].map((scores) => slowPlacements({ labels, scores }));
  return sum(
    [1, 0].map((label) => {
      const [ofA, ofB] = placed.map((of) => of.filter((_, i) => labels[i] === label));
      return sampleCovariance(ofA!, ofB!) / ofA!.length;
    }),
  );
}

/** Obuchowski's covariance of two versions over patients, in the words of her paper. */
export function slowObuchowski(
  labels: readonly number[],
  a: readonly number[],
  b: readonly number[],
  clusters: readonly (number | string)[],
) {
  const ids = [...new Set(clusters)];
  const m = labels.filter((label) => label === 1).length;
  const n = labels.length - m;
  const totals = (scores: readonly number[], label: number) => {
    const placed = slowPlacements({ labels, scores });
    const auc = slowAuc({ labels, scores });
    return ids.map((id) =>
      sum(placed.map((v, i) => (clusters[i] === id && labels[i] === label ? v - auc : 0))),
    );
  };
  const withClass = (label: number) =>
    ids.filter((id) => labels.some((own, i) => own === label && clusters[i] === id)).length;
  const [i10, i01, all] = [withClass(1), withClass(0), ids.length];
  const products = (x: readonly number[], y: readonly number[]) =>
    sum(x.map((of, c) => of * y[c]!));
  const [xa, xb, ya, yb] = [totals(a, 1), totals(b, 1), totals(a, 0), totals(b, 0)];
  const S10 = (i10 / ((i10 - 1) * m)) * products(xa, xb);
  const S01 = (i01 / ((i01 - 1) * n)) * products(ya, yb);
  const S11 = (all / (all - 1)) * products(xa, yb);
  const S11back = (all / (all - 1)) * products(xb, ya);
  return { S10, S01, S11, covariance: S10 / m + S01 / n + (S11 + S11back) / (m * n) };
}

/** Calls at `score >= threshold`. */
export function slowCounts({ labels, scores }: SlowCohort, threshold: number) {
  const called = scores.map((score) => score >= threshold);
  const count = (label: number, of: boolean) =>
    labels.filter((own, i) => own === label && called[i] === of).length;
  return { tp: count(1, true), fp: count(0, true), fn: count(1, false), tn: count(0, false) };
}

/** Distinct scores, highest first. */
export const distinctFalling = (scores: readonly number[]) =>
  [...new Set(scores.map((score) => score + 0))].sort((a, b) => b - a);

/** Average precision from the definition: precision at each threshold, weighted by recall gained. */
export function slowAveragePrecision(cohort: SlowCohort): number {
  const m = sum(cohort.labels);
  let [area, before] = [0, 0];
  for (const threshold of distinctFalling(cohort.scores)) {
    const { tp, fp } = slowCounts(cohort, threshold);
    area += ((tp - before) / m) * (tp / (tp + fp));
    before = tp;
  }
  return area;
}

/** Area under linear pieces through the points, by fine midpoint sums over the x axis. */
export function slowArea(
  points: readonly (readonly [x: number, y: number])[],
  height: (x: number, y: number) => number,
  steps = 200_000,
): number {
  let [area, piece] = [0, 0];
  for (let k = 0; k < steps; k++) {
    const x = (k + 0.5) / steps;
    while (points[piece + 1]![0] < x) piece++;
    const [[x0, y0], [x1, y1]] = [points[piece]!, points[piece + 1]!];
    area += height(x, y0 + ((y1 - y0) * (x - x0)) / (x1 - x0));
  }
  return area / steps;
}

/** Boundary pixels of a drawing of `#` and `.`. */
export function slowBoundary(rows: readonly string[]): [x: number, y: number][] {
  const isLesion = (x: number, y: number) => rows[y]?.[x] === '#';
  const steps = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const;
  return rows.flatMap((row, y) =>
    row
      .split('')
      .map((_, x): [number, number] => [x, y])
      .filter(([x]) => isLesion(x, y) && steps.some(([dx, dy]) => !isLesion(x + dx, y + dy))),
  );
}

/** Distance of each point to the nearest of the others, every pair looked at. */
export const slowDistances = (
  from: readonly (readonly [number, number])[],
  to: readonly (readonly [number, number])[],
  [spacingX, spacingY]: readonly [number, number] = [1, 1],
): number[] =>
  from.map(([x, y]) =>
    Math.min(
      ...to.map(([u, v]) => Math.sqrt((spacingX * (x - u)) ** 2 + (spacingY * (y - v)) ** 2)),
    ),
  );

/** Type-7 quantile. */
export function slowQuantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = p * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
  return low + (position - Math.floor(position)) * (high - low);
}

/** Two-sided Wilcoxon p by going through every pattern of signs. */
export function slowWilcoxon(differences: readonly number[]): number {
  const rising = [...differences].sort((a, b) => Math.abs(a) - Math.abs(b));
  const wPlus = sum(rising.map((difference, rank) => (difference > 0 ? rank + 1 : 0)));
  const n = differences.length;
  let [below, above] = [0, 0];
  for (let pattern = 0; pattern < 2 ** n; pattern++) {
    let w = 0;
    for (let rank = 0; rank < n; rank++) if ((pattern >> rank) & 1) w += rank + 1;
    if (w <= wPlus) below++;
    if (w >= wPlus) above++;
  }
  return Math.min(1, (2 * Math.min(below, above)) / 2 ** n);
}

/** `P[Bin(n, 1/2) <= k]` from Pascal's triangle. */
export function slowHalfBinomialCdf(k: number, n: number): number {
  let row = [1];
  for (let i = 0; i < n; i++) {
    row = [...row, 0].map((count, j) => count + (row[j - 1] ?? 0));
  }
  return sum(row.slice(0, k + 1)) / 2 ** n;
}

/** Slope and intercept of a logistic model by shrinking a grid about the best point. */
export function slowLogistic(
  labels: readonly number[],
  logits: readonly number[],
  slopeIsFree: boolean,
): { intercept: number; slope: number; logLikelihood: number } {
  const logLikelihood = (a: number, b: number) =>
    sum(
      labels.map((label, i) => {
        const eta = a + b * logits[i]!;
        return -Math.log1p(Math.exp(label === 1 ? -eta : eta));
      }),
    );
  let [a, b, width] = [0, 1, 8];
  while (width > 1e-9) {
    let best = [a, b];
    for (let i = -4; i <= 4; i++) {
      for (let j = slopeIsFree ? -4 : 0; j <= (slopeIsFree ? 4 : 0); j++) {
        const candidate = [a + (i * width) / 4, b + (j * width) / 4];
        if (logLikelihood(candidate[0]!, candidate[1]!) > logLikelihood(best[0]!, best[1]!)) {
          best = candidate;
        }
      }
    }
    if (best[0] === a && best[1] === b) width /= 2;
    [a, b] = [best[0]!, best[1]!];
  }
  return { intercept: a, slope: b, logLikelihood: logLikelihood(a, b) };
}
