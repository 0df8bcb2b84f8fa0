import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { StudyRole } from '../db.js';

registerEnumType(StudyRole, { name: 'StudyRole' });

@ObjectType({
  description: 'A research protocol with its patients, images, references and evaluations.',
})
export class Study {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Stands in web addresses and on the command line.' })
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  protocol: string;

  @Field(() => Boolean, { description: 'Every image of the study is computer-generated.' })
  isSynthetic: boolean;

  @Field(() => Date)
  createdAt: Date;
}

@ObjectType({ description: 'What the viewer may do in a study.' })
export class StudyPermissions {
  @Field(() => Boolean)
  editRecords: boolean;

  @Field(() => Boolean)
  importImages: boolean;

  @Field(() => Boolean)
  runInference: boolean;

  @Field(() => Boolean)
  buildCohorts: boolean;

  @Field(() => Boolean)
  evaluate: boolean;

  @Field(() => Boolean)
  planAnalysis: boolean;

  @Field(() => Boolean)
  registerModels: boolean;

  @Field(() => Boolean, { description: 'Give names such as champion to model versions.' })
  promoteModels: boolean;

  @Field(() => Boolean, { description: 'Add, change and remove members.' })
  manageMembers: boolean;

  @Field(() => Boolean, { description: 'See who is a member.' })
  seeMembers: boolean;
}

@ObjectType({ description: 'Counts over the whole study, as of now.' })
export class StudySummary {
  @Field(() => Int)
  patients: number;

  @Field(() => Int)
  lesions: number;

  @Field(() => Int)
  images: number;

  @Field(() => Int, { description: 'Images of quality ACCEPTED.' })
  acceptedImages: number;

  @Field(() => Int, { description: 'Images whose lesion has a reference diagnosis.' })
  imagesWithDiagnosis: number;

  @Field(() => Int)
  imagesWithMask: number;

  @Field(() => Int)
  cohorts: number;

  @Field(() => Int)
  runs: number;

  @Field(() => Int, { description: 'Runs that wait or go on.' })
  activeRuns: number;
}
