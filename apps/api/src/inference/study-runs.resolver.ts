import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { Study } from '../studies/study.type.js';
import { findRunByNumber, listRuns } from './inference-run.service.js';
import { InferenceRun, InferenceRunConnection } from './inference-run.type.js';

@Resolver(() => Study)
export class StudyRunsResolver {
  @FieldResolver(() => InferenceRunConnection, { description: 'Newest first.' })
  runs(
    @Root() study: Study,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<InferenceRunConnection> {
    return listRuns(db, viewer, { studyId: study.id, first, after });
  }

  @FieldResolver(() => InferenceRun, { nullable: true })
  run(
    @Root() study: Study,
    @Arg('number', () => Int) number: number,
    @Ctx() { db, viewer }: Context,
  ): Promise<InferenceRun | null> {
    return findRunByNumber(db, viewer, study.id, number);
  }
}
