import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Diagnosis, DiagnosisMethod } from '../db.js';

registerEnumType(Diagnosis, {
  name: 'Diagnosis',
  description:
    'The labels of the tasks are derived from it: MELANOMA is 1 for the task melanoma, all else 0.',
});
registerEnumType(DiagnosisMethod, {
  name: 'DiagnosisMethod',
  valuesConfig: {
    NOT_RECORDED: { description: 'The source gives a diagnosis but not how it was made.' },
    BY_CONSTRUCTION: { description: 'A synthetic image shows what it was drawn to show.' },
  },
});

@ObjectType({
  description:
    'What a lesion is, said by one author by one method. Never overwritten: a correction is the next version.',
})
export class ReferenceDiagnosis {
  @Field(() => ID)
  id: string;

  authorId?: string | null;

  @Field(() => Int, { description: '1, 2, …; the one without `supersededAt` counts.' })
  version: number;

  @Field(() => Diagnosis)
  diagnosis: Diagnosis;

  @Field(() => DiagnosisMethod)
  method: DiagnosisMethod;

  @Field(() => String, {
    description: 'Why this version replaced the one before; empty for the first.',
  })
  reason: string;

  @Field(() => Date)
  createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When the next version replaced it; null while it counts.',
  })
  supersededAt?: Date | null;
}
