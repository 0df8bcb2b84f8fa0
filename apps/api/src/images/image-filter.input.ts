import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { SortDirection } from '../connection.js';
import {
  AnatomicSite,
  Diagnosis,
  DiagnosisMethod,
  FitzpatrickSkinType,
  ImageQuality,
  Sex,
} from '../db.js';
import { Task } from './task.type.js';

@InputType({ description: 'Both ends belong to the range; an end left out is open.' })
export class IntRange {
  @Field(() => Int, { nullable: true })
  min?: number | null;

  @Field(() => Int, { nullable: true })
  max?: number | null;
}

@InputType({ description: 'Both ends belong to the range; an end left out is open.' })
export class FloatRange {
  @Field(() => Float, { nullable: true })
  min?: number | null;

  @Field(() => Float, { nullable: true })
  max?: number | null;
}

@InputType({
  description:
    "Overlap of the version's mask with the reference mask that counts now. Holds for no image where it is undefined.",
})
export class JaccardFilter {
  @Field(() => ID)
  modelVersionId: string;

  @Field(() => FloatRange)
  range: FloatRange;
}

@InputType({
  description: "The version's score. Holds for no image that the version has not scored.",
})
export class ScoreFilter {
  @Field(() => ID)
  modelVersionId: string;

  @Field(() => Task)
  task: Task;

  @Field(() => FloatRange)
  range: FloatRange;
}

@InputType({
  description:
    'All given conditions hold together; several values of one condition are alternatives. A condition that is left out, null or (but for `imageIds`) an empty list asks nothing.',
})
export class ImageFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'Images that the saved filter of the cohort holds for, now.',
  })
  cohortId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'An empty list holds for no image.' })
  imageIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "A part of the image's or the patient's code.",
  })
  search?: string | null;

  @Field(() => [Diagnosis], {
    nullable: true,
    description: 'The reference diagnosis that counts now.',
  })
  diagnosis?: Diagnosis[] | null;

  @Field(() => [DiagnosisMethod], { nullable: true })
  method?: DiagnosisMethod[] | null;

  @Field(() => Boolean, { nullable: true })
  hasDiagnosis?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a reference mask has been drawn.' })
  hasMask?: boolean | null;

  @Field(() => [Sex], { nullable: true })
  sex?: Sex[] | null;

  @Field(() => [FitzpatrickSkinType], { nullable: true })
  skinType?: FitzpatrickSkinType[] | null;

  @Field(() => [AnatomicSite], { nullable: true })
  anatomicSite?: AnatomicSite[] | null;

  @Field(() => IntRange, { nullable: true, description: "The patient's age at enrolment." })
  ageYears?: IntRange | null;

  @Field(() => [ImageQuality], { nullable: true })
  quality?: ImageQuality[] | null;

  @Field(() => JaccardFilter, { nullable: true })
  jaccard?: JaccardFilter | null;

  @Field(() => ScoreFilter, { nullable: true })
  score?: ScoreFilter | null;
}

export enum ImageSortField {
  CODE = 'CODE',
  CREATED = 'CREATED',
  PATIENT = 'PATIENT',
  JACCARD = 'JACCARD',
  SCORE = 'SCORE',
  TASK_ERROR = 'TASK_ERROR',
}
registerEnumType(ImageSortField, {
  name: 'ImageSortField',
  valuesConfig: {
    PATIENT: { description: "By the patient's code, then by the image's." },
    TASK_ERROR: { description: '|reference label - score|' },
  },
});

@InputType({
  description:
    'JACCARD, SCORE and TASK_ERROR need a model version, the last two a task. Undefined values come last in both directions.',
})
export class ImageSort {
  @Field(() => ImageSortField)
  field: ImageSortField;

  @Field(() => SortDirection, { defaultValue: SortDirection.ASC })
  direction: SortDirection;

  @Field(() => ID, { nullable: true })
  modelVersionId?: string | null;

  @Field(() => Task, { nullable: true })
  task?: Task | null;
}
