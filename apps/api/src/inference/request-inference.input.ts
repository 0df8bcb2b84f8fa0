import { Field, ID, InputType } from 'type-graphql';
import { RequestedDevice } from '../db.js';

@InputType({ description: 'Names a snapshot or one image, not both.' })
export class RequestInferenceInput {
  @Field(() => ID)
  modelVersionId: string;

  @Field(() => ID, { nullable: true, description: 'Score every image of it.' })
  snapshotId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Score this image, ahead of all cohorts.' })
  imageId?: string | null;

  @Field(() => RequestedDevice, { defaultValue: 'AUTO' })
  device: RequestedDevice;
}
