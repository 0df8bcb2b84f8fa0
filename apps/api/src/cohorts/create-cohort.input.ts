import { Field, ID, InputType } from 'type-graphql';
import { ImageFilter } from '../images/image-filter.input.js';

@InputType()
export class CreateCohortInput {
  @Field(() => ID)
  studyId: string;

  @Field(() => String, { description: 'Unique in the study.' })
  name: string;

  @Field(() => ImageFilter)
  filter: ImageFilter;
}
