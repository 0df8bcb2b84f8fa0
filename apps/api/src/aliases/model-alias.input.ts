import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'What every change of an alias must say.' })
class AliasChangeInput {
  @Field(() => ID)
  studyId: string;

  @Field(() => String, {
    description:
      '`champion`, `candidate`, or another name: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter.',
  })
  name: string;

  @Field(() => String, { description: 'Why; kept in the history. 1 to 1000 characters.' })
  reason: string;

  @Field(() => ID, {
    description:
      'The evaluation that justifies it: of this study, with the version in it. For the name champion it also compares with the present champion.',
  })
  evaluationId: string;

  @Field(() => Int, {
    description:
      'The revision of the alias that you decided on; 0 when you saw that nobody has the name.',
  })
  expectedRevision: number;
}

@InputType()
export class SetModelAliasInput extends AliasChangeInput {
  @Field(() => ID, { description: 'The version that gets the name.' })
  modelVersionId: string;
}

@InputType()
export class RemoveModelAliasInput extends AliasChangeInput {}
