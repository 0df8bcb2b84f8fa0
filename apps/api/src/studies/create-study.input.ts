import { Field, InputType } from 'type-graphql';

@InputType()
export class CreateStudyInput {
  @Field(() => String)
  name: string;

  @Field(() => String, {
    description: 'Lower-case letters, digits and hyphens; 2 to 40 characters.',
  })
  slug: string;

  @Field(() => String, { defaultValue: '', description: 'What the study asks.' })
  protocol: string;
}
