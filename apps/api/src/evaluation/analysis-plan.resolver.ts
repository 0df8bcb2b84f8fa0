import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { Study } from '../studies/study.type.js';
import { SaveAnalysisPlanInput } from './analysis-plan.input.js';
import {
  findLockedPlan,
  listAnalysisPlans,
  lockAnalysisPlan,
  saveAnalysisPlan,
} from './analysis-plan.service.js';
import { AnalysisPlan } from './analysis-plan.type.js';

@Resolver(() => AnalysisPlan)
export class AnalysisPlanResolver {
  @Mutation(() => AnalysisPlan, {
    description:
      'Writes the draft of the next version; a draft that is there is replaced. For coordinators and statisticians.',
  })
  saveAnalysisPlan(
    @Arg('input', () => SaveAnalysisPlanInput) input: SaveAnalysisPlanInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<AnalysisPlan> {
    return saveAnalysisPlan(db, viewer, input);
  }

  @Mutation(() => AnalysisPlan, {
    description:
      'Locks a draft for good: it can never be changed or unlocked. Locking it again is the same plan. For coordinators and statisticians.',
  })
  lockAnalysisPlan(
    @Arg('id', () => ID) id: string,
    @Arg('sha256', () => String, {
      description: 'Of the draft that was read; another one by now is a CONFLICT.',
    })
    sha256: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<AnalysisPlan> {
    return lockAnalysisPlan(db, viewer, { id, sha256 });
  }

  @FieldResolver(() => User, { nullable: true })
  async createdBy(
    @Root() { createdById }: AnalysisPlan,
    @Ctx() context: Context,
  ): Promise<User | null> {
    return createdById === null ? null : userLoader(context).load(createdById);
  }

  @FieldResolver(() => User, { nullable: true })
  async lockedBy(
    @Root() { lockedById }: AnalysisPlan,
    @Ctx() context: Context,
  ): Promise<User | null> {
    return lockedById === null ? null : userLoader(context).load(lockedById);
  }
}

@Resolver(() => Study)
export class StudyAnalysisPlansResolver {
  @FieldResolver(() => AnalysisPlan, {
    nullable: true,
    description: 'The locked plan that counts: the last one. Null before any is locked.',
  })
  analysisPlan(
    @Root() { id }: Study,
    @Ctx() { db, viewer }: Context,
  ): Promise<AnalysisPlan | null> {
    return findLockedPlan(db, viewer, id);
  }

  @FieldResolver(() => [AnalysisPlan], { description: 'All versions, newest first.' })
  analysisPlans(@Root() { id }: Study, @Ctx() { db, viewer }: Context): Promise<AnalysisPlan[]> {
    return listAnalysisPlans(db, viewer, id);
  }
}
