import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { AnatomicSite } from '../db.js';

registerEnumType(AnatomicSite, {
  name: 'AnatomicSite',
  description: "The general sites of the ISIC archive's metadata dictionary.",
});

@ObjectType({
  description: "One spot on one patient's skin. The diagnosis belongs to it, not to its images.",
})
export class Lesion {
  @Field(() => ID)
  id: string;

  patientId: string;

  @Field(() => String, { description: 'Unique within the patient.' })
  code: string;

  @Field(() => AnatomicSite, { nullable: true })
  anatomicSite?: AnatomicSite | null;
}
