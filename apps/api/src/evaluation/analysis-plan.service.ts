import { createHash, randomUUID } from 'node:crypto';
import { inVisibleStudy, studyFor } from '../access.js';
import { Clustering, PValueCorrection } from '../comparison/comparison.input.js';
import {
  checkedAlpha,
  checkedCell,
  checkedMargin,
  checkedThreshold,
  mostVersions,
} from '../comparison/question.service.js';
import type { Viewer } from '../context.js';
import { type AnalysisPlanModel, type Db, inTransaction, type Prisma } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import {
  type AnalysisPlanRulesInput,
  Endpoint,
  type SaveAnalysisPlanInput,
} from './analysis-plan.input.js';
import type { AnalysisPlan, AnalysisPlanRules } from './analysis-plan.type.js';

const longestText = 100_000;

const toPlan = (row: AnalysisPlanModel): AnalysisPlan => ({
  ...row,
  rules: row.rules as unknown as AnalysisPlanRules,
});

/** The locked plan that counts: the one with the highest version. */
export async function findLockedPlan(db: Db, viewer: Viewer, studyId: string) {
  const row = await db.analysisPlan.findFirst({
    where: { AND: [{ studyId, lockedAt: { not: null } }, inVisibleStudy(viewer)] },
    orderBy: { version: 'desc' },
  });
  return row && toPlan(row);
}

export async function findPlan(db: Db, viewer: Viewer, id: string) {
  const row = await db.analysisPlan.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } });
  return row && toPlan(row);
}

/** Newest first; a study has a handful. */
export async function listAnalysisPlans(db: Db, viewer: Viewer, studyId: string) {
  const rows = await db.analysisPlan.findMany({
    where: { AND: [{ studyId }, inVisibleStudy(viewer)] },
    orderBy: { version: 'desc' },
  });
  return rows.map(toPlan);
}

/**
 * Writes the draft of the next version, in place of a draft that is there. Of two who save at once
 * one is refused with CONFLICT and reads the other's first.
 */
export async function saveAnalysisPlan(
  db: Db,
  viewer: Viewer,
  { studyId, text: written = '', rules: given }: SaveAnalysisPlanInput,
): Promise<AnalysisPlan> {
  await studyFor(db, viewer, studyId, 'planAnalysis');
  const text = written.trim();
  if (text.length > longestText) {
    throw invalid('text', `A plan has at most ${longestText} characters.`);
  }
  const rules = checkedRules(given);
  await requireOfStudy(db, studyId, rules);
  const stored = rules as unknown as Prisma.InputJsonObject;
  const content = { text, rules: stored, sha256: hashOfPlan(text, rules), createdById: viewer.id };
  return inTransaction(db, async (tx) => {
    const last = await tx.analysisPlan.findFirst({
      where: { studyId },
      orderBy: { version: 'desc' },
    });
    if (last && !last.lockedAt) {
      // The condition again, for somebody may lock the draft meanwhile.
      const { count } = await tx.analysisPlan.updateMany({
        where: { id: last.id, lockedAt: null },
        data: { ...content, createdAt: new Date() },
      });
      if (count === 0) throw conflict('The draft was locked meanwhile.', { field: 'studyId' });
      return toPlan(await tx.analysisPlan.findUniqueOrThrow({ where: { id: last.id } }));
    }
    const plan = { id: randomUUID(), studyId, version: (last?.version ?? 0) + 1, ...content };
    const { count } = await tx.analysisPlan.createMany({ data: plan, skipDuplicates: true });
    if (count === 0) {
      throw conflict('Somebody else wrote a draft at this moment: read it first.', {
        field: 'studyId',
      });
    }
    return toPlan(await tx.analysisPlan.findUniqueOrThrow({ where: { id: plan.id } }));
  });
}

