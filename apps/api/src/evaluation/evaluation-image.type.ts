import { Field, Float, Int, ObjectType } from 'type-graphql';
import { type Connection, connectionOf } from '../connection.js';
import { Diagnosis } from '../db.js';
import { Task } from '../images/task.type.js';

@ObjectType({ description: 'What a version said of one image in one task, and what is true.' })
export class TaskOutcome {
  @Field(() => Task)
  task: Task;

  @Field(() => Float, { description: 'In [0, 1]; higher is more suspicious.' })
  probability: number;

  @Field(() => Int, { nullable: true, description: '0 or 1; null without a reference diagnosis.' })
  referenceLabel: number | null;

  @Field(() => Float, { nullable: true, description: '|reference label - probability|' })
  error: number | null;
}

@ObjectType({
  description: 'One image of the snapshot with the facts that the statistics were computed from.',
})
export class EvaluationImage {
  imageId: string;

  @Field(() => String)
  patientCode: string;

  @Field(() => Diagnosis, { nullable: true, description: 'As the snapshot froze it.' })
  diagnosis: Diagnosis | null;

  @Field(() => [TaskOutcome])
  scores: TaskOutcome[];

  @Field(() => Float, {
    nullable: true,
    description: 'Null without a mask on either side, or when both are empty.',
  })
  jaccard: number | null;

  @Field(() => Float, { nullable: true, description: 'Null wherever Jaccard is.' })
  dice: number | null;

  @Field(() => Int, { description: 'Place in the snapshot, from 0.' })
  position: number;
}

export const EvaluationImageConnection = connectionOf(() => EvaluationImage, 'EvaluationImage');
export type EvaluationImageConnection = Connection<EvaluationImage>;
