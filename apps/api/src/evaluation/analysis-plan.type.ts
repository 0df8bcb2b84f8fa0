import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Clustering, PValueCorrection, ThresholdRuleKind } from '../comparison/comparison.input.js';
import { Task } from '../images/task.type.js';
import { Endpoint } from './analysis-plan.input.js';

@ObjectType({ simpleResolvers: true })
export class ThresholdRule {
  @Field(() => ThresholdRuleKind)
  kind: ThresholdRuleKind;

  @Field(() => Float, { nullable: true })
  value: number | null;

  @Field(() => ID, { nullable: true })
  fromSnapshotId: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What the study fixed beforehand; null is not fixed.',
})
export class AnalysisPlanRules {
  @Field(() => Endpoint)
  endpoint: Endpoint;

  @Field(() => Task, { nullable: true })
  primaryTask: Task | null;

  @Field(() => ID, { nullable: true })
  snapshotId: string | null;

  @Field(() => ID, { nullable: true })
  cohortId: string | null;

  @Field(() => ID, { nullable: true })
  baselineVersionId: string | null;

  @Field(() => [ID], { nullable: true })
  candidateVersionIds: string[] | null;

  @Field(() => ThresholdRule)
  threshold: ThresholdRule;

  @Field(() => Float, { nullable: true })
  margin: number | null;

  @Field(() => Float)
  alpha: number;

  @Field(() => PValueCorrection)
  correction: PValueCorrection;

  @Field(() => Clustering)
  clustering: Clustering;

  @Field(() => Int)
  minimumCell: number;
}

@ObjectType({
  description:
    'What a study says beforehand about its analysis. A draft may be changed; once locked it never changes, and a change is the next version.',
})
export class AnalysisPlan {
  @Field(() => ID)
  id: string;

  studyId: string;
  createdById: string | null;
  lockedById: string | null;

  @Field(() => Int, { description: '1, 2, … within the study; the last locked one counts.' })
  version: number;

  @Field(() => String, { description: 'In the words of its author.' })
  text: string;

  @Field(() => AnalysisPlanRules)
  rules: AnalysisPlanRules;

  @Field(() => String, { description: 'SHA-256 over text and rules.' })
  sha256: string;

  @Field(() => Date)
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null while it is a draft.' })
  lockedAt: Date | null;
}
