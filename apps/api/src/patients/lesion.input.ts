import { Field, ID, InputType, Int } from 'type-graphql';
import { AnatomicSite, Diagnosis, DiagnosisMethod } from '../db.js';

@InputType()
export class CreateLesionInput {
  @Field(() => ID)
  patientId: string;

  @Field(() => String, {
    description:
      'Unique within the patient: 1 to 64 letters, digits, dots, hyphens and underscores.',
  })
  code: string;

  @Field(() => AnatomicSite, { nullable: true })
  anatomicSite?: AnatomicSite | null;
}

@InputType()
export class SetReferenceDiagnosisInput {
  @Field(() => ID)
  lesionId: string;

  @Field(() => Diagnosis)
  diagnosis: Diagnosis;

  @Field(() => DiagnosisMethod)
  method: DiagnosisMethod;

  @Field(() => String, { defaultValue: '', description: 'Required when it replaces another.' })
  reason: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that was open; null for none. Another one by now is a CONFLICT.',
  })
  expectedVersion?: number | null;
}
