import { createHash } from 'node:crypto';
import { headlineOf } from '../comparison/headline.service.js';
import type { Plain } from '../comparison/comparison-job.type.js';
import type { Comparison } from '../comparison/comparison.type.js';
import type { Question, ThresholdQuestion } from '../comparison/question.service.js';
import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { conflict } from '../errors.js';
import { findLockedPlan } from './analysis-plan.service.js';
import type { AnalysisPlan, AnalysisPlanRules } from './analysis-plan.type.js';

/** The study's locked plan; without one nothing can be confirmed. */
export async function planToFollow(db: Db, viewer: Viewer, studyId: string): Promise<AnalysisPlan> {
  const plan = await findLockedPlan(db, viewer, studyId);
  if (plan) return plan;
  throw conflict('The study has no locked analysis plan: nothing can be confirmed.', {
    field: 'purpose',
    deviations: [],
  });
}

/** One rule of the plan that the question does not follow. */
export interface Deviation {
  rule: string;
  planned: unknown;
  asked: unknown;
}

/** @throws CONFLICT with `deviations` unless the question is the one that the plan asks */
export function requireAsPlanned(
  { rules, version }: AnalysisPlan,
  question: Question,
  snapshot: { cohortId: string },
): void {
  const deviations = deviationsFrom(rules, question, snapshot.cohortId);
  if (deviations.length === 0) return;
  const names = deviations.map(({ rule }) => rule).join(', ');
  throw conflict(
    `Not as version ${version} of the analysis plan says: ${names}. Ask as planned, or for an exploratory evaluation.`,
    { field: 'purpose', deviations },
  );
}

function deviationsFrom(
  rules: AnalysisPlanRules,
  question: Question,
  cohortId: string,
): Deviation[] {
  const [baselineVersionId, ...candidateVersionIds] = question.modelVersionIds;
  const upper = (tasks: readonly string[] | null) => tasks?.map((task) => task.toUpperCase());
  const fixed: [rule: string, planned: unknown, asked: unknown][] = [
    ['snapshotId', rules.snapshotId, question.snapshotId],
    ['cohortId', rules.cohortId, cohortId],
    ['baselineVersionId', rules.baselineVersionId, baselineVersionId],
    ['candidateVersionIds', rules.candidateVersionIds, candidateVersionIds],
  ];
  const always: typeof fixed = [
    ['threshold', thresholdRule(rules.threshold), thresholdRule(question.threshold)],
    ['margin', rules.margin, question.margin],
    ['alpha', rules.alpha, question.alpha],
    ['correction', rules.correction, question.correction],
    ['clustering', rules.clustering, question.clustering],
    ['minimumCell', rules.minimumCell, question.minimumCell],
    // A second task would be a second claim, of which the plan says nothing.
    ...(rules.endpoint === 'AUC'
      ? ([['tasks', upper([rules.primaryTask!]), upper(question.tasks)]] as typeof fixed)
      : []),
    // The plan is about all images of the snapshot.
    ['filter', null, question.filter],
    ['withoutTrainingOverlap', false, question.withoutTrainingOverlap],
    ['commonImagesOnly', false, question.commonImagesOnly],
  ];
  // What the plan leaves open deviates from nothing.
  return [...fixed.filter(([, planned]) => planned !== null), ...always]
    .filter(([, planned, asked]) => JSON.stringify(planned) !== JSON.stringify(asked))
    .map(([rule, planned, asked]) => ({ rule, planned, asked }));
}

const thresholdRule = ({ kind, value, fromSnapshotId }: ThresholdQuestion) => ({
  ...{ kind, value, fromSnapshotId },
});

/** The same question by another plan, or by none, is another evaluation. */
export const hashWithPlan = (inputsHash: string, planSha256: string): string =>
  createHash('sha256').update(`${inputsHash} ${planSha256}`).digest('hex');

/** Headed by what the plan calls primary. */
export const headedBy = (
  comparison: Plain<Comparison>,
  rules: AnalysisPlanRules,
): Plain<Comparison> => ({
  ...comparison,
  headline: headlineOf(
    rules.endpoint === 'AUC'
      ? comparison.tasks.filter(({ task }) => task === rules.primaryTask)
      : [],
    comparison.segmentation,
  ),
});
