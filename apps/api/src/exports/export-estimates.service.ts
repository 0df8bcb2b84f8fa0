import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { notFound } from '../errors.js';
import type { Evaluation } from '../evaluation/evaluation.type.js';
import { findEvaluation } from '../evaluation/evaluation.service.js';
import { evaluationNumbers, type NumberRow } from './estimate-rows.js';
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
