import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import type { OverlapKind, OverlapOfVersion } from './training-overlap.service.js';

export const TrainingOverlapKind = {
  FILE: 'FILE',
  CODE: 'CODE',
  LESION: 'LESION',
  PATIENT: 'PATIENT',
} as const satisfies Record<OverlapKind, OverlapKind>;
registerEnumType(TrainingOverlapKind, {
  name: 'TrainingOverlapKind',
  description:
    'By what an image is near to a training list. Each image counts once, by the first of these that holds.',
  valuesConfig: {
    FILE: { description: 'The very file is on the list (equal SHA-256).' },
    CODE: { description: 'An image of this public name is on the list.' },
    LESION: { description: 'Another image of the same lesion is on the list.' },
    PATIENT: { description: 'An image of another lesion of the same patient is on the list.' },
  },
});

@ObjectType({ description: 'How many images of a snapshot are near to a training list, by kind.' })
export class TrainingOverlapCounts {
  @Field(() => Int, { description: 'Images whose very file was trained on.' })
  sameFile: number;

  @Field(() => Int, { description: 'Further images whose public name is on the list.' })
  sameCode: number;

  @Field(() => Int, { description: 'Further images of a lesion that was trained on.' })
  sameLesion: number;

  @Field(() => Int, { description: 'Further images of a patient who was trained on.' })
  samePatient: number;

  @Field(() => Int, { description: 'All of them.' })
  total: number;
}

@ObjectType({ description: 'One image of a snapshot that is near to a training list.' })
export class TrainingOverlapImage {
  imageId: string;

  @Field(() => TrainingOverlapKind, { description: 'By what.' })
  kind: OverlapKind;
}

@ObjectType({
  description:
    'What a snapshot shares with the images that a model version was trained on. A result on shared images flatters the version.',
})
export class TrainingOverlap implements OverlapOfVersion {
  snapshotId: string;

  modelVersionId: string;

  @Field(() => Int, {
    description:
      'Images on the list of the version; 0 where its package declares none. Then nothing was compared, and an empty overlap proves nothing.',
  })
  listedCount: number;

  images: { imageId: string; kind: OverlapKind }[];
}

export const TrainingOverlapImageConnection = connectionOf(
  () => TrainingOverlapImage,
  'TrainingOverlapImage',
);
