import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { Study } from '../studies/study.type.js';
import { findPatient, listPatients } from './patient.service.js';
import { Patient, PatientConnection } from './patient.type.js';

@Resolver(() => Study)
export class StudyPatientsResolver {
  @FieldResolver(() => PatientConnection, { description: 'By code.' })
  patients(
    @Root() study: Study,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Arg('search', () => String, { nullable: true, description: 'A part of the code.' })
    search: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<PatientConnection> {
    return listPatients(db, viewer, study.id, { first, after, search });
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'Null when absent.' })
  patient(
    @Root() study: Study,
    @Arg('code', () => String) code: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<Patient | null> {
    return findPatient(db, viewer, study.id, code);
  }
}
