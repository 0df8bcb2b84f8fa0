import { Field, ID, InputType } from 'type-graphql';
import { Task } from '../images/task.type.js';

@InputType()
export class PlanningPilotInput {
  @Field(() => ID)
  snapshotId: string;

  @Field(() => Task)
  task: Task;

  @Field(() => ID, { description: 'The new version.' })
  modelVersionId: string;

  @Field(() => ID, { description: 'The version it is compared with.' })
  baselineId: string;
}
