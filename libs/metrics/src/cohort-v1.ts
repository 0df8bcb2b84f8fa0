import { mulberry32 } from './mulberry32.js';

/** Parameters of a made-up cohort, in the words of `cohort-v1`. */
export interface CohortV1 {
  seed: number;
  /** Cases. */
  n: number;
  prevalence: number;
  /** Distance of the classes, one per version. */
  separation: readonly number[];
  itemShared: number;
  itemOwn: number;
  clusterShared?: number;
  clusterOwn?: number;
  /** Patients have 1 to this many cases; without it every case stands alone. */
  maxClusterSize?: number;
  /** Lets the share of diseased cases vary between patients. */
  mixPrevalence?: boolean;
  /** Rounds scores down to this many steps, which makes ties. */
  steps?: number;
  float32?: boolean;
}

/** A made-up cohort: labels, scores of each version, patient of each case. */
export interface MadeUpCohort {
  labels: Uint8Array;
  scores: (Float32Array | Float64Array)[];
  clusters?: Int32Array;
}

const TWO_TO_32 = 2 ** 32;

/**
 * Makes the cohort `cohort-v1` of the published test vectors, bit for bit. For tests and benchmarks
 * alone: its scores are sums of four uniform numbers, not those of any model. O(k n).
 */
export function cohortV1(parameters: CohortV1): MadeUpCohort {
  const { n, prevalence, separation } = parameters;
  const uniform = uniformStream(parameters.seed);
  const z = () => uniform() + uniform() + uniform() + uniform() - 2;
  const patients = parameters.maxClusterSize ? patientsOf(parameters) : undefined;
  const labels = new Uint8Array(n);
  const scores = separation.map(() =>
    parameters.float32 ? new Float32Array(n) : new Float64Array(n),
  );
  for (let i = 0; i < n; i++) {
    const patient = patients?.ofCase(i);
    const share = patient && parameters.mixPrevalence ? 2.0 * prevalence * patient.q : prevalence;
    labels[i] = uniform() < share ? 1 : 0;
    const shared = z();
    for (let version = 0; version < separation.length; version++) {
      const r = separation[version]! * labels[i]! + parameters.itemShared * shared;
      const effect = r + parameters.itemOwn * z();
      scores[version]![i] = scoreOf(withPatient(effect, version, parameters, patient), parameters);
    }
  }
  return patients ? { labels, scores, clusters: patients.clusters } : { labels, scores };
}

/** Adds the patient's effects, in the order the recipe fixes: the sums are compared bit for bit. */
function withPatient(r: number, version: number, parameters: CohortV1, patient?: Patient): number {
  if (!patient) return r;
  const shared = r + (parameters.clusterShared ?? 0) * patient.shared;
  return shared + (parameters.clusterOwn ?? 0) * patient.own[version]!;
}

function scoreOf(r: number, { steps }: CohortV1): number {
  const score = Math.min(1, Math.max(0, (r + 4) / 8));
  return steps ? Math.floor(score * steps) / steps : score;
}

function uniformStream(seed: number): () => number {
  const random = mulberry32(seed >>> 0);
  return () => random() / TWO_TO_32;
}

interface Patient {
  shared: number;
  own: number[];
  q: number;
}

interface Patients {
  clusters: Int32Array;
  ofCase: (i: number) => Patient;
}

function patientsOf({ seed, n, separation, maxClusterSize = 1 }: CohortV1): Patients {
  const size = uniformStream(seed + 1);
  const effect = uniformStream(seed + 2);
  const prevalence = uniformStream(seed + 3);
  const z = () => effect() + effect() + effect() + effect() - 2;
  const clusters = new Int32Array(n);
  const patients: Patient[] = [];
  for (let from = 0; from < n;) {
    const to = from + Math.min(1 + Math.floor(size() * maxClusterSize), n - from);
    clusters.fill(patients.length, from, to);
    patients.push({ shared: z(), own: separation.map(() => z()), q: prevalence() });
    from = to;
  }
  return { clusters, ofCase: (i) => patients[clusters[i]!]! };
}
