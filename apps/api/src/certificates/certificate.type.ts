import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Task } from '../images/task.type.js';

@ObjectType({ description: 'The machine that a certificate was made on.' })
export class CertificateMachine {
  @Field(() => String, { description: 'Operating system and processor family.' })
  system: string;

  @Field(() => String, { description: 'The processor, as it calls itself.' })
  processor: string;

  @Field(() => Int)
  cores: number;

  @Field(() => String, { description: 'The runtime that computes the networks, with its version.' })
  runtime: string;
}

@ObjectType({
  description: 'How far the scores of one task moved from the first device to another.',
})
export class TaskShift {
  @Field(() => Task)
  task: Task;

  @Field(() => Float, { description: 'Of the absolute differences between scores.' })
  median: number;

  @Field(() => Float)
  q95: number;

  @Field(() => Float)
  q99: number;

  @Field(() => Float)
  largest: number;

  @Field(() => Int, { description: 'Images called otherwise at the threshold of the certificate.' })
  callsChanged: number;

  @Field(() => Int, {
    description:
      'Images whose rank among all is another. A rank that changes between two images of the same class changes no AUC.',
  })
  ranksChanged: number;

  @Field(() => Float, {
    nullable: true,
    description: 'AUC on the first device; null where the labels of one class are not known.',
  })
  referenceAuc: number | null;

  @Field(() => Float, { nullable: true, description: 'AUC on this device, on the same images.' })
  auc: number | null;
}

@ObjectType({ description: 'How far masks moved from the first device to another.' })
export class MaskShift {
  @Field(() => Float, {
    description:
      "Of each image's largest difference of a lesion probability, at the network's own size.",
  })
  median: number;

  @Field(() => Float)
  q95: number;

  @Field(() => Float)
  q99: number;

  @Field(() => Float)
  largest: number;

  @Field(() => Int, {
    description: 'Images of which at least one pixel of the mask changed sides.',
  })
  masksChanged: number;

  @Field(() => Float, {
    description: 'Pixels that changed sides, over all images at their own size; a whole number.',
  })
  pixelsChanged: number;

  @Field(() => Float, { description: 'Pixels that were compared; a whole number.' })
  pixelsCompared: number;
}

@ObjectType({ description: 'One device against the first, on the same images.' })
export class DeviceComparison {
  @Field(() => String, { description: '`cpu`, `cuda` or `webgpu`.' })
  device: string;

  @Field(() => String, { description: 'The device in words.' })
  deviceNote: string;

  @Field(() => Float, { description: 'Time that the network took for one image, on average.' })
  msPerImage: number;

  @Field(() => Boolean, { description: 'No call changed, and no rank that anybody could notice.' })
  passed: boolean;

  @Field(() => [TaskShift])
  tasks: TaskShift[];

  @Field(() => MaskShift, { nullable: true, description: 'Null where the version gives no mask.' })
  mask: MaskShift | null;
}

@ObjectType({
  description:
    'How far the answers of different devices to the same images differ for one model version. Never changes.',
})
export class Certificate {
  @Field(() => ID)
  id: string;

  modelVersionId: string;

  issuedById: string | null;

  @Field(() => Boolean, {
    description:
      'On no device did a call change, nor an AUC; where labels are not known, nor any rank.',
  })
  passed: boolean;

  @Field(() => Int)
  imageCount: number;

  @Field(() => String, { description: "SHA-256 over the images' hashes in their order." })
  imagesHash: string;

  @Field(() => String, { description: 'Which images, in words.' })
  images: string;

  @Field(() => Float, { description: 'The operating point at which calls were compared.' })
  threshold: number;

  @Field(() => CertificateMachine)
  machine: CertificateMachine;

  @Field(() => DeviceComparison, {
    description:
      'The first device, the CPU, asked the same once more: what a difference of 0 means.',
  })
  repetition: DeviceComparison;

  @Field(() => [DeviceComparison], { description: 'Every other device against the CPU.' })
  devices: DeviceComparison[];

  @Field(() => Date)
  createdAt: Date;
}
