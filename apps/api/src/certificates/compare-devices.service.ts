import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import {
  type DeviceName,
  maskRunsAtSize,
  type ModelManifest,
  type ModelSession,
  type Prediction,
  prepareImage,
  runtimeVersion,
  type SizePx,
} from '@lesionwise/model';
import type { Diagnosis } from '../db.js';
import { createAnswerTally, type DeviceAnswer } from './answer-tally.service.js';
import type { CertificateFacts } from './certificate.service.js';

export interface ComparedImage extends SizePx {
  path: string;
  sha256: string;
  diagnosis: Diagnosis | undefined;
}

export interface DeviceComparisonOrder {
  manifest: ModelManifest;
  /** Opens the version on a device; throws where the device is missing. */
  open: (device: DeviceName) => Promise<ModelSession>;
  /** The others; the CPU is always compared with. */
  devices: Exclude<DeviceName, 'cpu'>[];
  images: ComparedImage[];
  /** Which images, in words. */
  imageWords: string;
  threshold: number;
  tell?: (progress: string) => void;
  signal?: AbortSignal;
}

/** As many as a GPU gains by, and few enough that their answers take no memory worth naming. */
export const imagesPerPass = 8;

/**
 * Asks every device the same images, and the CPU twice. Images are decoded once and answers are compared as
 * they come, so that memory does not grow with the number of images.
 *
 * @throws DeviceUnavailableError, ImageFileError, and whatever a session throws
 */
export async function compareDevices(order: DeviceComparisonOrder): Promise<CertificateFacts> {
  const { images, devices, threshold } = order;
  const sessions: ModelSession[] = [];
  try {
    for (const device of ['cpu', ...devices] as const) sessions.push(await order.open(device));
    const [cpu, ...others] = sessions as [ModelSession, ...ModelSession[]];
    // The CPU against itself first, then each other device against the CPU.
    const compared = [cpu, ...others].map((session) => ({
      ...{ session, tally: createAnswerTally(threshold) },
    }));
    for (let first = 0; first < images.length; first += imagesPerPass) {
      await comparePass(order, cpu, compared, images.slice(first, first + imagesPerPass));
      order.tell?.(
        `Compared ${Math.min(first + imagesPerPass, images.length)} of ${images.length}`,
      );
    }
    const [repetition, ...comparisons] = compared.map(({ session, tally }) => {
      const { device, deviceNote } = session;
      return tally.comparison({ device, deviceNote });
    });
    return {
      passed: [repetition!, ...comparisons].every(({ passed }) => passed),
      ...{ imageCount: images.length, imagesHash: hashOf(images), images: order.imageWords },
      ...{ threshold, machine: machineFacts(), repetition: repetition!, devices: comparisons },
    };
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

async function comparePass(
  { manifest, signal }: DeviceComparisonOrder,
  cpu: ModelSession,
  compared: { session: ModelSession; tally: ReturnType<typeof createAnswerTally> }[],
  images: ComparedImage[],
): Promise<void> {
  const prepared = await Promise.all(
    images.map(async ({ path }) => prepareImage(await readFile(path), manifest.input)),
  );
  const cut = (answers: Prediction[]) =>
    answers.map((answer, i) => deviceAnswer(manifest, answer, images[i]!));
  const reference = cut(await cpu.predict(prepared));
  for (const { session, tally } of compared) {
    signal?.throwIfAborted();
    const begun = performance.now();
    const answers = await session.predict(prepared);
    tally.addTime(performance.now() - begun);
    cut(answers).forEach((answer, i) => {
      tally.add(reference[i]!, answer, images[i]!.diagnosis);
    });
  }
}

function deviceAnswer(
  { outputs, maskThreshold, input }: ModelManifest,
  { scores, mask: probability }: Prediction,
  size: SizePx,
): DeviceAnswer {
  if (!probability || !outputs.mask) return { scores, mask: undefined };
  const from = { widthPx: outputs.mask.width, heightPx: outputs.mask.height };
  const runs = maskRunsAtSize(probability, from, size, maskThreshold, input.fit);
  return { scores, mask: { probability, runs } };
}

const hashOf = (images: ComparedImage[]) =>
  createHash('sha256')
    .update(images.map(({ sha256 }) => sha256).join('\n'))
    .digest('hex');

const machineFacts = () => ({
  system: `${platform()} ${arch()}`,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  runtime: `onnxruntime-node ${runtimeVersion()}`,
});
