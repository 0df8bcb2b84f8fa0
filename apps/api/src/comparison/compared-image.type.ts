import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Connection, connectionOf } from '../connection.js';
import { Diagnosis } from '../db.js';
import { Task } from '../images/task.type.js';
import { CallChange } from './comparison.input.js';

export const DisagreementOrder = {
  SCORE_DIFFERENCE: 'SCORE_DIFFERENCE',
  REFERENCE_DIFFERENCE: 'REFERENCE_DIFFERENCE',
  JACCARD_DIFFERENCE: 'JACCARD_DIFFERENCE',
  LOWEST_JACCARD: 'LOWEST_JACCARD',
} as const;
export type DisagreementOrder = (typeof DisagreementOrder)[keyof typeof DisagreementOrder];
registerEnumType(DisagreementOrder, {
  name: 'DisagreementOrder',
  description: 'Largest disagreement first; images without the value are not in the list.',
  valuesConfig: {
    SCORE_DIFFERENCE: { description: '|score of the version - score of the baseline|' },
    REFERENCE_DIFFERENCE: { description: '|reference label - score of the version|' },
    JACCARD_DIFFERENCE: { description: '|Jaccard of the version - Jaccard of the baseline|' },
    LOWEST_JACCARD: { description: '1 - Jaccard of the version' },
  },
});

@ObjectType({ description: 'What one version said of one image.' })
export class ComparedAnswer {
  modelVersionId: string;

  @Field(() => Int)
  slot: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Of the task asked for; null without a score.',
  })
  score: number | null;

  @Field(() => Float, { nullable: true, description: 'The threshold of this version, frozen.' })
  threshold: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether `score >= threshold`.' })
  isCalled: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Null without both masks, or with both empty.',
  })
  jaccard: number | null;

  @Field(() => Float, { nullable: true, description: 'Null wherever Jaccard is.' })
  dice: number | null;
}

@ObjectType({ description: 'One image of the comparison with the answers of all its versions.' })
export class ComparedImage {
  @Field(() => ID)
  imageId: string;

  @Field(() => Int, { description: 'Place in the snapshot, from 0.' })
  position: number;

  @Field(() => Diagnosis, { nullable: true, description: 'As the snapshot froze it.' })
  diagnosis: Diagnosis | null;

  @Field(() => Task, { nullable: true, description: 'The task that scores and calls are of.' })
  task: Task | null;

  @Field(() => Int, { nullable: true, description: '0 or 1 in the task.' })
  referenceLabel: number | null;

  @Field(() => CallChange, {
    nullable: true,
    description: 'In the list of changed calls: how the call changes.',
  })
  change: CallChange | null;

  @Field(() => Float, { nullable: true, description: 'What the list is ordered by, falling.' })
  disagreement: number | null;

  @Field(() => [ComparedAnswer], { description: 'The baseline first.' })
  answers: ComparedAnswer[];
}

export const ComparedImageConnection = connectionOf(() => ComparedImage, 'ComparedImage');
export type ComparedImageConnection = Connection<ComparedImage>;
