import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Task } from '../images/task.type.js';

@ObjectType({ description: "The model's answer to one task." })
export class Score {
  @Field(() => Task)
  task: Task;

  @Field(() => Float, { description: 'In [0, 1]; higher is more suspicious.' })
  probability: number;
}

@ObjectType({ description: "The model's lesion mask, at the image's own size." })
export class PredictedMask {
  @Field(() => Int)
  widthPx: number;

  @Field(() => Int)
  heightPx: number;

  @Field(() => Float, { description: 'The probability at and above which a pixel is lesion.' })
  threshold: number;

  @Field(() => Int, { description: 'Pixels inside the lesion.' })
  areaPx: number;

  @Field(() => Float, { description: "Share of the image's pixels, in [0, 1]." })
  areaShare: number;

  @Field(() => String, { description: '1-bit PNG, white = lesion.' })
  url: string;
}

@ObjectType({
  description:
    'Pixel counts of a predicted mask against a reference mask, and the indices computed from them.',
})
export class MaskAgreement {
  @Field(() => Int, { description: 'Lesion in both.' })
  truePositivePx: number;

  @Field(() => Int, { description: 'Lesion in the prediction only.' })
  falsePositivePx: number;

  @Field(() => Int, { description: 'Lesion in the reference only.' })
  falseNegativePx: number;

  @Field(() => Int, { description: 'Lesion in neither.' })
  trueNegativePx: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Null (undefined) when both masks are empty.',
  })
  jaccard?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Null (undefined) when both masks are empty.',
  })
  dice?: number | null;
}

@ObjectType({
  description:
    "One model version's answer on one image. Exists once, however often it is asked for.",
})
export class Prediction {
  @Field(() => ID)
  id: string;

  modelVersionId: string;

  imageId: string;

  runId: string;

  @Field(() => String, { description: 'What computed it: `cpu`, `cuda` or `webgpu`.' })
  device: string;

  @Field(() => Date)
  createdAt: Date;
}
