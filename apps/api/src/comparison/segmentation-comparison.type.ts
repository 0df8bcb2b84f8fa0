import { Field, Float, Int, ObjectType } from 'type-graphql';
import { VersionDifference } from './difference.type.js';
import { Estimate, HistogramBin } from './estimate.type.js';

@ObjectType({ description: 'How well the masks of one version agree with the reference masks.' })
export class VersionSegmentation {
  modelVersionId: string;

  @Field(() => Int)
  slot: number;

  @Field(() => Int, { description: 'Images with both masks and a Jaccard index.' })
  images: number;

  @Field(() => Int, { description: 'Images whose masks are both empty: left out.' })
  undefinedCount: number;

  @Field(() => Estimate)
  meanJaccard: Estimate;

  @Field(() => Estimate)
  meanDice: Estimate;

  @Field(() => Float, { nullable: true, description: 'Null where no image has one.' })
  medianJaccard: number | null;

  @Field(() => Float, { nullable: true })
  medianDice: number | null;

  @Field(() => Float, { nullable: true, description: 'First quartile of Jaccard.' })
  lowerQuartileJaccard: number | null;

  @Field(() => Float, { nullable: true, description: 'Third quartile of Jaccard.' })
  upperQuartileJaccard: number | null;

  @Field(() => Int, {
    description: 'Images with a Jaccard index below 0.65, which ISIC 2018 calls failed.',
  })
  below065: number;

  @Field(() => [HistogramBin], { description: 'Jaccard in 40 bins from 0 to 1.' })
  jaccardBins: HistogramBin[];

  @Field(() => [HistogramBin], { description: 'Dice in 40 bins from 0 to 1.' })
  diceBins: HistogramBin[];
}

@ObjectType({
  description: 'A version against the baseline in mean Jaccard, on the images both have.',
})
export class SegmentationDifference extends VersionDifference {
  @Field(() => Int, { description: 'Images where both have a Jaccard index.' })
  images: number;

  @Field(() => Float, {
    nullable: true,
    description: "Wilcoxon's signed-rank test, which takes images as independent: secondary.",
  })
  wilcoxonP: number | null;
}

@ObjectType({ description: 'Masks of the versions against the reference masks of the snapshot.' })
export class SegmentationComparison {
  @Field(() => Int, { description: 'Images with a reference mask.' })
  images: number;

  @Field(() => Int)
  patients: number;

  @Field(() => Int, { description: 'Images without a reference mask, left out.' })
  withoutReference: number;

  @Field(() => [VersionSegmentation], { description: 'Of the versions that draw masks.' })
  versions: VersionSegmentation[];

  @Field(() => [SegmentationDifference], {
    description: 'Each other version against the baseline; empty where the baseline draws no mask.',
  })
  differences: SegmentationDifference[];
}