/** Locks a draft for good; locking it again is the same plan. */
export async function lockAnalysisPlan(
  db: Db,
  viewer: Viewer,
  { id, sha256 }: { id: string; sha256: string },
): Promise<AnalysisPlan> {
  const plan = isId(id) ? await findPlan(db, viewer, id) : null;
  if (!plan) throw notFound('analysis plan', id);
  await studyFor(db, viewer, plan.studyId, 'planAnalysis');
  // One statement: what is locked is what was read, or nothing is.
  await db.analysisPlan.updateMany({
    where: { id, sha256, lockedAt: null },
    data: { lockedAt: new Date(), lockedById: viewer.id },
  });
  const now = await db.analysisPlan.findUniqueOrThrow({ where: { id } });
  if (now.sha256 !== sha256) {
    throw conflict('The draft was changed since you read it.', { field: 'sha256' });
  }
  return toPlan(now);
}

const hashOfPlan = (text: string, rules: AnalysisPlanRules) =>
  createHash('sha256').update(JSON.stringify({ text, rules })).digest('hex');

/** With every default filled in, always in the same order of keys. */
function checkedRules(rules: AnalysisPlanRulesInput): AnalysisPlanRules {
  const endpoint = rules.endpoint ?? Endpoint.AUC;
  if (endpoint === Endpoint.AUC && !rules.primaryTask) {
    throw invalid('rules.primaryTask', 'The endpoint AUC needs a primary task.');
  }
  return {
    endpoint,
    primaryTask: rules.primaryTask ?? null,
    snapshotId: rules.snapshotId ?? null,
    cohortId: rules.cohortId ?? null,
    baselineVersionId: rules.baselineVersionId ?? null,
    candidateVersionIds: checkedCandidates(rules),
    threshold: checkedThreshold(rules.threshold, 'rules.threshold'),
    margin: checkedMargin(rules.margin, 'rules.margin'),
    alpha: checkedAlpha(rules.alpha, 'rules.alpha'),
    correction: rules.correction ?? PValueCorrection.HOLM,
    clustering: rules.clustering ?? Clustering.PATIENT,
    minimumCell: checkedCell(rules.minimumCell, 'rules.minimumCell'),
  };
}

function checkedCandidates({ baselineVersionId, candidateVersionIds }: AnalysisPlanRulesInput) {
  if (!candidateVersionIds) return null;
  const all = [...candidateVersionIds, ...(baselineVersionId ? [baselineVersionId] : [])];
  const isValid =
    candidateVersionIds.length >= 1 &&
    candidateVersionIds.length < mostVersions &&
    new Set(all).size === all.length;
  if (isValid) return candidateVersionIds;
  throw invalid(
    'rules.candidateVersionIds',
    `Name from 1 to ${mostVersions - 1} versions, each once and none the baseline.`,
  );
}

/** What the rules name is there: cohort and snapshots in this study, versions in the registry. */
async function requireOfStudy(db: Db, studyId: string, rules: AnalysisPlanRules) {
  const { cohortId, snapshotId, threshold } = rules;
  if (cohortId !== null) {
    const cohort =
      isId(cohortId) && (await db.cohort.findFirst({ where: { id: cohortId, studyId } }));
    if (!cohort) throw invalid('rules.cohortId', 'This study has no such cohort.');
  }
  for (const [field, id] of [
    ['rules.snapshotId', snapshotId],
    ['rules.threshold.fromSnapshotId', threshold.fromSnapshotId],
  ] as const) {
    if (id === null) continue;
    const where = { id, cohort: { studyId } };
    const snapshot = isId(id) && (await db.cohortSnapshot.findFirst({ where }));
    if (!snapshot) throw invalid(field, 'This study has no such snapshot.');
  }
  for (const [field, id] of [
    ['rules.baselineVersionId', rules.baselineVersionId],
    ...(rules.candidateVersionIds ?? []).map((id) => ['rules.candidateVersionIds', id] as const),
  ] as const) {
    if (id === null) continue;
    const version = isId(id) && (await db.modelVersion.findUnique({ where: { id } }));
    if (!version) throw invalid(field, `There is no model version ${id}.`);
  }
}
