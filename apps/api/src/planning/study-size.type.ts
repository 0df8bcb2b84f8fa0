import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'The power that one number of images gives.' })
export class PowerPoint {
  @Field(() => Int, { description: 'Images with label 1.' })
  positives: number;

  @Field(() => Int, { description: 'Images with label 0 that go with them.' })
  negatives: number;

  @Field(() => Float, { description: 'Chance to find what is there, in [0, 1].' })
  power: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How many images a study needs, or what the images at hand can show.',
})
export class StudySizePlan {
  @Field(() => Int, { description: 'Images with label 1, rounded up.' })
  positives: number;

  @Field(() => Int, { description: 'Images with label 0, rounded up.' })
  negatives: number;

  @Field(() => Int, { description: 'Both.' })
  images: number;

  @Field(() => Float, { description: 'Chance to find what is there, in [0, 1].' })
  power: number;

  @Field(() => Float, { description: 'The design effect that was used.' })
  designEffect: number;

  @Field(() => String, { description: 'How it was computed, with its source.' })
  method: string;

  @Field(() => [PowerPoint], { description: 'Power by number of images, by rising number.' })
  curve: PowerPoint[];
}
