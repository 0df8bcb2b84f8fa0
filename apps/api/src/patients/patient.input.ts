import { Field, ID, InputType, Int } from 'type-graphql';
import { ConsentStatus, FitzpatrickSkinType, Sex } from '../db.js';

const ageDescription = 'Rounded down to a multiple of 5; 85 means 85 or older.';

@InputType()
export class CreatePatientInput {
  @Field(() => ID)
  studyId: string;

  @Field(() => String, {
    description:
      'A pseudonym, never a name: 1 to 64 letters, digits, dots, hyphens and underscores.',
  })
  code: string;

  @Field(() => Sex, { nullable: true })
  sex?: Sex | null;

  @Field(() => Int, { nullable: true, description: ageDescription })
  ageYears?: number | null;

  @Field(() => FitzpatrickSkinType, { nullable: true })
  skinType?: FitzpatrickSkinType | null;
}

@InputType({ description: 'What is left out stays; null empties sex, age or skin type.' })
export class UpdatePatientInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, {
    description: 'The revision that was opened; another one by now is a CONFLICT.',
  })
  revision: number;

  @Field(() => String, { nullable: true })
  code?: string | null;

  @Field(() => Sex, { nullable: true })
  sex?: Sex | null;

  @Field(() => Int, { nullable: true, description: ageDescription })
  ageYears?: number | null;

  @Field(() => FitzpatrickSkinType, { nullable: true })
  skinType?: FitzpatrickSkinType | null;

  @Field(() => ConsentStatus, { nullable: true })
  consent?: ConsentStatus | null;
}
