import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { CreateLesionInput, SetReferenceDiagnosisInput } from './lesion.input.js';
import { diagnosisHistoryLoader, diagnosisLoader } from './lesion.loader.js';
import { createLesion } from './lesion.service.js';
import { Lesion } from './lesion.type.js';
import { patientLoader } from './patient.loader.js';
import { Patient } from './patient.type.js';
import { setReferenceDiagnosis } from './reference-diagnosis.service.js';
import { ReferenceDiagnosis } from './reference-diagnosis.type.js';

@Resolver(() => Lesion)
export class LesionResolver {
  @Mutation(() => Lesion, { description: 'For coordinators.' })
  createLesion(
    @Arg('input', () => CreateLesionInput) input: CreateLesionInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<Lesion> {
    return createLesion(db, viewer, input);
  }

  @Mutation(() => Lesion, {
    description:
      'For coordinators. Adds a version and keeps those before. A CONFLICT names the version that counts now in `extensions.stored`.',
  })
  setReferenceDiagnosis(
    @Arg('input', () => SetReferenceDiagnosisInput) input: SetReferenceDiagnosisInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<Lesion> {
    return setReferenceDiagnosis(db, viewer, input);
  }

  @FieldResolver(() => Patient)
  patient(@Root() lesion: Lesion, @Ctx() context: Context): Promise<Patient> {
    return patientLoader(context).load(lesion.patientId);
  }

  @FieldResolver(() => ReferenceDiagnosis, {
    nullable: true,
    description: 'The diagnosis that counts now.',
  })
  diagnosis(@Root() lesion: Lesion, @Ctx() context: Context): Promise<ReferenceDiagnosis | null> {
    return diagnosisLoader(context).load(lesion.id);
  }

  @FieldResolver(() => [ReferenceDiagnosis], { description: 'All versions, newest first.' })
  diagnosisHistory(@Root() lesion: Lesion, @Ctx() context: Context): Promise<ReferenceDiagnosis[]> {
    return diagnosisHistoryLoader(context).load(lesion.id);
  }
}

@Resolver(() => ReferenceDiagnosis)
export class ReferenceDiagnosisResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: 'Null when nobody signed in wrote it.',
  })
  async author(
    @Root() diagnosis: ReferenceDiagnosis,
    @Ctx() context: Context,
  ): Promise<User | null> {
    return diagnosis.authorId ? userLoader(context).load(diagnosis.authorId) : null;
  }
}
