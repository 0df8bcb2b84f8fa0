import { randomUUID } from 'node:crypto';
import { metricsVersion } from '@lesionwise/metrics';
import { inVisibleStudy, studyFor } from '../access.js';
import { decodeCursor, pageSize, toConnection } from '../connection.js';
import { computed, prepare } from '../comparison/comparison.service.js';
import type { Comparison } from '../comparison/comparison.type.js';
import { snapshotToCompare } from '../comparison/coverage.service.js';
import { metricSet } from '../comparison/method.service.js';
import { checkedQuestion, inWordsOfSchema } from '../comparison/question.service.js';
import type { Services, Viewer } from '../context.js';
import {
  type Db,
  type EvaluationModel,
  EvaluationPurpose,
  inTransaction,
  type Prisma,
} from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { AnalysisPlan } from './analysis-plan.type.js';
import type { CreateEvaluationInput } from './evaluation.input.js';
import type { Evaluation, EvaluationConnection, VersionEvaluation } from './evaluation.type.js';
import { hashWithPlan, headedBy, planToFollow, requireAsPlanned } from './planned.service.js';
import { versionEvaluations } from './statistics.service.js';

export async function findEvaluation(db: Db, viewer: Viewer, id: string) {
  if (!isId(id)) return null;
  const row = await db.evaluation.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } });
  return row && toEvaluation(row);
}

interface EvaluationPage {
  studyId: string;
  first: number;
  after?: string | null | undefined;
  /** Only those that have this version in them. */
  modelVersionId?: string | undefined;
}

/** Newest first. */
export async function listEvaluations(
  db: Db,
  viewer: Viewer,
  { studyId, first, after, modelVersionId }: EvaluationPage,
): Promise<EvaluationConnection> {
  if (modelVersionId !== undefined && !isId(modelVersionId)) {
    throw notFound('model version', modelVersionId);
  }
  const withVersion =
    modelVersionId === undefined ? {} : { versions: { some: { modelVersionId } } };
  const where: Prisma.EvaluationWhereInput = {
    AND: [{ studyId, ...withVersion }, inVisibleStudy(viewer)],
  };
  const rows = await db.evaluation.findMany({
    where: !after ? where : { AND: [where, olderThan(after)] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize(first) + 1,
  });
  return toConnection(
    rows.map(toEvaluation),
    first,
    ({ createdAt, id }) => [createdAt.toISOString(), id],
    () => db.evaluation.count({ where }),
  );
}

function olderThan(after: string): Prisma.EvaluationWhereInput {
  const [time, id] = decodeCursor(after, 2).map(String);
  const createdAt = new Date(time!);
  if (Number.isNaN(createdAt.getTime()) || !isId(id!)) {
    throw invalid('after', 'The cursor `after` does not belong to this list.');
  }
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id! } }] };
}

export const toEvaluation = ({ results, comparison, ...row }: EvaluationModel): Evaluation => ({
  ...row,
  versions: results as unknown as VersionEvaluation[],
  comparison: comparison as unknown as Comparison | null,
});

/**
 * Computes and freezes the statistics of versions over the identical images of one snapshot. The same
 * question on the same data is the evaluation that is there.
 *
 * @throws CONFLICT with `missing` when a version has not scored every image; with `deviations` when a
 *   confirmatory evaluation was asked for and the study's locked plan says otherwise
 */
export async function createEvaluation(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  input: CreateEvaluationInput,
): Promise<Evaluation> {
  const { db } = services;
  const asked = checkedQuestion(input);
  const snapshot = await snapshotToCompare(db, viewer, input.snapshotId);
  const { studyId } = snapshot.cohort;
  await studyFor(db, viewer, studyId, 'evaluate');
  const isConfirmatory = input.purpose === EvaluationPurpose.CONFIRMATORY;
  const plan = isConfirmatory ? await planToFollow(db, viewer, studyId) : null;
  const prepared = await prepare(services, viewer, asked);
  if (plan) requireAsPlanned(plan, prepared.question, snapshot);
  const inputsHash = plan ? hashWithPlan(prepared.inputsHash, plan.sha256) : prepared.inputsHash;
  const known = await db.evaluation.findUnique({ where: { inputsHash } });
  if (known) return toEvaluation(known);

  const frozen = frozenFrom(await computed(prepared), plan);
  return freeze(db, {
    id: randomUUID(),
    ...{ studyId, snapshotId: snapshot.id, metricSet, metricsVersion, inputsHash },
    question: inWordsOfSchema(prepared.question) as Prisma.InputJsonObject,
    purpose: plan ? EvaluationPurpose.CONFIRMATORY : EvaluationPurpose.EXPLORATORY,
    planId: plan?.id ?? null,
    results: frozen.results as unknown as Prisma.InputJsonValue,
    comparison: frozen.comparison as unknown as Prisma.InputJsonValue,
    createdById: viewer.id,
  });
}

/** What is written down: the comparison, and what each version says by itself. */
export function frozenFrom(comparison: Comparison, plan: AnalysisPlan | null) {
  return {
    results: versionEvaluations(comparison),
    comparison: plan ? headedBy(comparison, plan.rules) : comparison,
  };
}

/** Of callers at once one writes; all get what was written. */
async function freeze(db: Db, evaluation: Prisma.EvaluationCreateManyInput & { id: string }) {
  const versions = evaluation.results as unknown as VersionEvaluation[];
  return inTransaction(db, async (tx) => {
    const { count } = await tx.evaluation.createMany({ data: evaluation, skipDuplicates: true });
    if (count > 0) {
      await tx.evaluationVersion.createMany({
        data: versions.map(({ modelVersionId, slot }) => ({
          evaluationId: evaluation.id,
          modelVersionId,
          slot,
        })),
      });
    }
    const { inputsHash } = evaluation;
    return toEvaluation(await tx.evaluation.findUniqueOrThrow({ where: { inputsHash } }));
  });
}
