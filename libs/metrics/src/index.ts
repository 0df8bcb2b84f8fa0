export * from './errors.js';
export { isDefined, undef, type Interval, type Reason, type Undef, type Value } from './value.js';
export type { Labels, Scores } from './cases.js';
export type { ClusterIds } from './clusters.js';
export { metricsVersion } from './version.js';

export { auc, rocAuc, type AucEstimate, type AucOptions } from './auc.js';
export { delongCovariance, type AucCovariance } from './delong.js';
export { clusteredAuc, clusteredCovariance, type ClusteredAuc } from './clustered-auc.js';
export { rocCurve, rocTable, type RocPoint, type RocTable, type RocVariant } from './roc.js';
export {
  averagePrecision,
  prCurve,
  type AveragePrecisionRule,
  type PrPoint,
} from './precision-recall.js';
export { specificityAtSensitivity, type RatePoint } from './specificity-at-sensitivity.js';
export type { BitMask } from './bit-mask.js';
export { segmentationCounts, type SegmentationCounts } from './segmentation-counts.js';
export {
  segmentationMetrics,
  thresholdJaccard,
  type MetricSet,
  type SegmentationMetrics,
} from './segmentation-metrics.js';
export {
  macroMean,
  macroMeanStatistic,
  type MacroMean,
  type MacroMeanOptions,
} from './macro-mean.js';
export {
  clusterBootstrap,
  statisticOfCases,
  type BootstrapEstimate,
  type BootstrapOptions,
  type ResampledStatistic,
} from './cluster-bootstrap.js';
export {
  isic2017Classification,
  isic2017Segmentation,
  type Isic2017Segmentation,
  type Isic2017Task,
  type MaskPair,
} from './isic2017.js';

export { cohortV1, type CohortV1, type MadeUpCohort } from './cohort-v1.js';
export { mulberry32 } from './mulberry32.js';
export { normalCdf, normalQuantile, normalSf } from './normal.js';
export { chiSquareQuantile, chiSquareSf } from './chi-square.js';
export { studentTQuantile, studentTSf } from './student.js';
export { betaCdf, betaQuantile } from './beta.js';
