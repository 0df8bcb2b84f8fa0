import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Connection, connectionOf } from '../connection.js';
import { ConsentStatus, FitzpatrickSkinType, Sex } from '../db.js';

registerEnumType(Sex, { name: 'Sex' });
registerEnumType(FitzpatrickSkinType, {
  name: 'FitzpatrickSkinType',
  description: 'Fitzpatrick, Arch Dermatol 124 (1988) 869-871.',
});
registerEnumType(ConsentStatus, {
  name: 'ConsentStatus',
  valuesConfig: {
    WITHDRAWN: { description: "The patient's images take no part in new cohorts and runs." },
  },
});

@ObjectType({
  description:
    'A person in the study, known by a pseudonym only. Statistics take patients, not images, as independent.',
})
export class Patient {
  @Field(() => ID)
  id: string;

  studyId: string;

  @Field(() => String, { description: 'The pseudonym; unique in the study.' })
  code: string;

  @Field(() => Sex, { nullable: true, description: 'Null when it is not known.' })
  sex?: Sex | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Age at enrolment, rounded down to a multiple of 5; 85 means 85 or older.',
  })
  ageYears?: number | null;

  @Field(() => FitzpatrickSkinType, { nullable: true })
  skinType?: FitzpatrickSkinType | null;

  @Field(() => ConsentStatus)
  consent: ConsentStatus;

  @Field(() => Int, {
    description: 'Rises by one with each edit; pass the one you opened when you edit.',
  })
  revision: number;

  @Field(() => Date)
  createdAt: Date;
}

export const PatientConnection = connectionOf(() => Patient, 'Patient');
export type PatientConnection = Connection<Patient>;
