import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { StudyRole } from '../db.js';
import { CreateStudyInput } from './create-study.input.js';
import { viewerRoleLoader } from './study.loader.js';
import {
  createStudy,
  findStudy,
  listStudies,
  permissionsIn,
  summarizeStudy,
} from './study.service.js';
import { Study, StudyPermissions, StudySummary } from './study.type.js';

@Resolver(() => Study)
export class StudyResolver {
  @Query(() => [Study], { description: 'The studies you are a member of, by name.' })
  studies(@Ctx() { db, viewer }: Context): Promise<Study[]> {
    return listStudies(db, viewer);
  }

  @Query(() => Study, { nullable: true, description: 'Null when absent or not yours to see.' })
  study(
    @Arg('slug', () => String) slug: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<Study | null> {
    return findStudy(db, viewer, slug);
  }

  @Mutation(() => Study)
  createStudy(
    @Arg('input', () => CreateStudyInput) input: CreateStudyInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<Study> {
    return createStudy(db, viewer, input);
  }

  @FieldResolver(() => StudyRole, { nullable: true })
  async viewerRole(@Root() study: Study, @Ctx() context: Context): Promise<StudyRole | undefined> {
    return viewerRoleLoader(context).load(study.id);
  }

  @FieldResolver(() => StudyPermissions)
  async permissions(@Root() study: Study, @Ctx() context: Context): Promise<StudyPermissions> {
    return permissionsIn(context.viewer, await viewerRoleLoader(context).load(study.id));
  }

  @FieldResolver(() => StudySummary)
  summary(@Root() study: Study, @Ctx() { db }: Context): Promise<StudySummary> {
    return summarizeStudy(db, study.id);
  }
}
