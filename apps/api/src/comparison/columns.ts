import type { Task } from '../images/task.type.js';
import type { JobRules, JobSet } from './comparison-job.type.js';
import type { IntervalRules } from './estimates.js';
import { diagnosisPlace, type SnapshotFacts, type VersionFacts } from './facts.type.js';

/** The images of a task that have a reference diagnosis, as columns. */
export interface TaskColumns {
  /** Places in the snapshot. */
  positions: Int32Array;
  labels: Uint8Array;
  patients: Int32Array;
  withoutReference: number;
}

/** The places compared: all of the snapshot, or those given. */
export function placesOf({ facts, positions }: Pick<JobSet, 'facts' | 'positions'>): Int32Array {
  if (positions) return positions;
  const all = new Int32Array(facts.size);
  for (let i = 0; i < all.length; i++) all[i] = i;
  return all;
}

/** Labels and patients of the images with a reference diagnosis. */
export function taskColumns(facts: SnapshotFacts, places: Int32Array, task: Task): TaskColumns {
  const known = withDiagnosis(facts.diagnosis, places);
  const disease = diagnosisPlace.of(task);
  const labels = new Uint8Array(known.length);
  const patients = new Int32Array(known.length);
  for (let k = 0; k < known.length; k++) {
    labels[k] = facts.diagnosis[known[k]!] === disease ? 1 : 0;
    patients[k] = facts.patient[known[k]!]!;
  }
  return { positions: known, labels, patients, withoutReference: places.length - known.length };
}

/** In two walks without a function for each image: every job of a comparison begins with this. */
function withDiagnosis(diagnosis: Uint8Array, places: Int32Array): Int32Array {
  let count = 0;
  for (let k = 0; k < places.length; k++) {
    if (diagnosis[places[k]!] !== diagnosisPlace.none) count += 1;
  }
  if (count === places.length) return places;
  const known = new Int32Array(count);
  for (let k = 0, next = 0; k < places.length; k++) {
    if (diagnosis[places[k]!] !== diagnosisPlace.none) known[next++] = places[k]!;
  }
  return known;
}

/** The scores of one version at these places. */
export function scoresAt({ scores }: VersionFacts, task: Task, places: Int32Array): Float64Array {
  const column = scores[task];
  const chosen = new Float64Array(places.length);
  for (let k = 0; k < places.length; k++) chosen[k] = column[places[k]!]!;
  return chosen;
}

/** How often each patient's number occurs; the numbers lie close together from 0. */
function occurrences(ids: Int32Array): Uint32Array {
  let largest = -1;
  for (let k = 0; k < ids.length; k++) if (ids[k]! > largest) largest = ids[k]!;
  const counts = new Uint32Array(largest + 1);
  for (let k = 0; k < ids.length; k++) counts[ids[k]!]! += 1;
  return counts;
}

/** How many of these patients there are. */
export function countDistinct(ids: Int32Array): number {
  const counts = occurrences(ids);
  let distinct = 0;
  for (let c = 0; c < counts.length; c++) if (counts[c]! > 0) distinct += 1;
  return distinct;
}

/** The largest number of times one patient occurs. */
export function mostOfOne(ids: Int32Array): number {
  const counts = occurrences(ids);
  let most = 0;
  for (let c = 0; c < counts.length; c++) if (counts[c]! > most) most = counts[c]!;
  return most;
}

/** How intervals of these columns are made. */
export function intervalRules(
  { isByPatient, level }: JobRules,
  { patients }: Pick<TaskColumns, 'patients'>,
): IntervalRules {
  const hasSeveral = mostOfOne(patients) > 1;
  return {
    level,
    isClustered: isByPatient && hasSeveral,
    assumesIndependence: !isByPatient && hasSeveral,
    units: isByPatient ? countDistinct(patients) : patients.length,
  };
}

/** The clusters to hand to libs/metrics: patients, or none where images were asked for. */
export const clustersOf = (
  { isByPatient }: JobRules,
  { patients }: Pick<TaskColumns, 'patients'>,
) => (isByPatient ? patients : undefined);

/** Images of a task where a threshold is chosen. */
export function columnsOf(set: JobSet, task: Task, version: number) {
  const columns = taskColumns(set.facts, placesOf(set), task);
  return { ...columns, scores: scoresAt(set.versions[version]!, task, columns.positions) };
}
