import {
  encodeMask,
  maskFacts,
  maskRunsAtSize,
  type MaskFacts,
  ModelPackageError,
  type Prediction as NetworkAnswer,
} from '@lesionwise/model';
import type { ChunkImage } from './chunk-facts.service.js';
import { FailureReason } from '../inference/inference-run.type.js';
import { type Agreement, countAgreement } from './mask-agreement.service.js';
import type { OpenModel } from './model-session.service.js';
import type { Failure, PreparedImage, StageClock } from './read-images.service.js';

/** Everything that is stored of one image's answer. */
export interface Answer {
  image: ChunkImage;
  scores: { task: string; probability: number }[];
  mask: (MaskFacts & { png: Buffer; threshold: number }) | undefined;
  agreements: Agreement[];
}

/** Runs the network over prepared images and works out masks and agreements. */
export async function scoreImages(
  model: OpenModel,
  prepared: PreparedImage[],
  clock: StageClock,
): Promise<{ answers: Answer[]; failures: Failure[] }> {
  if (prepared.length === 0) return { answers: [], failures: [] };
  const begun = performance.now();
  const { answered, failures } = await ask(model, prepared);
  clock('infer', performance.now() - begun);
  const answers: Answer[] = [];
  for (const { image, answer } of answered) {
    const masking = performance.now();
    answers.push(await toAnswer(model, image, answer));
    clock('mask', performance.now() - masking);
  }
  return { answers, failures };
}

interface Answered {
  image: ChunkImage;
  answer: NetworkAnswer;
}

/** All at once; where the batch fails, one by one, so that one image's fault stays its own. */
async function ask(
  { session }: OpenModel,
  prepared: PreparedImage[],
): Promise<{ answered: Answered[]; failures: Failure[] }> {
  try {
    const answers = await session.predict(prepared.map(({ pixels }) => pixels));
    return {
      answered: prepared.map(({ image }, i) => ({ image, answer: answers[i]! })),
      failures: [],
    };
  } catch (error) {
    if (!(error instanceof ModelPackageError)) throw error;
    const [first] = prepared;
    if (first && prepared.length === 1) {
      const failure = { reason: FailureReason.MODEL_ERROR, detail: error.message };
      return { answered: [], failures: [{ image: first.image, ...failure }] };
    }
    const each = await Promise.all(prepared.map((one) => ask({ session } as OpenModel, [one])));
    return {
      answered: each.flatMap(({ answered }) => answered),
      failures: each.flatMap(({ failures }) => failures),
    };
  }
}

async function toAnswer(
  { manifest }: OpenModel,
  image: ChunkImage,
  { mask: probability, scores }: NetworkAnswer,
): Promise<Answer> {
  const answer: Answer = {
    image,
    scores: Object.entries(scores).map(([task, probability]) => ({ task, probability })),
    mask: undefined,
    agreements: [],
  };
  const { mask: output } = manifest.outputs;
  if (!probability || !output) return answer;
  const threshold = manifest.maskThreshold;
  const from = { widthPx: output.width, heightPx: output.height };
  const mask = maskRunsAtSize(probability, from, image, threshold, manifest.input.fit);
  answer.mask = { ...maskFacts(mask), png: await encodeMask(mask), threshold };
  for (const reference of image.referenceMasks) {
    answer.agreements.push(await countAgreement(mask, reference));
  }
  return answer;
}
