import { segmentationMetrics } from '@lesionwise/metrics';
import { inVisibleStudy } from '../access.js';
import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { isId } from '../ids.js';
import type { MaskAgreement, PredictedMask } from './prediction.type.js';

/** The definitions by which agreement is shown beside an image. */
const metricSet = 'study-v1';

interface Counts {
  truePositivePx: number;
  falsePositivePx: number;
  falseNegativePx: number;
  trueNegativePx: number;
}

/** Jaccard and Dice of stored counts; absent where they do not exist. */
export function withIndices(counts: Counts): MaskAgreement {
  const { jaccard, dice } = segmentationMetrics(
    {
      ...{ tp: counts.truePositivePx, fp: counts.falsePositivePx },
      ...{ fn: counts.falseNegativePx, tn: counts.trueNegativePx },
    },
    metricSet,
  );
  return {
    ...counts,
    jaccard: typeof jaccard === 'number' ? jaccard : null,
    dice: typeof dice === 'number' ? dice : null,
  };
}

export const toPredictedMask = ({
  predictionId,
  ...mask
}: {
  predictionId: string;
  widthPx: number;
  heightPx: number;
  threshold: number;
  areaPx: number;
}): PredictedMask => ({
  ...mask,
  areaShare: mask.areaPx / (mask.widthPx * mask.heightPx),
  url: `/masks/predicted/${predictionId}.png`,
});

/** The PNG of a predicted mask; null when absent or not the viewer's to see. */
export async function findPredictedMaskPng(db: Db, viewer: Viewer, predictionId: string) {
  if (!isId(predictionId)) return null;
  const mask = await db.predictedMask.findFirst({
    where: { predictionId, prediction: { image: inVisibleStudy(viewer) } },
    select: { png: true },
  });
  return mask && Buffer.from(mask.png);
}
