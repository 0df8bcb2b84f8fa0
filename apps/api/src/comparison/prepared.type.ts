import type { OverlapOfVersion } from '../cohorts/training-overlap.service.js';
import type { snapshotToCompare } from './coverage.service.js';
import type { versionsInOrder } from './compared-versions.service.js';
import type { LoadedFacts } from './facts-cache.service.js';
import type { BaseSet } from './image-set.service.js';
import type { Question } from './question.service.js';
import type { ChosenThresholds } from './threshold-choice.service.js';

type Snapshot = Awaited<ReturnType<typeof snapshotToCompare>>;
type VersionRow = Awaited<ReturnType<typeof versionsInOrder>>[number];

/** What a comparison is computed from, all of it looked up under the viewer's rights. */
export interface Prepared {
  snapshot: Snapshot;
  rows: VersionRow[];
  question: Question;
  loaded: LoadedFacts;
  base: BaseSet;
  chosen: ChosenThresholds;
  compared: BaseSet;
  overlaps: OverlapOfVersion[];
  /** Images compared that are near to a training list. */
  near: Int32Array;
  inputsHash: string;
}
