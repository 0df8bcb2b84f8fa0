/** The named definitions by which everything is computed (docs/statistics.md). */
export const metricSet = 'study-v1';
/** Of every resampling. */
export const seed = 1;

/**
 * Resamples of patients: 2000 as METRICS asks, fewer for large sets, whose limits hardly move from one
 * seed to another and where more would take seconds. Part of the method that is hashed and shown.
 */
export const replicatesFor = (images: number) =>
  Math.max(200, Math.min(2000, Math.round(2e7 / Math.max(1, images))));

/** Whatever else changes a number is said here, so that it goes into the hash of the inputs. */
export const method = {
  seed,
  fewPatients: 50,
  testCell: 10,
  replicates: '2e7 / images in 200..2000',
};
