import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Connection, connectionOf } from '../connection.js';
import { ImageModality, ImageQuality } from '../db.js';

registerEnumType(ImageModality, { name: 'ImageModality' });
registerEnumType(ImageQuality, {
  name: 'ImageQuality',
  valuesConfig: {
    EXCLUDED: { description: 'Kept, but takes no part in new cohorts and runs.' },
  },
});

@ObjectType({ description: 'One photograph of one lesion.' })
export class Image {
  @Field(() => ID)
  id: string;

  studyId: string;
  lesionId: string;

  @Field(() => String, {
    description:
      "Unique in the study: the data set's own public id, such as ISIC_0012151, or a random one.",
  })
  code: string;

  @Field(() => ImageModality)
  modality: ImageModality;

  @Field(() => Int, {
    nullable: true,
    description: "Days from the patient's enrolment to the photograph.",
  })
  dayOfStudy?: number | null;

  @Field(() => Int, { description: "With the camera's orientation applied." })
  widthPx: number;

  @Field(() => Int, { description: "With the camera's orientation applied." })
  heightPx: number;

  @Field(() => Int, { description: 'Of the original file.' })
  sizeBytes: number;

  @Field(() => String, { description: 'Of the original file, in hexadecimal.' })
  sha256: string;

  @Field(() => Int, {
    description: 'More than 0: a copy of another image of the study, kept on purpose.',
  })
  copyNumber: number;

  @Field(() => ImageQuality)
  quality: ImageQuality;

  @Field(() => String, { nullable: true, description: 'Why the quality is what it is.' })
  qualityNote?: string | null;

  @Field(() => String, {
    description: 'The data set or clinic it comes from; empty when not recorded.',
  })
  source: string;

  @Field(() => String, { description: 'Empty when not recorded.' })
  licence: string;

  @Field(() => String, { description: 'Whom the licence asks to name; empty when not recorded.' })
  attribution: string;

  @Field(() => Int, {
    description: 'Rises by one with each edit; pass the one you opened when you edit.',
  })
  revision: number;

  @Field(() => Date)
  createdAt: Date;

  @Field(() => String, {
    description: 'JPEG at full size, all metadata removed. A path on this server.',
  })
  url(): string {
    return `/images/${this.id}/display.jpg`;
  }

  @Field(() => String, { description: 'JPEG 480 px wide. A path on this server.' })
  thumbnailUrl(): string {
    return `/images/${this.id}/thumbnail.jpg`;
  }
}

export const ImageConnection = connectionOf(() => Image, 'Image');
export interface ImageConnection extends Connection<ImageRow> {
  countPatients: () => Promise<number>;
}

/** What a service hands to the resolvers: an image without what the type itself derives. */
export type ImageRow = Omit<Image, 'url' | 'thumbnailUrl'>;

@ObjectType({ description: 'One value of a field with its count.' })
export class FacetValue {
  @Field(() => String, {
    description: 'As in the filter (true and false for `hasMask`), or NONE for missing.',
  })
  value: string;

  @Field(() => Int)
  count: number;
}

@ObjectType({ description: 'Values of one field with their counts under the other filters.' })
export class ImageFacet {
  @Field(() => String, { description: 'The name of the condition in ImageFilter.' })
  field: string;

  @Field(() => [FacetValue], { description: 'In the order of the vocabulary, those that occur.' })
  values: FacetValue[];
}
