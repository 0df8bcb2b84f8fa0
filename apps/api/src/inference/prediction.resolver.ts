import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { imageLoader } from '../images/image.loader.js';
import { Image, type ImageRow } from '../images/image.type.js';
import { modelVersionLoader } from '../models/model.loader.js';
import { ModelVersion } from '../models/model-version.type.js';
import {
  agreementLoader,
  inferenceRunLoader,
  predictedMaskLoader,
  predictionsOfImageLoader,
  scoresLoader,
} from './inference.loader.js';
import { InferenceRun } from './inference-run.type.js';
import { MaskAgreement, PredictedMask, Prediction, Score } from './prediction.type.js';

@Resolver(() => Prediction)
export class PredictionResolver {
  @FieldResolver(() => ModelVersion)
  modelVersion(
    @Root() { modelVersionId }: Prediction,
    @Ctx() context: Context,
  ): Promise<ModelVersion> {
    return modelVersionLoader(context).load(modelVersionId);
  }

  @FieldResolver(() => Image)
  image(@Root() { imageId }: Prediction, @Ctx() context: Context): Promise<ImageRow> {
    return imageLoader(context).load(imageId);
  }

  @FieldResolver(() => InferenceRun, { description: 'The run in which it was computed.' })
  run(@Root() { runId }: Prediction, @Ctx() context: Context): Promise<InferenceRun> {
    return inferenceRunLoader(context).load(runId);
  }

  @FieldResolver(() => [Score])
  scores(@Root() { id }: Prediction, @Ctx() context: Context): Promise<Score[]> {
    return scoresLoader(context).load(id);
  }

  @FieldResolver(() => PredictedMask, {
    nullable: true,
    description: 'Absent when the model version draws none.',
  })
  mask(@Root() { id }: Prediction, @Ctx() context: Context): Promise<PredictedMask | null> {
    return predictedMaskLoader(context).load(id);
  }

  @FieldResolver(() => MaskAgreement, {
    nullable: true,
    description: 'Against the reference mask that counts now; absent where either mask is.',
  })
  agreement(@Root() { id }: Prediction, @Ctx() context: Context): Promise<MaskAgreement | null> {
    return agreementLoader(context).load(id);
  }
}

@Resolver(() => Image)
export class ImagePredictionsResolver {
  @FieldResolver(() => [Prediction], {
    description: 'One per model version that has scored the image; newest version first.',
  })
  predictions(
    @Root() { id }: Image,
    @Arg('modelVersionIds', () => [ID], { nullable: true }) modelVersionIds: string[] | undefined,
    @Ctx() context: Context,
  ): Promise<Prediction[]> {
    return predictionsOfImageLoader(context, modelVersionIds).load(id);
  }
}
