import { Field, ID, InputType } from 'type-graphql';
import { StudyRole } from '../db.js';

@InputType()
export class AddStudyMemberInput {
  @Field(() => ID)
  studyId: string;

  @Field(() => String, { description: 'Of an account that exists; administrators make accounts.' })
  email: string;

  @Field(() => StudyRole)
  role: StudyRole;
}

@InputType()
export class ChangeStudyMemberInput {
  @Field(() => ID)
  studyId: string;

  @Field(() => ID)
  userId: string;

  @Field(() => StudyRole)
  role: StudyRole;
}

@InputType()
export class RemoveStudyMemberInput {
  @Field(() => ID)
  studyId: string;

  @Field(() => ID)
  userId: string;
}
