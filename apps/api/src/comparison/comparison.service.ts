import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { Refusal } from '../errors.js';
import type { ComparisonInput } from './comparison.input.js';
import type { Comparison } from './comparison.type.js';

/** Not computed yet in this version. */
export function compare(_db: Db, _viewer: Viewer, _input: ComparisonInput): Promise<Comparison> {
  throw new Refusal('UNAVAILABLE', 'Comparisons are not computed yet in this version.');
}
