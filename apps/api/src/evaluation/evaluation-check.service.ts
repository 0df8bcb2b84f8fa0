import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { Refusal } from '../errors.js';
import type { EvaluationCheck } from './evaluation-check.type.js';

/** Not computed yet in this version. */
export function checkEvaluation(
  _db: Db,
  _viewer: Viewer,
  _id: string,
): Promise<EvaluationCheck | null> {
  throw new Refusal('UNAVAILABLE', 'Evaluations are not checked yet in this version.');
}
