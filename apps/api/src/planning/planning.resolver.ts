import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.js';
import { PlanningPilotInput } from './planning-pilot.input.js';
import { readPilot } from './planning-pilot.service.js';
import { PlanningPilot } from './planning-pilot.type.js';
import { PlanPairedAucInput, PlanSingleAucInput } from './study-size.input.js';
import { planPairedAuc, planSingleAuc } from './study-size.service.js';
import { StudySizePlan } from './study-size.type.js';

@Resolver()
export class PlanningResolver {
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

  @Query(() => PlanningPilot, {
    description:
      'A snapshot as a pilot: what two versions on it say for planning the next comparison. CONFLICT when they have not both scored every image.',
  })
  planningPilot(
    @Arg('input', () => PlanningPilotInput) input: PlanningPilotInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<PlanningPilot> {
    return readPilot(db, viewer, input);
  }
}
