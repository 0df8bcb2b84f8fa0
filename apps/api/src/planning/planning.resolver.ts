import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { CohortSnapshot } from '../cohorts/cohort.type.js';
import type { Context } from '../context.js';
import { Task } from '../images/task.type.js';
import { readPilot } from './planning-pilot.service.js';
import { PlanningPilot } from './planning-pilot.type.js';
import { PlanPairedAucInput, PlanSingleAucInput } from './study-size.input.js';
import { planPairedAuc, planSingleAuc } from './study-size.service.js';
import { StudySizePlan } from './study-size.type.js';

@Resolver()
export class StudySizeResolver {
  @Query(() => StudySizePlan, {
    description:
      'How many images show that one AUC is above chance, or the power of the images at hand. Equals pROC::power.roc.test at a design effect of 1.',
  })
  planSingleAuc(@Arg('input', () => PlanSingleAucInput) input: PlanSingleAucInput): StudySizePlan {
    return planSingleAuc(input);
  }

  @Query(() => StudySizePlan, {
    description:
      'How many images show a difference of two AUCs on the same images, or that one is not worse than the other by a margin.',
  })
  planPairedAuc(@Arg('input', () => PlanPairedAucInput) input: PlanPairedAucInput): StudySizePlan {
    return planPairedAuc(input);
  }
}

@Resolver(() => CohortSnapshot)
export class SnapshotPilotResolver {
  @FieldResolver(() => PlanningPilot, {
    description:
      'The snapshot as a pilot: what two versions on it say for planning the next comparison.',
  })
  planningPilot(
    @Root() { id }: CohortSnapshot,
    @Arg('task', () => Task) task: Task,
    @Arg('modelVersionId', () => ID, { description: 'The new version.' }) modelVersionId: string,
    @Arg('baselineId', () => ID, { description: 'The version it is compared with.' })
    baselineId: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<PlanningPilot> {
    return readPilot(db, viewer, { snapshotId: id, task, modelVersionId, baselineId });
  }
}
