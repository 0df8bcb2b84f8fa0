import { Field, ID, Int, ObjectType } from 'type-graphql';
import { type Connection, connectionOf } from '../connection.js';

@ObjectType({
  description: 'The model version that a study calls by a name, such as `champion` or `candidate`.',
})
export class ModelAlias {
  studyId: string;

  modelVersionId: string;

  @Field(() => String, { description: 'Unique in the study.' })
  name: string;

  @Field(() => Int, {
    description: 'Rises with each change; send it as `expectedRevision` to change the alias.',
  })
  revision: number;

  @Field(() => Date, { description: 'When the version got the name.' })
  updatedAt: Date;
}

@ObjectType({
  description:
    'Who gave a name to which model version, when, why and on what evidence. Never changes.',
})
export class AliasChange {
  @Field(() => ID)
  id: string;

  studyId: string;

  fromVersionId: string | null;

  toVersionId: string | null;

  evaluationId: string | null;

  changedById: string | null;

  @Field(() => String, { description: 'The name that was given or taken away.' })
  name: string;

  @Field(() => String, { description: 'In the words of who changed it.' })
  reason: string;

  @Field(() => Date)
  createdAt: Date;
}

export const AliasChangeConnection = connectionOf(() => AliasChange, 'AliasChange');
export type AliasChangeConnection = Connection<AliasChange>;
