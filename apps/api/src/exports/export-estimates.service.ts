import { coerceInputValue, type GraphQLInputType, type GraphQLSchema } from 'graphql';
import type { ComparisonInput } from '../comparison/comparison.input.js';
import { compare } from '../comparison/comparison.service.js';
import type { Comparison } from '../comparison/comparison.type.js';
import { fromBitmap } from '../comparison/image-set.service.js';
import type { Services, Viewer } from '../context.js';
import type { Db } from '../db.js';
import { invalid, notFound } from '../errors.js';
import type { Evaluation } from '../evaluation/evaluation.type.js';
import { findEvaluation } from '../evaluation/evaluation.service.js';
import { comparisonNumbers, evaluationNumbers, type NumberRow } from './estimate-rows.js';
import type { EstimateRow } from './estimates-table.js';
import { type ExportSource, findExportSource } from './export-rows.service.js';

/**
 * A frozen evaluation and what it was computed from.
 *
 * @throws NOT_FOUND where it is absent or not the viewer's to see
 */
export async function findEvaluationSource(
  db: Db,
  viewer: Viewer,
  id: string,
): Promise<{ evaluation: Evaluation; source: ExportSource }> {
  const evaluation = await findEvaluation(db, viewer, id);
  if (!evaluation) throw notFound('evaluation', id);
  const versionIds = evaluation.versions.map(({ modelVersionId }) => modelVersionId);
  const source = await findExportSource(db, viewer, {
    ...{ snapshotId: evaluation.snapshotId, versionIds },
  });
  return { evaluation, source };
}

/** The numbers of an evaluation as it was frozen: nothing is computed here. */
export const estimateRows = (evaluation: Evaluation, source: ExportSource): EstimateRow[] =>
  withProvenance(evaluationNumbers(evaluation), source, {
    evaluationId: evaluation.id,
    inputsHash: evaluation.inputsHash,
    metricSet: evaluation.metricSet,
    metricsVersion: evaluation.metricsVersion,
  });

/** The places in the snapshot of the images that were compared; undefined where all were. */
export const comparedPositions = (
  comparison: Comparison | null,
  { imageCount }: ExportSource,
): Int32Array | undefined => (comparison ? fromBitmap(comparison.places, imageCount) : undefined);

/**
 * What a script sent as the question of a comparison, checked as the schema would check a variable.
 *
 * @throws INVALID_INPUT with the field where it is none
 */
export function asComparisonInput(schema: GraphQLSchema, text: unknown): ComparisonInput {
  const value = parsed(text);
  const type = schema.getType('ComparisonInput') as GraphQLInputType;
  return coerceInputValue(value, type, (path, _value, error) => {
    throw invalid(['input', ...path].join('.'), error.message);
  }) as ComparisonInput;
}

function parsed(text: unknown): unknown {
  try {
    if (typeof text === 'string') return JSON.parse(text);
  } catch {
    // Falls through: whatever it is, it is no question.
  }
  throw invalid('input', 'Give a ComparisonInput as JSON in `input`.');
}

/** A comparison computed for this file, as the page computes it, and what it was computed from. */
export async function findComparisonSource(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  input: ComparisonInput,
): Promise<{ comparison: Comparison; source: ExportSource }> {
  const comparison = await compare(services, viewer, input);
  const source = await findExportSource(services.db, viewer, {
    snapshotId: comparison.snapshotId,
    versionIds: comparison.versions.map(({ modelVersionId }) => modelVersionId),
  });
  return { comparison, source };
}

/** The numbers of a comparison that nobody kept. */
export const comparisonRows = (comparison: Comparison, source: ExportSource): EstimateRow[] =>
  withProvenance(comparisonNumbers(comparison), source, {
    evaluationId: null,
    inputsHash: comparison.inputsHash,
    metricSet: comparison.method.metricSet,
    metricsVersion: comparison.method.metricsVersion,
  });

type Computed = Pick<EstimateRow, 'evaluationId' | 'inputsHash' | 'metricSet' | 'metricsVersion'>;

function withProvenance(
  numbers: NumberRow[],
  { study, isSynthetic, snapshotId, contentHash, versions }: ExportSource,
  computed: Computed,
): EstimateRow[] {
  const frame = { study, isSynthetic, snapshotId, contentHash, ...computed };
  const byId = new Map(versions.map((version) => [version.id, version]));
  return numbers.map((row) => {
    const version = row.modelVersionId === null ? undefined : byId.get(row.modelVersionId);
    return {
      ...row,
      ...frame,
      model: version?.model ?? null,
      modelVersion: version?.version ?? null,
      modelSha256: version?.sha256 ?? null,
    };
  });
}
