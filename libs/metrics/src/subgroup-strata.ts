import type { Assumption } from './assumption.js';
import { missingClass, singleCase } from './auc.js';
import {
  checkedCohort,
  checkedLevel,
  checkedScores,
  type Cohort,
  type Labels,
  type ScoreArray,
  type Scores,
} from './cases.js';
import { tooFewClusters } from './clustered-auc.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import {
  caseInfluence,
  clusterClassCounts,
  clusterInfluence,
  type Influence,
} from './influence.js';
import { isSharingOrders, ordersByLevel, shareOrder } from './score-order.js';
import type { Value } from './value.js';

export interface SubgroupOptions {
  /** Level of the intervals, in (0, 1); 0.95 unless given. */
  level?: number;
  /** Patient of each case. */
  clusters?: ClusterIds;
  /** Cases of each class below which a level is marked `suppressed`; 10 unless given. */
  minCell?: number;
}

/** Smaller cells could point at a person, and their AUC says little. */
const MIN_CELL = 10;

/** The cases of one level. */
export interface Stratum {
  name: string | number;
  cohort: Cohort;
  influence: Value<Influence>;
  /** Influence where it has a variance, else why it has none. */
  varied: Value<Influence>;
  /** Patients with a case in this level; cases where no patients are given. */
  units: number;
  /** The patients of this level by their common numbers, rising, where patients are given. */
  patients?: Uint32Array;
  /** How many patients there are in all levels. */
  patientCount: number;
}

/** Scores of one version and what to call them in an error. */
export interface VersionScores {
  scores: Scores;
  field: string;
}

/** Everything checked, and the cases parted by level. */
export interface Strata {
  strata: Stratum[];
  level: number;
  minCell: number;
  /** True where a patient has cases in two levels. */
  crossed: boolean;
  assumption: Assumption;
}

/** Checks the inputs and parts the cases by level. O(n + levels n). */
export function stratify(
  labels: Labels,
  versions: readonly VersionScores[],
  groups: ClusterIds,
  options: SubgroupOptions,
): Strata {
  const cohort = checkedCohort(labels);
  const size = cohort.labels.length;
  const scores = versions.map((version) => checkedScores(version.scores, size, version.field));
  const attribute = checkedClusters(groups, size, 'groups');
  const patients = options.clusters && checkedClusters(options.clusters, size);
  const members = membersOf(attribute);
  const orders = isSharingOrders() ? scores.map((all) => levelOrders(all, attribute, members)) : [];
  const strata = members.map((cases, of) => {
    const own = scores.map((all, version) => {
      const chosen = scoresOf(all, cases);
      if (orders.length > 0) shareOrder(chosen, orders[version]![of]!);
      return chosen;
    });
    return stratumOf(groups[cases[0]!]!, cases, cohort.labels, own, patients);
  });
  return {
    strata,
    level: checkedLevel(options.level),
    minCell: options.minCell ?? MIN_CELL,
    crossed: patients !== undefined && isCrossed(attribute, patients),
    assumption: patients ? 'independent-patients' : 'independent-images',
  };
}

/** Case numbers of each level, rising. */
function membersOf({ index, count }: Clusters): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (let i = 0; i < index.length; i++) sizes[index[i]!]!++;
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(count);
  for (let i = 0; i < index.length; i++) {
    const level = index[i]!;
    members[level]![filled[level]!++] = i;
  }
  return members;
}

/** The order of the cases of each level, from that of all. */
function levelOrders(scores: ScoreArray, { index }: Clusters, members: readonly Uint32Array[]) {
  const place = new Uint32Array(index.length);
  for (const cases of members) for (let k = 0; k < cases.length; k++) place[cases[k]!] = k;
  const sizes = Uint32Array.from(members, ({ length }) => length);
  return ordersByLevel(scores, index, place, sizes);
}

function scoresOf(all: ScoreArray, cases: Uint32Array): ScoreArray {
  const chosen =
    all instanceof Float32Array ? new Float32Array(cases.length) : new Float64Array(cases.length);
  for (let k = 0; k < cases.length; k++) chosen[k] = all[cases[k]!]!;
  return chosen;
}

function stratumOf(
  name: string | number,
  cases: Uint32Array,
  labels: Uint8Array,
  own: readonly ScoreArray[],
  patients?: Clusters,
): Stratum {
  const cohort = checkedCohort(cases.length === labels.length ? labels : labelsOf(labels, cases));
  const missing = missingClass(cohort);
  if (!patients) {
    const influence = missing ?? caseInfluence(cohort, own);
    const varied = singleCase(cohort) ?? influence;
    return { name, cohort, units: cases.length, influence, varied, patientCount: 0 };
  }
  // Numbered among the patients of this level for its variance, among all for the covariance.
  const index = new Int32Array(cases.length);
  for (let k = 0; k < cases.length; k++) index[k] = patients.index[cases[k]!]!;
  const ofLevel = checkedClusters(index, cases.length);
  const counts = clusterClassCounts(cohort.labels, ofLevel);
  const influence = missing ?? clusterInfluence(cohort, own, ofLevel, counts);
  return {
    name,
    cohort,
    units: ofLevel.count,
    influence,
    varied: tooFewClusters(cohort, counts) ?? influence,
    patients: distinct(index, patients.count),
    patientCount: patients.count,
  };
}

function labelsOf(labels: Uint8Array, cases: Uint32Array): Uint8Array {
  const own = new Uint8Array(cases.length);
  for (let k = 0; k < cases.length; k++) own[k] = labels[cases[k]!]!;
  return own;
}

/** The numbers that occur, rising. */
function distinct(index: Int32Array, count: number): Uint32Array {
  const seen = new Uint8Array(count);
  for (let k = 0; k < index.length; k++) seen[index[k]!] = 1;
  let size = 0;
  for (let c = 0; c < count; c++) size += seen[c]!;
  const numbers = new Uint32Array(size);
  for (let c = 0, next = 0; c < count; c++) if (seen[c] === 1) numbers[next++] = c;
  return numbers;
}

/** True where a patient has cases in two levels. */
function isCrossed(attribute: Clusters, patients: Clusters): boolean {
  const levelOf = new Int32Array(patients.count).fill(-1);
  for (let i = 0; i < patients.index.length; i++) {
    const patient = patients.index[i]!;
    const level = attribute.index[i]!;
    if (levelOf[patient] === -1) levelOf[patient] = level;
    else if (levelOf[patient] !== level) return true;
  }
  return false;
}
