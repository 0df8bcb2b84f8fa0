import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import {
  AddStudyMemberInput,
  ChangeStudyMemberInput,
  RemoveStudyMemberInput,
} from './study-member.input.js';
import { addMember, changeMember, listMembers, removeMember } from './study-member.service.js';
import { StudyMember, StudyMemberConnection } from './study-member.type.js';
import { Study } from './study.type.js';

@Resolver(() => StudyMember)
export class StudyMemberResolver {
  @Mutation(() => StudyMember, {
    description: 'Lets the owner of an account into a study, with a role.',
  })
  addStudyMember(
    @Arg('input', () => AddStudyMemberInput) input: AddStudyMemberInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<StudyMember> {
    return addMember(db, viewer, input);
  }

  @Mutation(() => StudyMember, {
    description: 'Gives a member another role. CONFLICT for the last coordinator.',
  })
  changeStudyMember(
    @Arg('input', () => ChangeStudyMemberInput) input: ChangeStudyMemberInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<StudyMember> {
    return changeMember(db, viewer, input);
  }

  @Mutation(() => ID, {
    description:
      'Ends a membership and answers with the id of the user. What they made stays. CONFLICT for the last coordinator.',
  })
  removeStudyMember(
    @Arg('input', () => RemoveStudyMemberInput) input: RemoveStudyMemberInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<string> {
    return removeMember(db, viewer, input);
  }

  @FieldResolver(() => User, { nullable: true })
  user(@Root() { userId }: StudyMember, @Ctx() context: Context): Promise<User | null> {
    return userLoader(context).load(userId);
  }
}

@Resolver(() => Study)
export class StudyMembersResolver {
  @FieldResolver(() => StudyMemberConnection, {
    description:
      'Who may see the study, in the order in which they came. FORBIDDEN unless your permission is seeMembers.',
  })
  members(
    @Root() study: Study,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<StudyMemberConnection> {
    return listMembers(db, viewer, { studyId: study.id, first, after });
  }
}
