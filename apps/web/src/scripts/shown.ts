import type { Task } from '@/gql/graphql';

/** What a table or plot shows, pinned: enough for a script that reproduces its numbers. */
export interface Shown {
  /** A frozen evaluation, or a comparison that is computed when asked for: then the very input. */
  source: { kind: 'evaluation'; id: string } | { kind: 'comparison'; input: object };
  snapshot: { id: string; code: string; contentHash: string };
  /** The baseline first. */
  versions: readonly { id: string; title: string }[];
  statistic: ShownStatistic;
}

export type ShownStatistic =
  /** AUC of each version and its difference to the baseline; also for ROC curves. */
  | { kind: 'auc'; task: Task }
  /** Average precision; also for precision-recall curves. */
  | { kind: 'averagePrecision'; task: Task }
  /** Sensitivity, specificity and counts at the chosen threshold. */
  | { kind: 'operatingPoint'; task: Task }
  /** Brier score; also for calibration plots. */
  | { kind: 'calibration'; task: Task }
  | { kind: 'decisionCurve'; task: Task }
  /** AUC in the levels of every attribute. */
  | { kind: 'subgroups'; task: Task }
  /** Mean Jaccard and Dice of each version. */
  | { kind: 'segmentation' };

/** The stem of the columns `…_label` and `…_score`, as the exports name them. */
export const taskStem = (task: Task) => task.toLowerCase();

const statisticWords: Record<ShownStatistic['kind'], string> = {
  auc: 'AUC',
  averagePrecision: 'average precision',
  operatingPoint: 'operating point',
  calibration: 'Brier score',
  decisionCurve: 'net benefit',
  subgroups: 'AUC by subgroup',
  segmentation: 'mean Jaccard and Dice',
};

/** The first lines of every script, without the sign of a comment. */
export function headLines({ statistic, snapshot, versions }: Shown): string[] {
  const task = 'task' in statistic ? ` for ${taskStem(statistic.task).replaceAll('_', ' ')}` : '';
  return [
    `Lesionwise: ${statisticWords[statistic.kind]}${task}`,
    `of ${versions.map(({ title }) => title).join(', ')}`,
    `on snapshot ${snapshot.code} (${snapshot.id}), SHA-256 ${snapshot.contentHash}.`,
  ];
}

/** Where the files of the numbers and of the facts behind them lie: `<this>/estimates.csv`. */
export const exportFolder = ({ source }: Shown) =>
  source.kind === 'evaluation' ? `/exports/evaluations/${source.id}` : '/exports/comparisons';

/** Follows the name of a file; a comparison is told by its input. */
export const exportQuery = ({ source }: Shown) =>
  source.kind === 'evaluation' ? '' : `?input=${encodeURIComponent(JSON.stringify(source.input))}`;
