import { metricsVersion } from '@lesionwise/metrics';
import { compare } from '../comparison/comparison.service.js';
import type { Comparison } from '../comparison/comparison.type.js';
import { fromWordsOfSchema } from '../comparison/question.service.js';
import { findReferenceChanges } from '../comparison/reference-changes.service.js';
import type { Services, Viewer } from '../context.js';
import { Refusal } from '../errors.js';
import { findPlan } from './analysis-plan.service.js';
import type { CheckedDifference, EvaluationCheck } from './evaluation-check.type.js';
import { findEvaluation, frozenFrom } from './evaluation.service.js';
import type { Evaluation } from './evaluation.type.js';

/** Enough to see what is wrong; how many there are in all is counted. */
const mostListed = 100;

/**
 * Computes a frozen evaluation once more from the rows themselves, never from memory, and compares
 * every number to the last digit. Writes nothing.
 */
export async function checkEvaluation(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  id: string,
): Promise<EvaluationCheck | null> {
  const evaluation = await findEvaluation(services.db, viewer, id);
  if (!evaluation) return null;
  const { snapshotId, comparison, versions } = evaluation;
  const again = await recomputed(services, viewer, evaluation);
  const found = typeof again === 'string' ? none : comparedJson({ comparison, versions }, again);
  return {
    evaluationId: id,
    isReproduced: typeof again !== 'string' && found.differences.length === 0,
    compared: found.compared,
    differenceCount: found.differences.length,
    differences: found.differences.slice(0, mostListed),
    failure: typeof again === 'string' ? again : null,
    frozenMetricsVersion: evaluation.metricsVersion,
    metricsVersion,
    referenceChanges: await findReferenceChanges(services.db, viewer, snapshotId),
  };
}

const none = { compared: 0, differences: [] as CheckedDifference[] };

/** The evaluation as it comes out now, or why it does not. */
async function recomputed(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  { question, comparison, planId }: Evaluation,
): Promise<Pick<Evaluation, 'versions' | 'comparison'> | string> {
  if (!comparison) return 'The evaluation was made before questions were kept.';
  try {
    const input = fromWordsOfSchema(question);
    const { places } = comparison;
    const now: Comparison = await compare(services, viewer, input, { isFresh: true, places });
    const plan = planId === null ? null : await findPlan(services.db, viewer, planId);
    const frozen = frozenFrom(now, plan);
    return { versions: frozen.results, comparison: frozen.comparison };
  } catch (error) {
    // A refusal says what is gone, such as scores; anything else is a bug and is thrown on.
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** Every leaf of both, by its path. */
function comparedJson(frozen: unknown, again: unknown) {
  // As it was stored: without what JSON does not have.
  const now: unknown = JSON.parse(JSON.stringify(again));
  const differences: CheckedDifference[] = [];
  let compared = 0;
  const visit = (old: unknown, recent: unknown, path: string) => {
    if (isBranch(old) && isBranch(recent)) {
      for (const key of new Set([...Object.keys(old), ...Object.keys(recent)])) {
        visit(old[key], recent[key], path === '' ? key : `${path}.${key}`);
      }
      return;
    }
    compared += 1;
    if (JSON.stringify(old) !== JSON.stringify(recent)) {
      differences.push({ path, frozen: old ?? null, recomputed: recent ?? null });
    }
  };
  visit(frozen, now, '');
  return { compared, differences };
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
