/** One image of a snapshot with its frozen references. */
export interface ReferenceRow {
  study: string;
  isSynthetic: boolean;
  snapshotId: string;
  contentHash: string;
  position: number;
  imageId: string;
  imageCode: string;
  imageSha256: string;
  patientCode: string;
  lesionCode: string;
  sex: string | null;
  ageYears: number | null;
  skinType: string | null;
  anatomicSite: string | null;
  modality: string;
  dayOfStudy: number | null;
  widthPx: number;
  heightPx: number;
  diagnosis: string | null;
  diagnosisMethod: string | null;
  diagnosisVersion: number | null;
  referenceMaskVersion: number | null;
  referenceAreaPx: number | null;
}

/** What one version said of one image. */
export interface PredictionRow extends ReferenceRow {
  modelVersionId: string;
  model: string;
  modelVersion: string;
  modelSha256: string;
  device: string;
  melanoma: number | null;
  seborrheic_keratosis: number | null;
  maskThreshold: number | null;
  predictedAreaPx: number | null;
  boxLeftPx: number | null;
  boxTopPx: number | null;
  boxWidthPx: number | null;
  boxHeightPx: number | null;
  truePositivePx: number | null;
  falsePositivePx: number | null;
  falseNegativePx: number | null;
  trueNegativePx: number | null;
}
