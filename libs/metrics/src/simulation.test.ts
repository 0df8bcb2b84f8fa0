import { describe, expect, it } from 'vitest';
import { rocAuc } from './auc.js';
import { clusteredAuc } from './clustered-auc.js';
import { clusteredPairedAuc } from './clustered-paired-auc.js';
import { mulberry32 } from './mulberry32.js';
import { normalCdf } from './normal.js';
import { comparePairedAuc } from './paired-auc.js';
import { isDefined, type Interval, type Value } from './value.js';

const PATIENTS = 200;
const MOST_IMAGES = 6;
const PREVALENCE = 0.3;
/** Distance of the classes in each version, in units of one image's noise. */
const SEPARATION = 1.6;

interface Scenario {
  /** Variance that all images of a patient share in both versions, of a total of 1. */
  shared: number;
  /** Variance that all images of a patient share in one version. */
  own: number;
  labelOfPatient: boolean;
}

/** Standard normal numbers from a seeded stream (Box & Muller 1958). */
function normals(seed: number): { uniform: () => number; normal: () => number } {
  const random = mulberry32(seed);
  const uniform = () => (random() + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** A cohort in which both versions have the same true AUC. */
function drawCohort({ shared, own, labelOfPatient }: Scenario, seed: number) {
  const { uniform, normal } = normals(seed);
  const labels: (0 | 1)[] = [];
  const clusters: number[] = [];
  const [a, b]: [number[], number[]] = [[], []];
  const noise = Math.sqrt(1 - shared - own);
  for (let patient = 0; patient < PATIENTS; patient++) {
    const images = 1 + Math.floor(uniform() * MOST_IMAGES);
    const ofPatient = uniform() < PREVALENCE ? 1 : 0;
    const both = Math.sqrt(shared) * normal();
    const effects = [0, 1].map(() => both + Math.sqrt(own) * normal());
    for (let image = 0; image < images; image++) {
      const label = labelOfPatient ? ofPatient : uniform() < PREVALENCE ? 1 : 0;
      labels.push(label);
      clusters.push(patient);
      a.push(SEPARATION * label + effects[0]! + noise * normal());
      b.push(SEPARATION * label + effects[1]! + noise * normal());
    }
  }
  return { labels, clusters, a, b };
}

/** Of two normal scores SEPARATION apart, each with variance 1. */
const TRUE_AUC = normalCdf(SEPARATION / Math.SQRT2);

const holds = (ci: Value<Interval>) => isDefined(ci) && ci[0] <= TRUE_AUC && TRUE_AUC <= ci[1];
const rejects = (p: Value) => isDefined(p) && p < 0.05;

/** Shares of runs in which the paired test rejects and the logit interval holds the true AUC. */
function simulate(scenario: Scenario, runs: number) {
  const counts = { clusteredSize: 0, plainSize: 0, clusteredCoverage: 0, plainCoverage: 0 };
  for (let run = 0; run < runs; run++) {
    const { labels, clusters, a, b } = drawCohort(scenario, 7919 * run + 1);
    counts.clusteredSize += Number(rejects(clusteredPairedAuc(labels, a, b, clusters).p));
    counts.plainSize += Number(rejects(comparePairedAuc(labels, a, b).p));
    counts.clusteredCoverage += Number(holds(clusteredAuc(labels, a, clusters).logitCi));
    counts.plainCoverage += Number(holds(rocAuc(labels, a).logitCi));
  }
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, count / runs]),
  ) as typeof counts;
}

describe('over 200 patients of 1 to 6 images', () => {
  const RUNS = 1500;

  it.each([
    ['images of a patient are unlike', { shared: 0, own: 0, labelOfPatient: false }],
    ['images of a patient are alike', { shared: 0.3, own: 0.3, labelOfPatient: false }],
    ['patients are ill, not images', { shared: 0.3, own: 0.3, labelOfPatient: true }],
  ])('the clustered test and interval keep their promise where %s', (_, scenario) => {
    const { clusteredSize, clusteredCoverage } = simulate(scenario, RUNS);
    expect(clusteredSize).toBeGreaterThanOrEqual(0.04);
    expect(clusteredSize).toBeLessThanOrEqual(0.07);
    expect(clusteredCoverage).toBeGreaterThanOrEqual(0.93);
  });

  it('those for independent images do not, where patients are ill, not images', () => {
    const { plainSize, plainCoverage } = simulate(
      { shared: 0.3, own: 0.3, labelOfPatient: true },
      RUNS,
    );
    expect(plainSize).toBeGreaterThan(0.12);
    expect(plainCoverage).toBeLessThan(0.88);
  });
});
