import { Field, ID, InputType } from 'type-graphql';
import { DuplicatePolicy } from '../db.js';

@InputType()
export class CreateImportInput {
  @Field(() => ID)
  studyId: string;

  @Field(() => String, { defaultValue: '', description: 'Why the images come in.' })
  reason: string;
}

@InputType()
export class ApplyImportInput {
  @Field(() => ID)
  id: string;

  @Field(() => DuplicatePolicy, { defaultValue: 'SKIP' })
  duplicates: DuplicatePolicy;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Without it, an import that has errors is refused.',
  })
  leaveOutErrors: boolean;

  @Field(() => String, {
    defaultValue: '',
    description: 'Replaces the reason given at creation, unless empty.',
  })
  reason: string;
}
