import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A model version that a worker holds open, ready to answer.' })
export class WorkerSession {
  modelVersionId: string;

  @Field(() => String, { description: 'Where its network runs: `cpu`, `cuda` or `webgpu`.' })
  device: string;

  @Field(() => Int, { description: 'Memory that the worker gained by opening it, about, in MB.' })
  memoryMb: number;

  @Field(() => Date, { description: 'When the worker began to open it.' })
  openedAt: Date;

  @Field(() => Date, { description: 'When it last answered; the one unused longest makes room.' })
  lastUsedAt: Date;
}

@ObjectType({ description: 'A process that scores images, while it lives.' })
export class Worker {
  @Field(() => ID, { description: 'New with each start of the process.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Its machine; for administrators only.' })
  host?: string | null;

  @Field(() => Date, { description: 'When the process began.' })
  startedAt: Date;

  @Field(() => Date, { description: 'When it last gave a sign of life.' })
  lastSeenAt: Date;

  @Field(() => Int, { description: 'Memory of the process, in MB.' })
  memoryMb: number;

  @Field(() => [String], { description: 'Devices on which it holds a session now.' })
  devices: string[];

  @Field(() => [WorkerSession], { description: 'Most recently used first.' })
  sessions: WorkerSession[];
}
