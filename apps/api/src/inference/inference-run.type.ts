import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Connection, connectionOf } from '../connection.js';
import { RequestedDevice, RunImageState, RunState } from '../db.js';

registerEnumType(RunState, {
  name: 'RunState',
  valuesConfig: {
    QUEUED: { description: 'Waits for a worker.' },
    RUNNING: { description: 'A worker has begun.' },
    DONE: {
      description: 'Every image is accounted for: scored, skipped, or failed with a reason.',
    },
    CANCELLED: { description: 'Stopped by someone; what was scored is kept.' },
    FAILED: { description: 'No image could be attempted; `failure` says why.' },
  },
});

registerEnumType(RunImageState, {
  name: 'RunImageState',
  valuesConfig: {
    WAITING: { description: 'Not yet attempted.' },
    SCORED: { description: 'Scored in this run.' },
    FAILED: { description: 'Attempted without a usable answer.' },
    SKIPPED: { description: 'The model version had scored it already.' },
  },
});

registerEnumType(RequestedDevice, {
  name: 'Device',
  description: 'Where the network runs.',
  valuesConfig: {
    AUTO: { description: 'The first of CUDA, WebGPU and CPU that the worker has.' },
    CPU: { description: 'The processor.' },
    CUDA: { description: 'An NVIDIA GPU; a worker without one fails the run.' },
    WEBGPU: { description: 'Any GPU, by WebGPU; a worker without one fails the run.' },
  },
});

/** Why an image has no answer. */
export const FailureReason = {
  IMAGE_UNREADABLE: 'IMAGE_UNREADABLE',
  IMAGE_MISSING: 'IMAGE_MISSING',
  MODEL_ERROR: 'MODEL_ERROR',
  ENGINE_UNAVAILABLE: 'ENGINE_UNAVAILABLE',
  TIMED_OUT: 'TIMED_OUT',
  OUT_OF_MEMORY: 'OUT_OF_MEMORY',
  WRITE_FAILED: 'WRITE_FAILED',
  INTERNAL: 'INTERNAL',
} as const;
export type FailureReason = (typeof FailureReason)[keyof typeof FailureReason];

registerEnumType(FailureReason, {
  name: 'FailureReason',
  description: 'Why an image of a run has no answer.',
  valuesConfig: {
    IMAGE_UNREADABLE: { description: 'The stored file is damaged.' },
    IMAGE_MISSING: { description: 'The stored file is not there.' },
    MODEL_ERROR: { description: 'The network failed, or answered with what is no probability.' },
    ENGINE_UNAVAILABLE: {
      description: 'The inference engine that serves the version could not be asked.',
    },
    TIMED_OUT: {
      description: 'The network hung on the image, or the worker stopped over it again and again.',
    },
    OUT_OF_MEMORY: { description: 'The device had no memory, not even for this image alone.' },
    WRITE_FAILED: { description: 'The answer could not be stored.' },
    INTERNAL: { description: 'A fault of ours; the log has it.' },
  },
});

@ObjectType({ description: 'The share of one stage of the work in the time per image.' })
export class StageTime {
  @Field(() => String, { description: '`read`, `decode`, `infer`, `mask` or `write`.' })
  stage: string;

  @Field(() => Float, { description: 'Mean over the images of the run, in milliseconds.' })
  meanMs: number;

  @Field(() => Float, { description: 'Share of all stages, in [0, 1].' })
  share: number;
}

@ObjectType({ description: 'The images of a run that failed for one reason.' })
export class RunFailure {
  @Field(() => FailureReason)
  reason: FailureReason;

  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'What to do about it.' })
  hint: string;

  @Field(() => Boolean, { description: 'Whether sending the images again may help by itself.' })
  retryable: boolean;

  @Field(() => Int)
  count: number;

  @Field(() => [String], { description: 'At most 10 image codes.' })
  examples: string[];
}

@ObjectType({ description: 'One request to score images by one model version.' })
export class InferenceRun {
  @Field(() => ID)
  id: string;

  studyId: string;

  modelVersionId: string;

  snapshotId: string | null;

  requestedById: string | null;

  /** As stored: sums over images, in milliseconds. */
  stageMs: unknown;

  @Field(() => Int, { description: '1, 2, … within the study.' })
  number: number;

  @Field(() => RunState)
  state: RunState;

  @Field(() => RequestedDevice, { description: 'As asked for.' })
  requestedDevice: RequestedDevice;

  @Field(() => String, {
    nullable: true,
    description:
      'The device that really ran: `cpu`, `cuda`, `webgpu`, or `remote` for an engine elsewhere. Absent before it is known.',
  })
  actualDevice?: string | null;

  @Field(() => String, { nullable: true, description: 'Why this device and no other, in words.' })
  deviceNote?: string | null;

  @Field(() => Int, { description: 'Images of the run.' })
  totalCount: number;

  @Field(() => Int, { description: 'Images scored in this run.' })
  scoredCount: number;

  @Field(() => Int, { description: 'Images attempted without a usable answer.' })
  failedCount: number;

  @Field(() => Int, { description: 'Images that the version had scored already.' })
  skippedCount: number;

  @Field(() => Int, { description: 'How often failed images were sent again.' })
  retryCount: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why the run failed as a whole, in words for an operator.',
  })
  failure?: string | null;

  @Field(() => Date)
  requestedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When a worker began.' })
  startedAt?: Date | null;

  @Field(() => Date, { nullable: true, description: 'When a worker last stored answers.' })
  progressedAt?: Date | null;

  @Field(() => Date, { nullable: true })
  finishedAt?: Date | null;
}

@ObjectType({ description: 'What became of one image in one run.' })
export class RunImage {
  runId: string;

  imageId: string;

  modelVersionId: string;

  position: number;

  @Field(() => RunImageState)
  state: RunImageState;

  @Field(() => FailureReason, { nullable: true })
  failureReason?: FailureReason | null;

  @Field(() => String, { nullable: true, description: 'In words for an operator.' })
  failureDetail?: string | null;

  @Field(() => Date, { nullable: true })
  finishedAt?: Date | null;
}

export const InferenceRunConnection = connectionOf(() => InferenceRun, 'InferenceRun');
export type InferenceRunConnection = Connection<InferenceRun>;

export const RunImageConnection = connectionOf(() => RunImage, 'RunImage');
export type RunImageConnection = Connection<RunImage>;
