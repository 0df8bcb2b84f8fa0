import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { Refusal } from '../errors.js';
import type { Task } from '../images/task.type.js';
import type { ComparedImageConnection, DisagreementOrder } from './compared-image.type.js';
import type { CallChange } from './comparison.input.js';
import type { Comparison } from './comparison.type.js';

export interface ChangedImagesPage {
  task: Task;
  modelVersionId: string;
  changes: CallChange[] | undefined;
  first: number;
  after: string | undefined;
}

export interface DisagreementsPage {
  order: DisagreementOrder;
  task: Task | undefined;
  modelVersionId: string;
  first: number;
  after: string | undefined;
}

export function listChangedImages(
  _db: Db,
  _viewer: Viewer,
  _comparison: Comparison,
  _page: ChangedImagesPage,
): Promise<ComparedImageConnection> {
  throw new Refusal('UNAVAILABLE', 'Comparisons are not computed yet in this version.');
}

export function listDisagreements(
  _db: Db,
  _viewer: Viewer,
  _comparison: Comparison,
  _page: DisagreementsPage,
): Promise<ComparedImageConnection> {
  throw new Refusal('UNAVAILABLE', 'Comparisons are not computed yet in this version.');
}
