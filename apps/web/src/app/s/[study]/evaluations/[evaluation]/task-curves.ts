import type { Task } from '@/gql/graphql';
import type { RocCurve } from '@/plots/roc-plot';
import type { EstimateFacts } from '@/ui/estimate';
import type { Evaluation } from './evaluation';

export interface TaskCurve extends RocCurve {
  auc: EstimateFacts;
}

/** The curves of one task, in the order of the slots; versions without that score have none. */
export const taskCurves = ({ versions }: Evaluation, task: Task): TaskCurve[] =>
  versions.flatMap(({ slot, modelVersion, tasks }) =>
    tasks
      .filter((one) => one.task === task)
      .map(({ positives, negatives, auc, roc }) => ({
        slot,
        title: modelVersion.title,
        positives,
        negatives,
        auc,
        points: roc,
      })),
  );
