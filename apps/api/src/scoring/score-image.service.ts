import {
  DeviceOutOfMemoryError,
  encodePredictedMask,
  type IsolatedDecoder,
  maskFacts,
  type MaskFacts,
  maskRunsAtSize,
  mayPass,
  ModelPackageError,
  type Prediction as NetworkAnswer,
  RemoteEngineError,
} from '@lesionwise/model';
import { FailureReason } from '../inference/inference-run.type.js';
import type { StageClock } from '../inference/run-progress.service.js';
import type { Logger } from '../logger.js';
import type { Storage } from '../storage.js';
import { HungBatchError } from './batches.service.js';
import type { ChunkImage } from './chunk-facts.service.js';
import { type Agreement, countAgreement } from './mask-agreement.service.js';
import type { OpenModel } from './model-session.service.js';
import { ModelNotOpenedError } from './open-model.service.js';
import { type Failure, type Prepared, prepareForNetwork } from './prepare-image.service.js';

/** Everything that is stored of one image's answer. */
export interface Answer {
  scores: { task: string; probability: number }[];
  mask: (MaskFacts & { png: Buffer; threshold: number }) | undefined;
  agreements: Agreement[];
}

/** What became of one image. Pixels that were made on the way are kept even where the network then fails. */
export type Outcome = { image: ChunkImage; made: Prepared['made'] } & (
  | { kind: 'answer'; answer: Answer }
  | { kind: 'failure'; failure: Failure }
  /** The network hung, on it or on another: to be asked again, a suspect by itself. */
  | { kind: 'again'; isAlone: boolean }
);

interface Scoring {
  storage: Storage;
  logger: Logger;
  clock: StageClock;
  model: OpenModel;
  isUrgent: boolean;
  isAlone: boolean;
  isolated: IsolatedDecoder | undefined;
}

/**
 * One image's way through the stages: its pixels, the network's answer, the mask at its own size. Each
 * stage serves the images of all chunks in hand, so that none of them stands still while another works.
 */
export async function scoreImage(scoring: Scoring, image: ChunkImage): Promise<Outcome> {
  const { model, clock, isUrgent, isAlone } = scoring;
  const { input } = model.manifest;
  const prepared = await prepareForNetwork({ ...scoring, input }, image);
  if ('reason' in prepared) return { image, made: undefined, kind: 'failure', failure: prepared };
  const { pixels, made } = prepared;
  try {
    const { answer, ms } = await model.batches.ask(pixels, { isUrgent, isAlone });
    clock('infer', ms);
    const masking = performance.now();
    const finished = finish(model, image, answer);
    clock('mask', performance.now() - masking);
    return { image, made, kind: 'answer', answer: finished };
  } catch (error) {
    if (error instanceof HungBatchError && error.part !== 'CULPRIT') {
      return { image, made, kind: 'again', isAlone: error.part === 'SUSPECT' };
    }
    return { image, made, kind: 'failure', failure: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof HungBatchError) {
    return { reason: FailureReason.TIMED_OUT, detail: error.message };
  }
  if (error instanceof DeviceOutOfMemoryError) {
    return { reason: FailureReason.OUT_OF_MEMORY, detail: error.message };
  }
  if (error instanceof ModelPackageError) {
    return { reason: FailureReason.MODEL_ERROR, detail: error.message };
  }
  if (error instanceof RemoteEngineError) {
    if (mayPass(error)) return { reason: FailureReason.ENGINE_UNAVAILABLE, detail: error.message };
    // Another model under the same name, or an engine that refuses us: no image may be answered by it.
    throw new ModelNotOpenedError(error.message, { cause: error });
  }
  throw error;
}

function finish(
  { manifest }: OpenModel,
  image: ChunkImage,
  { mask: probability, scores }: NetworkAnswer,
): Answer {
  const answer: Answer = {
    scores: Object.entries(scores).map(([task, probability]) => ({ task, probability })),
    mask: undefined,
    agreements: [],
  };
  const { mask: output } = manifest.outputs;
  if (!probability || !output) return answer;
  const threshold = manifest.maskThreshold;
  const from = { widthPx: output.width, heightPx: output.height };
  const mask = maskRunsAtSize(probability, from, image, threshold, manifest.input.fit);
  answer.mask = { ...maskFacts(mask), png: encodePredictedMask(mask), threshold };
  answer.agreements = image.referenceMasks.map((reference) => countAgreement(mask, reference));
  return answer;
}
