import type { Comparison } from '../comparison/comparison.type.js';
import type { HistogramBin } from '../comparison/estimate.type.js';
import type { VersionSegmentation } from '../comparison/segmentation-comparison.type.js';
import type { Task } from '../images/task.type.js';
import type { ImageFacts } from './evaluation-facts.service.js';
import type {
  SegmentationEvaluation,
  TaskEvaluation,
  VersionEvaluation,
} from './evaluation.type.js';

/** The reference label of a task: 1 where the diagnosis has the task's name. Never typed in. */
export const referenceLabel = (facts: Pick<ImageFacts, 'diagnosis'>, task: Task): 0 | 1 | null =>
  facts.diagnosis === null ? null : facts.diagnosis.toLowerCase() === task ? 1 : 0;

/** What each version says by itself: the very numbers of the comparison, in another order. */
export const versionEvaluations = (comparison: Comparison): VersionEvaluation[] =>
  comparison.versions.map(({ modelVersionId, slot }) => ({
    ...{ modelVersionId, slot },
    tasks: tasksOf(comparison, slot),
    segmentation: segmentationOf(comparison, slot),
  }));

const tasksOf = ({ tasks }: Comparison, slot: number): TaskEvaluation[] =>
  tasks.flatMap(({ task, positives, negatives, patients, withoutReference, versions }) => {
    const own = versions.find((version) => version.slot === slot);
    if (!own) return [];
    const { auc, roc } = own;
    return [{ task, positives, negatives, patients, withoutReference, auc, roc }];
  });

function segmentationOf({ segmentation }: Comparison, slot: number): SegmentationEvaluation | null {
  const own = segmentation?.versions.find((version) => version.slot === slot);
  if (!segmentation || !own) return null;
  const { undefinedCount, meanJaccard, meanDice, medianJaccard, below065 } = own;
  return {
    images: own.images + undefinedCount,
    patients: segmentation.patients,
    withoutReference: segmentation.withoutReference,
    ...{ undefinedCount, meanJaccard, meanDice, medianJaccard, below065 },
    histogram: twoInOne(own.jaccardBins),
  };
}

/** Twenty bins out of forty, whose edges are among theirs. */
const twoInOne = (bins: VersionSegmentation['jaccardBins']): HistogramBin[] =>
  bins.flatMap((bin, k) => {
    const next = bins[k + 1];
    if (k % 2 === 1 || !next) return [];
    return [{ from: bin.from, to: next.to, count: bin.count + next.count }];
  });
