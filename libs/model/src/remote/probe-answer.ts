import type { Prediction } from '../predictions.js';
import { RemoteEngineError } from './remote-engine-error.js';

/** An answer to the probe image in a few numbers, kept with a registered version. */
export interface ProbeAnswer {
  scores: Partial<Record<string, number>>;
  /** Mean lesion probability over the mask, absent without one. */
  maskMean?: number;
}

/**
 * How far the answer to the probe image may move from what it was at registration. Other hardware or
 * drivers move a probability by about 1e-5; other weights by far more.
 */
const PROBE_TOLERANCE = 1e-3;

export function probeAnswer({ scores, mask }: Prediction): ProbeAnswer {
  return {
    scores,
    ...(mask && { maskMean: mask.reduce((sum, value) => sum + value, 0) / mask.length }),
  };
}

/**
 * Throws RemoteEngineError `CHANGED` where the engine answers the probe image otherwise than at registration:
 * names and shapes stay the same when weights are exchanged under one version.
 */
export function requireProbe(registered: ProbeAnswer, answer: Prediction): void {
  const found = probeAnswer(answer);
  const pairs = [
    ...Object.entries(registered.scores).map(
      ([task, was]) => [`scores.${task}`, was, found.scores[task]] as const,
    ),
    ['mask', registered.maskMean, found.maskMean] as const,
  ];
  for (const [where, was, is] of pairs) {
    if (was === undefined && is === undefined) continue;
    if (was !== undefined && is !== undefined && Math.abs(was - is) <= PROBE_TOLERANCE) continue;
    const [expected, given] = [String(was), String(is)];
    const message = `the engine answers the probe image otherwise than when it was registered: ${where} was ${expected} and is ${given}`;
    throw new RemoteEngineError('CHANGED', message, { where, expected, found: given });
  }
}
