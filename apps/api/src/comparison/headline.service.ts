import type { ComparisonHeadline } from './comparison.type.js';
import type { SegmentationComparison } from './segmentation-comparison.type.js';
import type { TaskComparison } from './task-comparison.type.js';

/** The first difference there is: by task in their order, then of the masks. */
export function headlineOf(
  tasks: readonly TaskComparison[],
  segmentation: SegmentationComparison | null,
): ComparisonHeadline | null {
  const first = tasks.find(({ differences }) => differences.length > 0);
  const difference = first ? first.differences[0] : segmentation?.differences[0];
  if (!difference) return null;
  const { modelVersionId, verdict, sentence } = difference;
  return { task: first?.task ?? null, modelVersionId, verdict, sentence };
}
