import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { ImageFilter } from '../images/image-filter.input.js';
import { Task } from '../images/task.type.js';

export const ThresholdRuleKind = {
  FIXED: 'FIXED',
  AT_SENSITIVITY: 'AT_SENSITIVITY',
  YOUDEN: 'YOUDEN',
} as const;
export type ThresholdRuleKind = (typeof ThresholdRuleKind)[keyof typeof ThresholdRuleKind];
registerEnumType(ThresholdRuleKind, {
  name: 'ThresholdRuleKind',
  description: 'How the score is chosen at and above which a version calls an image positive.',
  valuesConfig: {
    FIXED: { description: 'The same number for every version and task.' },
    AT_SENSITIVITY: {
      description: 'For each version, the highest score that reaches this sensitivity.',
    },
    YOUDEN: {
      description:
        'For each version, where sensitivity + specificity is largest; the highest score among equals.',
    },
  },
});

export const Clustering = {
  PATIENT: 'PATIENT',
  NONE: 'NONE',
} as const;
export type Clustering = (typeof Clustering)[keyof typeof Clustering];
registerEnumType(Clustering, {
  name: 'Clustering',
  description: 'What counts as independent in intervals and tests.',
  valuesConfig: {
    PATIENT: { description: 'Patients: several images of one patient are not independent.' },
    NONE: { description: 'Images: intervals are too narrow where patients have several.' },
  },
});

export const PValueCorrection = {
  HOLM: 'HOLM',
  BENJAMINI_HOCHBERG: 'BENJAMINI_HOCHBERG',
  NONE: 'NONE',
} as const;
export type PValueCorrection = (typeof PValueCorrection)[keyof typeof PValueCorrection];
registerEnumType(PValueCorrection, {
  name: 'PValueCorrection',
  description: 'How p-values are corrected for the number of tests of the comparison.',
  valuesConfig: {
    HOLM: { description: 'Holm 1979: limits the chance of any false claim.' },
    BENJAMINI_HOCHBERG: { description: '1995: limits the share of false claims among the claims.' },
    NONE: { description: 'Not at all.' },
  },
});

export const SubgroupAttribute = {
  SEX: 'SEX',
  AGE_GROUP: 'AGE_GROUP',
  ANATOMIC_SITE: 'ANATOMIC_SITE',
  SKIN_TYPE: 'SKIN_TYPE',
  MODALITY: 'MODALITY',
} as const;
export type SubgroupAttribute = (typeof SubgroupAttribute)[keyof typeof SubgroupAttribute];
registerEnumType(SubgroupAttribute, {
  name: 'SubgroupAttribute',
  description: 'By what images are parted into subgroups.',
  valuesConfig: {
    AGE_GROUP: { description: 'Age at enrolment: under 45, 45 to 64, 65 and older.' },
    ANATOMIC_SITE: { description: 'Of the lesion.' },
    SKIN_TYPE: { description: 'Fitzpatrick I-II, III-IV, V-VI.' },
    MODALITY: { description: 'How the image was acquired: dermoscopy or clinical photograph.' },
  },
});

export const ConfusionCell = {
  TRUE_POSITIVE: 'TRUE_POSITIVE',
  FALSE_POSITIVE: 'FALSE_POSITIVE',
  FALSE_NEGATIVE: 'FALSE_NEGATIVE',
  TRUE_NEGATIVE: 'TRUE_NEGATIVE',
} as const;
export type ConfusionCell = (typeof ConfusionCell)[keyof typeof ConfusionCell];
registerEnumType(ConfusionCell, {
  name: 'ConfusionCell',
  description: 'The call of one version against the reference label.',
});

export const CallChange = {
  FOUND: 'FOUND',
  LOST: 'LOST',
  CLEARED: 'CLEARED',
  CALLED: 'CALLED',
} as const;
export type CallChange = (typeof CallChange)[keyof typeof CallChange];
registerEnumType(CallChange, {
  name: 'CallChange',
  description: 'How the call of an image differs between the baseline and another version.',
  valuesConfig: {
    FOUND: { description: 'Positive: missed by the baseline, called by the other. A fix.' },
    LOST: { description: 'Positive: called by the baseline, missed by the other.' },
    CLEARED: { description: 'Negative: called by the baseline, not by the other. A fix.' },
    CALLED: { description: 'Negative: not called by the baseline, called by the other.' },
  },
});

