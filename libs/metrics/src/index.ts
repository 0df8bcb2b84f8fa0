export { MetricInputError, type MetricInputCode } from './errors.js';
export {
  isDefined,
  mapValue,
  undef,
  type Interval,
  type Reason,
  type Undef,
  type Value,
} from './value.js';
export type { Labels, Scores } from './cases.js';
export type { ClusterIds } from './clusters.js';
export { metricsVersion } from './version.js';

export type { Assumption } from './assumption.js';
export { auc, rocAuc, type AucEstimate, type AucOptions, type CiMethod } from './auc.js';
export type { AucIntervals } from './auc-intervals.js';
export { delongCovariance, type AucCovariance } from './delong.js';
export { comparePairedAuc, type PairedAuc, type PairedAucOptions } from './paired-auc.js';
export type { DifferenceTest, NonInferiority } from './difference-test.js';
export { clusteredAuc, clusteredCovariance, type ClusteredAuc } from './clustered-auc.js';
export { clusteredPairedAuc, type ClusteredPairedAuc } from './clustered-paired-auc.js';
export {
  compareAucs,
  type AucComparison,
  type AucComparisonOptions,
  type PairwiseComparison,
  type ScoredVersion,
} from './compare-aucs.js';
export {
  compareWithBaseline,
  type BaselineComparison,
  type BaselineDifference,
  type BaselineOptions,
  type VersionAuc,
} from './baseline-comparison.js';
export type { ChiSquareTest } from './wald-test.js';
export { adjustPValues, type AdjustedPValues } from './adjust-p-values.js';

export {
  clusterBootstrap,
  statisticOfCases,
  type BootstrapEstimate,
  type BootstrapOptions,
  type ResampledStatistic,
} from './cluster-bootstrap.js';
export { aucDifferenceStatistic, aucStatistic } from './auc-statistic.js';

export { rocRates, type RocRates } from './roc-rates.js';
export { rocCurve, rocTable, type RocPoint, type RocTable, type RocVariant } from './roc.js';
export {
  averagePrecision,
  prCurve,
  type AveragePrecisionRule,
  type PrPoint,
} from './precision-recall.js';
export { specificityAtSensitivity, type RatePoint } from './specificity-at-sensitivity.js';
export { youden, type YoudenPoint } from './youden.js';
export {
  partialAuc,
  partialAucStatistic,
  type PartialAuc,
  type PartialAucRegion,
} from './partial-auc.js';
export {
  rocBandKs,
  rocBandPointwise,
  type PointwiseBand,
  type PointwiseBandOptions,
  type SimultaneousBand,
} from './roc-band.js';
export {
  drawnCurves,
  type DrawnCurves,
  type DrawnPrPoint,
  type DrawnRocPoint,
} from './drawn-curves.js';
export { resampledRoc, type ResampledRoc, type ResampledRocOptions } from './roc-resampled.js';
export {
  transferThreshold,
  type ScoredCohort,
  type ThresholdChoice,
  type TransferredThreshold,
} from './threshold-transfer.js';
export { operatingPoint, type OperatingPoint, type ThresholdRule } from './operating-point.js';
export { clopperPearsonInterval, wilsonInterval, type Proportion } from './proportion.js';
export {
  clusteredOperatingPoint,
  clusteredProportion,
  clusteredProportionDifference,
  type ClusteredOperatingPoint,
  type ClusteredProportion,
  type ClusteredProportionDifference,
  type ClusteredRate,
} from './clustered-proportion.js';
export { pairedPilot, type PairedPilot } from './paired-pilot.js';
export { mcnemarExact, type McNemar } from './mcnemar.js';
export { flipList, type FlipList } from './flip-list.js';
export { scoreShift, shiftOf, type ScoreShift, type Shift } from './score-shift.js';

export {
  brierStatistic,
  calibration,
  calibrationInTheLargeStatistic,
  calibrationSlopeStatistic,
  reliability,
  type Reliability,
  type Calibration,
  type CalibrationIntercept,
  type CalibrationOptions,
  type CalibrationSlope,
} from './calibration.js';
export type { ReliabilityBin } from './reliability.js';
export { clusteredCalibration, type ClusteredCalibration } from './clustered-calibration.js';
export { clusteredDecisionCurve, type ClusteredDecisionPoint } from './clustered-decision-curve.js';
export { decisionCurve, type DecisionCurve, type DecisionPoint } from './decision-curve.js';
export {
  subgroupAuc,
  subgroupGain,
  type SubgroupAuc,
  type SubgroupGain,
  type SubgroupGainLevel,
  type SubgroupLevel,
} from './subgroup-auc.js';
export type { InteractionTest, LevelLeftOut } from './subgroup-interaction.js';
export {
  subgroupVersions,
  type LevelVersion,
  type SubgroupVersions,
  type SubgroupVersionsOptions,
  type VersionsLevel,
} from './subgroup-versions.js';
export type { SubgroupOptions } from './subgroup-strata.js';
export {
  designEffect,
  hanleyMcNeilVariance,
  powerPairedAuc,
  powerSingleAuc,
  type PairedPlan,
  type SizeOrPower,
  type StudySize,
} from './power.js';

export { sharingOrders } from './score-order.js';
export type { BitMask } from './bit-mask.js';
export { segmentationCounts, type SegmentationCounts } from './segmentation-counts.js';
export {
  overlapColumns,
  segmentationMetrics,
  thresholdJaccard,
  type MetricSet,
  type OverlapColumns,
  type SegmentationMetrics,
} from './segmentation-metrics.js';
export { surfaceDistances, type SurfaceDistances } from './surface-distances.js';
export {
  macroMean,
  macroMeanStatistic,
  type MacroMean,
  type MacroMeanOptions,
} from './macro-mean.js';
export {
  distribution,
  type Distribution,
  type DistributionOptions,
  type HistogramBin,
} from './distribution.js';
export { comparePairedJaccard, type PairedJaccard } from './paired-jaccard.js';
export { wilcoxonSignedRank, type WilcoxonSignedRank } from './wilcoxon.js';
export { cohenKappa, type CohenKappa, type Kappa } from './cohen-kappa.js';
export { fleissKappa, type FleissKappa } from './fleiss-kappa.js';
export { icc21, type IntraclassCorrelation } from './icc.js';
export { pairwiseDice, type PairwiseDice } from './pairwise-dice.js';

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
export { studentTQuantile, studentTSf, twoSidedTP } from './student.js';
export { betaCdf, betaQuantile } from './beta.js';
