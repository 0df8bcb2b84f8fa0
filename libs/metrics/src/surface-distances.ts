import { checkMaskPair, type BitMask } from './bit-mask.js';
import { boundaryPixels } from './boundary.js';
import { checkOption } from './cases.js';
import { distancesToNearest } from './distance-transform.js';
import { quantile } from './quantile.js';
import { undef, type Value } from './value.js';

/** Distances between the boundaries of two masks, in pixels or in units of `spacing`. */
export interface SurfaceDistances {
  /** Largest distance from either boundary to the other. */
  hausdorff: number;
  /** Larger of the two directed 95 % quantiles (type 7). */
  hausdorff95: number;
  /** Mean over the pixels of both boundaries. */
  averageSurfaceDistance: number;
  /** Boundary pixels of the reference and of the prediction. */
  boundaryPixels: [reference: number, predicted: number];
}

/**
 * Distances between the boundaries of two masks. A boundary pixel is a mask pixel with one of its
 * four neighbours outside the mask or outside the image; holes have boundaries too.
 *
 * Undefined `empty-mask` where either mask is empty, also where both are.
 * Throws `MetricInputError`: `length-mismatch` (masks of different sizes), `bad-mask`, `bad-option`
 * (spacing). O(pixels).
 *
 * Huttenlocher et al., IEEE TPAMI 15 (1993) 850-863. Felzenszwalb & Huttenlocher, Theory of
 * Computing 8 (2012) 415-428, for the exact transform.
 *
 * @param spacing distance of neighbouring pixels, across and down; [1, 1] unless given.
 */
export function surfaceDistances(
  reference: BitMask,
  predicted: BitMask,
  spacing: readonly [x: number, y: number] = [1, 1],
): Value<SurfaceDistances> {
  checkMaskPair(reference, predicted);
  const isStep = (step: number) => step > 0 && step < Infinity;
  checkOption(isStep(spacing[0]) && isStep(spacing[1]), `spacing is ${spacing.join(' x ')}`);
  const ofReference = boundaryPixels(reference);
  const ofPredicted = boundaryPixels(predicted);
  if (ofReference.length === 0 || ofPredicted.length === 0) return undef('empty-mask');
  const { widthPx } = reference;
  const toPredicted = distancesToNearest(ofReference, ofPredicted, widthPx, spacing).sort();
  const toReference = distancesToNearest(ofPredicted, ofReference, widthPx, spacing).sort();
  const sum = (distances: Float64Array) => distances.reduce((total, d) => total + d, 0);
  return {
    hausdorff: Math.max(toPredicted.at(-1)!, toReference.at(-1)!),
    hausdorff95: Math.max(quantile(toPredicted, 0.95), quantile(toReference, 0.95)),
    averageSurfaceDistance:
      (sum(toPredicted) + sum(toReference)) / (toPredicted.length + toReference.length),
    boundaryPixels: [ofReference.length, ofPredicted.length],
  };
}
