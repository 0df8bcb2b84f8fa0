import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { studyLoader } from '../studies/study.loader.js';
import { Study } from '../studies/study.type.js';
import { lesionsOfPatientLoader } from './lesion.loader.js';
import { Lesion } from './lesion.type.js';
import { CreatePatientInput, UpdatePatientInput } from './patient.input.js';
import { patientCountsLoader } from './patient.loader.js';
import { createPatient, updatePatient } from './patient.service.js';
import { Patient } from './patient.type.js';

@Resolver(() => Patient)
export class PatientResolver {
  @Mutation(() => Patient, { description: 'For coordinators.' })
  createPatient(
    @Arg('input', () => CreatePatientInput) input: CreatePatientInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<Patient> {
    return createPatient(db, viewer, input);
  }

  @Mutation(() => Patient, {
    description:
      'For coordinators. A CONFLICT names the values that stand now in `extensions.stored`.',
  })
  updatePatient(
    @Arg('input', () => UpdatePatientInput) input: UpdatePatientInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<Patient> {
    return updatePatient(db, viewer, input);
  }

  @FieldResolver(() => Study)
  study(@Root() patient: Patient, @Ctx() context: Context): Promise<Study> {
    return studyLoader(context).load(patient.studyId);
  }

  @FieldResolver(() => [Lesion], { description: 'By code.' })
  lesions(@Root() patient: Patient, @Ctx() context: Context): Promise<Lesion[]> {
    return lesionsOfPatientLoader(context).load(patient.id);
  }

  @FieldResolver(() => Int)
  async lesionCount(@Root() patient: Patient, @Ctx() context: Context): Promise<number> {
    return (await patientCountsLoader(context).load(patient.id)).lesions;
  }

  @FieldResolver(() => Int)
  async imageCount(@Root() patient: Patient, @Ctx() context: Context): Promise<number> {
    return (await patientCountsLoader(context).load(patient.id)).images;
  }
}
