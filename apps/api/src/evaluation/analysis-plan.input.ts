import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import {
  Clustering,
  PValueCorrection,
  ThresholdRuleInput,
} from '../comparison/comparison.input.js';
import { Task } from '../images/task.type.js';

export const Endpoint = {
  AUC: 'AUC',
  JACCARD: 'JACCARD',
} as const;
export type Endpoint = (typeof Endpoint)[keyof typeof Endpoint];
registerEnumType(Endpoint, {
  name: 'Endpoint',
  description: 'What the primary claim of a study is about.',
  valuesConfig: {
    AUC: { description: 'The difference in AUC on the primary task.' },
    JACCARD: { description: 'The difference in mean Jaccard index.' },
  },
});

@InputType({ description: 'What a study fixes beforehand. What is left out is not fixed.' })
export class AnalysisPlanRulesInput {
  @Field(() => Endpoint, { defaultValue: Endpoint.AUC })
  endpoint?: Endpoint;

  @Field(() => Task, { nullable: true, description: 'Required for the endpoint AUC.' })
  primaryTask?: Task | null;

  @Field(() => ID, { nullable: true, description: 'The one snapshot that counts.' })
  snapshotId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The cohort whose snapshots count, where no snapshot is fixed yet.',
  })
  cohortId?: string | null;

  @Field(() => ID, { nullable: true })
  baselineVersionId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The versions compared with the baseline, in their order.',
  })
  candidateVersionIds?: string[] | null;

  @Field(() => ThresholdRuleInput, {
    nullable: true,
    description: 'At a sensitivity of 0.89 on the same images, if left out.',
  })
  threshold?: ThresholdRuleInput | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Non-inferiority margin; none if left out, and then no such claim.',
  })
  margin?: number | null;

  @Field(() => Float, { defaultValue: 0.05, description: 'Two-sided.' })
  alpha?: number;

  @Field(() => PValueCorrection, { defaultValue: PValueCorrection.HOLM })
  correction?: PValueCorrection;

  @Field(() => Clustering, { defaultValue: Clustering.PATIENT })
  clustering?: Clustering;

  @Field(() => Int, { defaultValue: 5, description: 'At least 5.' })
  minimumCell?: number;
}

@InputType()
export class SaveAnalysisPlanInput {
  @Field(() => ID)
  studyId: string;

  @Field(() => String, { defaultValue: '', description: 'The plan in words, for readers.' })
  text?: string;

  @Field(() => AnalysisPlanRulesInput)
  rules: AnalysisPlanRulesInput;
}
