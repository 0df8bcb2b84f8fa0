import type { EvaluationPageQuery } from '@/gql/graphql';
import type { Shown, ShownStatistic } from '@/scripts/shown';

export type Evaluation = NonNullable<EvaluationPageQuery['evaluation']>;
export type EvaluatedVersion = Evaluation['versions'][number];
export type EvaluatedTask = EvaluatedVersion['tasks'][number];

/** The name of a version in an address: `multitask@0.2.0`. */
export const versionWord = ({ modelVersion: { model, version } }: EvaluatedVersion) =>
  `${model.name}@${version}`;

/** What a card of the evaluation shows, for scripts. */
export const shownIn = (
  { id, snapshot, versions }: Evaluation,
  statistic: ShownStatistic,
): Shown => ({
  source: { kind: 'evaluation', id },
  snapshot: { id: snapshot.id, code: snapshot.code, contentHash: snapshot.contentHash },
  versions: versions.map(({ modelVersion }) => ({
    id: modelVersion.id,
    title: modelVersion.title,
  })),
  statistic,
});
