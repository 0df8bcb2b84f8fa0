import { Field, ID, InputType, Int } from 'type-graphql';
import { ImageModality, ImageQuality } from '../db.js';

@InputType({ description: 'What is left out stays; null empties the note or the day.' })
export class UpdateImageInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, {
    description: 'The revision that was opened; another one by now is a CONFLICT.',
  })
  revision: number;

  @Field(() => ImageQuality, { nullable: true })
  quality?: ImageQuality | null;

  @Field(() => String, { nullable: true, description: 'Required when the image is excluded.' })
  qualityNote?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Days from the patient's enrolment to the photograph.",
  })
  dayOfStudy?: number | null;

  @Field(() => ImageModality, { nullable: true })
  modality?: ImageModality | null;
}
