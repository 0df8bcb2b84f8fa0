import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { FacetValue } from '../images/image.type.js';
import { studyLoader } from '../studies/study.loader.js';
import { Study } from '../studies/study.type.js';
import {
  cohortCountsLoader,
  cohortLoader,
  diagnosisCountsLoader,
  imagesWithMaskLoader,
  scoredCountLoader,
  snapshotsOfCohortLoader,
} from './cohort.loader.js';
import { createCohort, findCohort, listCohorts } from './cohort.service.js';
import { Cohort, CohortSnapshot } from './cohort.type.js';
import { CreateCohortInput } from './create-cohort.input.js';
import { createSnapshot, snapshotCode } from './snapshot.service.js';

@Resolver(() => Study)
export class StudyCohortsResolver {
  @FieldResolver(() => [Cohort], { description: 'By name.' })
  cohorts(@Root() study: Study, @Ctx() { db, viewer }: Context): Promise<Cohort[]> {
    return listCohorts(db, viewer, study.id);
  }

  @FieldResolver(() => Cohort, { nullable: true, description: 'Null when absent.' })
  cohort(
    @Root() study: Study,
    @Arg('id', () => ID) id: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<Cohort | null> {
    return findCohort(db, viewer, study.id, id);
  }
}

@Resolver(() => Cohort)
export class CohortResolver {
  @Mutation(() => Cohort, { description: 'Saves a filter under a name.' })
  createCohort(
    @Arg('input', () => CreateCohortInput) input: CreateCohortInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<Cohort> {
    return createCohort(db, viewer, input);
  }

  @Mutation(() => CohortSnapshot, {
    description:
      'Freezes the images of a cohort with the references that count now; unchanged content is the snapshot that is there.',
  })
  createSnapshot(
    @Arg('cohortId', () => ID) cohortId: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<CohortSnapshot> {
    return createSnapshot(db, viewer, cohortId);
  }

  @FieldResolver(() => Study)
  study(@Root() cohort: Cohort, @Ctx() context: Context): Promise<Study> {
    return studyLoader(context).load(cohort.studyId);
  }

  @FieldResolver(() => User, { nullable: true })
  async createdBy(@Root() cohort: Cohort, @Ctx() context: Context): Promise<User | null> {
    return cohort.createdById ? userLoader(context).load(cohort.createdById) : null;
  }

  @FieldResolver(() => Int, {
    description: 'Images that a snapshot would have if it were taken now.',
  })
  async imageCount(@Root() cohort: Cohort, @Ctx() context: Context): Promise<number> {
    return (await cohortCountsLoader(context).load(cohort)).imageCount;
  }

  @FieldResolver(() => Int, {
    description: 'Patients that a snapshot would have if it were taken now.',
  })
  async patientCount(@Root() cohort: Cohort, @Ctx() context: Context): Promise<number> {
    return (await cohortCountsLoader(context).load(cohort)).patientCount;
  }

  @FieldResolver(() => [CohortSnapshot], { description: 'Newest first.' })
  snapshots(@Root() cohort: Cohort, @Ctx() context: Context): Promise<CohortSnapshot[]> {
    return snapshotsOfCohortLoader(context).load(cohort.id);
  }
}

@Resolver(() => CohortSnapshot)
export class CohortSnapshotResolver {
  @FieldResolver(() => Cohort)
  cohort(@Root() { cohortId }: CohortSnapshot, @Ctx() context: Context): Promise<Cohort> {
    return cohortLoader(context).load(cohortId);
  }

  @FieldResolver(() => User, { nullable: true })
  async createdBy(@Root() snapshot: CohortSnapshot, @Ctx() context: Context): Promise<User | null> {
    return snapshot.takenById ? userLoader(context).load(snapshot.takenById) : null;
  }

  @FieldResolver(() => String, { description: 'First 8 digits of the hash, such as `9f3c-a71e`.' })
  code(@Root() { contentHash }: CohortSnapshot): string {
    return snapshotCode(contentHash);
  }

  @FieldResolver(() => Int, { description: 'Images with a frozen reference mask.' })
  imagesWithMask(@Root() { id }: CohortSnapshot, @Ctx() context: Context): Promise<number> {
    return imagesWithMaskLoader(context).load(id);
  }

  @FieldResolver(() => [FacetValue], {
    description: 'Images by frozen reference diagnosis; NONE for those without.',
  })
  diagnosisCounts(@Root() { id }: CohortSnapshot, @Ctx() context: Context): Promise<FacetValue[]> {
    return diagnosisCountsLoader(context).load(id);
  }

  @FieldResolver(() => Int, { description: 'How many of its images the version has scored.' })
  scoredCount(
    @Root() { id }: CohortSnapshot,
    @Arg('modelVersionId', () => ID) modelVersionId: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return scoredCountLoader(context).load({ snapshotId: id, modelVersionId });
  }
}
