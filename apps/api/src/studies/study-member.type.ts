import { Field, ObjectType } from 'type-graphql';
import { type Connection, connectionOf } from '../connection.js';
import { StudyRole } from '../db.js';

@ObjectType({ description: 'What someone may do in one study.' })
export class StudyMember {
  studyId: string;

  userId: string;

  @Field(() => StudyRole)
  role: StudyRole;

  @Field(() => Date, { description: 'When they became a member.' })
  createdAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Address for signing in; null for who may not change the members.',
  })
  email: string | null;
}

export const StudyMemberConnection = connectionOf(() => StudyMember, 'StudyMember');
export type StudyMemberConnection = Connection<StudyMember>;
