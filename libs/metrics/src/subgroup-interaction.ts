import { chiSquareSf } from './chi-square.js';
import { covarianceOf, dot, type Contrast, type Influence } from './influence.js';
import type { Stratum } from './subgroup-strata.js';
import { isDefined, mapValue, undef, type Reason, type Value } from './value.js';
import { waldTest, type ChiSquareTest } from './wald-test.js';

/** Test that all levels have the same AUC (or the same gain). */
export interface InteractionTest extends ChiSquareTest {
  levelsUsed: number;
}

/** A level that could not be tested, and why. */
export interface LevelLeftOut {
  level: string | number;
  reason: Reason;
}

/** Whether levels differ, and what could not be asked. */
export interface Interaction {
  interaction: Value<InteractionTest>;
  leftOut: LevelLeftOut[];
  /** Covariance of the levels tested, in their order; where levels are crossed only. */
  covariance?: number[][];
}

/** What is compared between levels: an AUC or a difference of two. */
export interface Estimate {
  value: Value;
  variance: Value;
}

/** The estimate of one level and its variance. */
export function estimateOf({ influence, varied }: Stratum, contrast: Contrast): Estimate {
  return {
    value: mapValue(influence, (of) => contrastValue(of, contrast)),
    variance: mapValue(varied, (of) => covarianceOf(of, contrast, contrast)),
  };
}

const contrastValue = ({ sums, doubledPairs }: Influence, { plus, minus }: Contrast) =>
  (sums[plus]! - (minus === undefined ? 0 : sums[minus]!)) / doubledPairs;

/** The test over all levels that have a variance, and the names of the others. */
export function interactionOf(
  strata: readonly Stratum[],
  estimates: readonly Estimate[],
  contrast: Contrast,
  crossed: boolean,
): Interaction {
  const tested: { stratum: Stratum; value: number; variance: number }[] = [];
  const leftOut: LevelLeftOut[] = [];
  strata.forEach((stratum, g) => {
    const { value, variance } = estimates[g]!;
    if (!isDefined(value)) leftOut.push({ level: stratum.name, reason: value.undefined });
    else if (!isDefined(variance))
      leftOut.push({ level: stratum.name, reason: variance.undefined });
    else if (variance === 0) leftOut.push({ level: stratum.name, reason: 'zero-variance' });
    else tested.push({ stratum, value, variance });
  });
  const values = tested.map(({ value }) => value);
  const covariance = crossed
    ? {
        covariance: crossedCovariance(
          tested.map(({ stratum }) => stratum),
          contrast,
        ),
      }
    : {};
  if (tested.length < 2) {
    return { interaction: undef('fewer-than-two-levels'), leftOut, ...covariance };
  }
  const test = covariance.covariance
    ? successiveTest(values, covariance.covariance)
    : cochranQ(
        values,
        tested.map(({ variance }) => variance),
      );
  return {
    interaction: mapValue(test, (of) => ({ ...of, levelsUsed: tested.length })),
    leftOut,
    ...covariance,
  };
}

/** Cochran's Q: weighted squares about the weighted mean. */
function cochranQ(values: readonly number[], variances: readonly number[]): ChiSquareTest {
  const total = variances.reduce((sum, variance) => sum + 1 / variance, 0);
  const mean = values.reduce((sum, value, g) => sum + value / variances[g]!, 0) / total;
  const chiSquare = values.reduce((sum, value, g) => sum + (value - mean) ** 2 / variances[g]!, 0);
  const df = values.length - 1;
  return { chiSquare, df, p: chiSquareSf(chiSquare, df) };
}

/** `I / (I - 1) sum over patients of u_g u_h`, u the pull of a patient on the estimate of a level. */
function crossedCovariance(strata: readonly Stratum[], contrast: Contrast): number[][] {
  const pulls = strata.map((stratum) => pullOfPatients(stratum, contrast));
  const seen = patientsIn(strata);
  const factor = seen / (seen - 1);
  return pulls.map((first) => pulls.map((second) => factor * dot(first, second)));
}

/** Patients with a case in any of these levels. */
function patientsIn(strata: readonly Stratum[]): number {
  const seen = new Uint8Array(strata[0]?.patientCount ?? 0);
  for (const { patients = [] } of strata) {
    for (const patient of patients) seen[patient] = 1;
  }
  let count = 0;
  for (const is of seen) count += is;
  return count;
}

function pullOfPatients(
  { cohort, varied, patients, patientCount }: Stratum,
  contrast: Contrast,
): Float64Array {
  const pull = new Float64Array(patientCount);
  if (!isDefined(varied) || !patients) return pull;
  const { positive, negative, doubledPairs } = varied;
  const [plus, minus] = [contrast.plus, contrast.minus];
  // The level numbers its own patients by the rank of their common number.
  for (let unit = 0; unit < patients.length; unit++) {
    const ofPositives =
      positive[plus]![unit]! - (minus === undefined ? 0 : positive[minus]![unit]!);
    const ofNegatives =
      negative[plus]![unit]! - (minus === undefined ? 0 : negative[minus]![unit]!);
    pull[patients[unit]!] =
      (ofPositives / cohort.positives + ofNegatives / cohort.negatives) / doubledPairs;
  }
  return pull;
}

function successiveTest(
  values: readonly number[],
  covariance: readonly (readonly number[])[],
): Value<ChiSquareTest> {
  const entry = (g: number, h: number) => covariance[g]![h]!;
  const differences = values.slice(1).map((value, g) => values[g]! - value);
  return waldTest(
    differences,
    differences.map((_, g) =>
      differences.map(
        (__, h) => entry(g, h) - entry(g, h + 1) - entry(g + 1, h) + entry(g + 1, h + 1),
      ),
    ),
  );
}