@InputType({ description: 'How thresholds are chosen.' })
export class ThresholdRuleInput {
  @Field(() => ThresholdRuleKind)
  kind: ThresholdRuleKind;

  @Field(() => Float, {
    nullable: true,
    description:
      'FIXED: the threshold, required. AT_SENSITIVITY: the sensitivity, 0.89 if left out. YOUDEN: none.',
  })
  value?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A snapshot on which the thresholds are chosen; they are then applied here unchanged. Not with FIXED.',
  })
  fromSnapshotId?: string | null;
}

@InputType({ description: 'Images on which a version’s call falls into a cell of its table.' })
export class CallFilter {
  @Field(() => ID, { description: 'One of the versions compared.' })
  modelVersionId: string;

  @Field(() => Task)
  task: Task;

  @Field(() => ConfusionCell)
  cell: ConfusionCell;
}

@InputType({ description: 'Images whose call changes from the baseline to a version.' })
export class ChangedCallFilter {
  @Field(() => ID, { description: 'One of the versions compared, not the baseline.' })
  modelVersionId: string;

  @Field(() => Task)
  task: Task;

  @Field(() => [CallChange], { description: 'Any of these.' })
  changes: CallChange[];
}

@InputType({ description: 'Images of one level of an attribute.' })
export class SubgroupFilter {
  @Field(() => SubgroupAttribute)
  attribute: SubgroupAttribute;

  @Field(() => String, { description: 'As `SubgroupLevel.level` has it, such as `FEMALE`.' })
  level: string;
}

@InputType({
  description:
    'A part of the snapshot: all given conditions hold together. Thresholds stay those of the whole set.',
})
export class ComparisonFilter {
  @Field(() => ImageFilter, {
    nullable: true,
    description: 'On the records and references as they are now.',
  })
  images?: ImageFilter | null;

  @Field(() => [CallFilter], { nullable: true })
  calls?: CallFilter[] | null;

  @Field(() => [ChangedCallFilter], { nullable: true })
  changedCalls?: ChangedCallFilter[] | null;

  @Field(() => [SubgroupFilter], { nullable: true })
  subgroups?: SubgroupFilter[] | null;
}

@InputType({ description: 'What is compared, on which images, and how.' })
export class ComparisonInput {
  @Field(() => ID)
  snapshotId: string;

  @Field(() => [ID], {
    description: 'From 1 to 6, each once; the first is the baseline.',
  })
  modelVersionIds: string[];

  @Field(() => [Task], {
    nullable: true,
    description: 'Every task that any of the versions answers, if left out.',
  })
  tasks?: Task[] | null;

  @Field(() => ThresholdRuleInput, {
    nullable: true,
    description: 'At a sensitivity of 0.89 on these images, if left out.',
  })
  threshold?: ThresholdRuleInput | null;

  @Field(() => Clustering, { defaultValue: Clustering.PATIENT })
  clustering?: Clustering;

  @Field(() => PValueCorrection, { defaultValue: PValueCorrection.HOLM })
  correction?: PValueCorrection;

  @Field(() => Float, {
    nullable: true,
    description:
      'Non-inferiority margin of an AUC difference (or of a Jaccard difference), between 0 and 1, set in advance. Without one nothing is called non-inferior.',
  })
  margin?: number | null;

  @Field(() => Float, {
    defaultValue: 0.05,
    description: 'Two-sided level of the tests; intervals cover 1 - alpha.',
  })
  alpha?: number;

  @Field(() => Int, {
    defaultValue: 5,
    description:
      'Images of each class below which nothing is estimated, in the set and in each subgroup; at least 5.',
  })
  minimumCell?: number;

  @Field(() => [SubgroupAttribute], {
    nullable: true,
    description: 'All attributes, if left out; an empty list for none.',
  })
  subgroups?: SubgroupAttribute[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'At most two of the versions whose ROC curves get a confidence band; the first two, if left out.',
  })
  bandVersionIds?: string[] | null;

  @Field(() => ComparisonFilter, { nullable: true })
  filter?: ComparisonFilter | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Leaves out the images near to the training list of any of the versions.',
  })
  withoutTrainingOverlap?: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Compares on the images that all versions have scored, and says so. Otherwise images that one lacks are a CONFLICT.',
  })
  commonImagesOnly?: boolean;
}
