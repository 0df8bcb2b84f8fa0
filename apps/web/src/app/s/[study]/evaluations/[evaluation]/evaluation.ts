import type { EvaluationPageQuery } from '@/gql/graphql';

export type Evaluation = NonNullable<EvaluationPageQuery['evaluation']>;
export type EvaluatedVersion = Evaluation['versions'][number];
export type EvaluatedTask = EvaluatedVersion['tasks'][number];

/** The name of a version in an address: `multitask@0.2.0`. */
export const versionWord = ({ modelVersion: { model, version } }: EvaluatedVersion) =>
  `${model.name}@${version}`;
