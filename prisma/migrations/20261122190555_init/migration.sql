-- CreateEnum
CREATE TYPE "ApiTokenScope" AS ENUM ('READ', 'WRITE');

-- CreateEnum
CREATE TYPE "StudyRole" AS ENUM ('COORDINATOR', 'READER', 'STATISTICIAN', 'ML_ENGINEER', 'AUDITOR');

-- CreateEnum
CREATE TYPE "Sex" AS ENUM ('FEMALE', 'MALE', 'OTHER');

-- CreateEnum
CREATE TYPE "FitzpatrickSkinType" AS ENUM ('I', 'II', 'III', 'IV', 'V', 'VI');

-- CreateEnum
CREATE TYPE "ConsentStatus" AS ENUM ('ACTIVE', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "AnatomicSite" AS ENUM ('HEAD_NECK', 'UPPER_EXTREMITY', 'LOWER_EXTREMITY', 'ANTERIOR_TORSO', 'POSTERIOR_TORSO', 'LATERAL_TORSO', 'PALMS_SOLES', 'ORAL_GENITAL');

-- CreateEnum
CREATE TYPE "ImageModality" AS ENUM ('DERMOSCOPY', 'CLINICAL');

-- CreateEnum
CREATE TYPE "ImageQuality" AS ENUM ('ACCEPTED', 'EXCLUDED');

-- CreateEnum
CREATE TYPE "Diagnosis" AS ENUM ('MELANOMA', 'SEBORRHEIC_KERATOSIS', 'NEVUS', 'BASAL_CELL_CARCINOMA', 'SQUAMOUS_CELL_CARCINOMA', 'ACTINIC_KERATOSIS', 'SOLAR_LENTIGO', 'LICHENOID_KERATOSIS', 'DERMATOFIBROMA', 'VASCULAR_LESION', 'OTHER_BENIGN', 'OTHER_MALIGNANT');

-- CreateEnum
CREATE TYPE "DiagnosisMethod" AS ENUM ('HISTOPATHOLOGY', 'EXPERT_CONSENSUS', 'FOLLOW_UP', 'SINGLE_EXPERT', 'NOT_RECORDED', 'BY_CONSTRUCTION');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('UPLOADING', 'CHECKING', 'CHECKED', 'APPLYING', 'APPLIED', 'FAILED', 'DISCARDED');

-- CreateEnum
CREATE TYPE "DuplicatePolicy" AS ENUM ('SKIP', 'KEEP');

-- CreateEnum
CREATE TYPE "ModelOrigin" AS ENUM ('ONNX', 'REMOTE', 'IMPORTED_SCORES');

-- CreateEnum
CREATE TYPE "RunState" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'CANCELLED', 'FAILED');

-- CreateEnum
CREATE TYPE "RequestedDevice" AS ENUM ('AUTO', 'CPU', 'CUDA', 'WEBGPU');

-- CreateEnum
CREATE TYPE "RunImageState" AS ENUM ('WAITING', 'SCORED', 'FAILED', 'SKIPPED');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "isAdmin" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" UUID NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "scope" "ApiTokenScope" NOT NULL DEFAULT 'READ',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Study" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "protocol" TEXT NOT NULL DEFAULT '',
    "isSynthetic" BOOLEAN NOT NULL DEFAULT false,
    "nextRunNumber" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Study_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StudyMember" (
    "studyId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "StudyRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StudyMember_pkey" PRIMARY KEY ("studyId","userId")
);

-- CreateTable
CREATE TABLE "Patient" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "sex" "Sex",
    "ageYears" INTEGER,
    "skinType" "FitzpatrickSkinType",
    "consent" "ConsentStatus" NOT NULL DEFAULT 'ACTIVE',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lesion" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "anatomicSite" "AnatomicSite",
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Lesion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Image" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "lesionId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "modality" "ImageModality" NOT NULL DEFAULT 'DERMOSCOPY',
    "dayOfStudy" INTEGER,
    "widthPx" INTEGER NOT NULL,
    "heightPx" INTEGER NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "copyNumber" INTEGER NOT NULL DEFAULT 0,
    "quality" "ImageQuality" NOT NULL DEFAULT 'ACCEPTED',
    "qualityNote" TEXT,
    "source" TEXT NOT NULL DEFAULT '',
    "licence" TEXT NOT NULL DEFAULT '',
    "attribution" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "importId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReferenceDiagnosis" (
    "id" UUID NOT NULL,
    "lesionId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "diagnosis" "Diagnosis" NOT NULL,
    "method" "DiagnosisMethod" NOT NULL,
    "authorId" UUID,
    "reason" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "supersededAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReferenceDiagnosis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReferenceMask" (
    "id" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "widthPx" INTEGER NOT NULL,
    "heightPx" INTEGER NOT NULL,
    "areaPx" INTEGER NOT NULL,
    "png" BYTEA NOT NULL,
    "authorId" UUID,
    "reason" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "supersededAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReferenceMask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Import" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "state" "ImportState" NOT NULL DEFAULT 'UPLOADING',
    "duplicates" "DuplicatePolicy" NOT NULL DEFAULT 'SKIP',
    "leaveOutErrors" BOOLEAN NOT NULL DEFAULT false,
    "doneCount" INTEGER NOT NULL DEFAULT 0,
    "totalCount" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB,
    "failure" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Model" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModelVersion" (
    "id" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "origin" "ModelOrigin" NOT NULL DEFAULT 'ONNX',
    "sha256" CHAR(64) NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "manifest" JSONB NOT NULL,
    "card" TEXT NOT NULL DEFAULT '',
    "checks" JSONB NOT NULL,
    "registeredById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cohort" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Cohort_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CohortSnapshot" (
    "id" UUID NOT NULL,
    "cohortId" UUID NOT NULL,
    "contentHash" CHAR(64) NOT NULL,
    "imageCount" INTEGER NOT NULL,
    "patientCount" INTEGER NOT NULL,
    "takenById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CohortSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SnapshotImage" (
    "snapshotId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "referenceDiagnosisId" UUID,
    "referenceMaskId" UUID,

    CONSTRAINT "SnapshotImage_pkey" PRIMARY KEY ("snapshotId","imageId")
);

-- CreateTable
CREATE TABLE "InferenceRun" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "snapshotId" UUID,
    "requestKey" TEXT,
    "state" "RunState" NOT NULL DEFAULT 'QUEUED',
    "requestedDevice" "RequestedDevice" NOT NULL DEFAULT 'AUTO',
    "actualDevice" TEXT,
    "deviceNote" TEXT,
    "totalCount" INTEGER NOT NULL,
    "scoredCount" INTEGER NOT NULL DEFAULT 0,
    "failedCount" INTEGER NOT NULL DEFAULT 0,
    "skippedCount" INTEGER NOT NULL DEFAULT 0,
    "retryCount" INTEGER NOT NULL DEFAULT 0,
    "stageMs" JSONB NOT NULL DEFAULT '{}',
    "failure" TEXT,
    "requestedById" UUID,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "progressedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "InferenceRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunImage" (
    "runId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "state" "RunImageState" NOT NULL DEFAULT 'WAITING',
    "failureReason" TEXT,
    "failureDetail" TEXT,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RunImage_pkey" PRIMARY KEY ("runId","imageId")
);

-- CreateTable
CREATE TABLE "Prediction" (
    "id" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Prediction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Score" (
    "predictionId" UUID NOT NULL,
    "task" TEXT NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "Score_pkey" PRIMARY KEY ("predictionId","task")
);

-- CreateTable
CREATE TABLE "PredictedMask" (
    "predictionId" UUID NOT NULL,
    "widthPx" INTEGER NOT NULL,
    "heightPx" INTEGER NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "areaPx" INTEGER NOT NULL,
    "boxLeftPx" INTEGER,
    "boxTopPx" INTEGER,
    "boxWidthPx" INTEGER,
    "boxHeightPx" INTEGER,
    "png" BYTEA NOT NULL,

    CONSTRAINT "PredictedMask_pkey" PRIMARY KEY ("predictionId")
);

-- CreateTable
CREATE TABLE "MaskAgreement" (
    "predictionId" UUID NOT NULL,
    "referenceMaskId" UUID NOT NULL,
    "truePositivePx" INTEGER NOT NULL,
    "falsePositivePx" INTEGER NOT NULL,
    "falseNegativePx" INTEGER NOT NULL,
    "trueNegativePx" INTEGER NOT NULL,

    CONSTRAINT "MaskAgreement_pkey" PRIMARY KEY ("predictionId","referenceMaskId")
);

-- CreateTable
CREATE TABLE "Evaluation" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "snapshotId" UUID NOT NULL,
    "metricSet" TEXT NOT NULL,
    "metricsVersion" TEXT NOT NULL,
    "inputsHash" CHAR(64) NOT NULL,
    "results" JSONB NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EvaluationVersion" (
    "evaluationId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "slot" INTEGER NOT NULL,

    CONSTRAINT "EvaluationVersion_pkey" PRIMARY KEY ("evaluationId","modelVersionId")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_sha256_key" ON "ApiToken"("sha256");

-- CreateIndex
CREATE INDEX "ApiToken_userId_idx" ON "ApiToken"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Study_slug_key" ON "Study"("slug");

-- CreateIndex
CREATE INDEX "StudyMember_userId_idx" ON "StudyMember"("userId");

-- CreateIndex
CREATE INDEX "Patient_studyId_createdAt_id_idx" ON "Patient"("studyId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Patient_studyId_code_key" ON "Patient"("studyId", "code");

-- CreateIndex
CREATE UNIQUE INDEX "Patient_id_studyId_key" ON "Patient"("id", "studyId");

-- CreateIndex
CREATE INDEX "Lesion_studyId_idx" ON "Lesion"("studyId");

-- CreateIndex
CREATE UNIQUE INDEX "Lesion_patientId_code_key" ON "Lesion"("patientId", "code");

-- CreateIndex
CREATE UNIQUE INDEX "Lesion_id_studyId_key" ON "Lesion"("id", "studyId");

-- CreateIndex
CREATE INDEX "Image_studyId_createdAt_id_idx" ON "Image"("studyId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Image_lesionId_idx" ON "Image"("lesionId");

-- CreateIndex
CREATE UNIQUE INDEX "Image_studyId_code_key" ON "Image"("studyId", "code");

-- CreateIndex
CREATE UNIQUE INDEX "Image_studyId_sha256_copyNumber_key" ON "Image"("studyId", "sha256", "copyNumber");

-- CreateIndex
CREATE UNIQUE INDEX "ReferenceDiagnosis_lesionId_version_key" ON "ReferenceDiagnosis"("lesionId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "ReferenceMask_imageId_version_key" ON "ReferenceMask"("imageId", "version");

-- CreateIndex
CREATE INDEX "Import_studyId_createdAt_id_idx" ON "Import"("studyId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Model_name_key" ON "Model"("name");

-- CreateIndex
CREATE UNIQUE INDEX "ModelVersion_modelId_version_key" ON "ModelVersion"("modelId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Cohort_studyId_name_key" ON "Cohort"("studyId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "CohortSnapshot_cohortId_contentHash_key" ON "CohortSnapshot"("cohortId", "contentHash");

-- CreateIndex
CREATE INDEX "SnapshotImage_imageId_idx" ON "SnapshotImage"("imageId");

-- CreateIndex
CREATE INDEX "InferenceRun_studyId_requestedAt_id_idx" ON "InferenceRun"("studyId", "requestedAt", "id");

-- CreateIndex
CREATE INDEX "InferenceRun_state_idx" ON "InferenceRun"("state");

-- CreateIndex
CREATE UNIQUE INDEX "InferenceRun_studyId_number_key" ON "InferenceRun"("studyId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "InferenceRun_requestKey_key" ON "InferenceRun"("requestKey");

-- CreateIndex
CREATE INDEX "RunImage_runId_state_position_idx" ON "RunImage"("runId", "state", "position");

-- CreateIndex
CREATE INDEX "RunImage_imageId_idx" ON "RunImage"("imageId");

-- CreateIndex
CREATE INDEX "Prediction_imageId_idx" ON "Prediction"("imageId");

-- CreateIndex
CREATE INDEX "Prediction_runId_createdAt_idx" ON "Prediction"("runId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Prediction_modelVersionId_imageId_key" ON "Prediction"("modelVersionId", "imageId");

-- CreateIndex
CREATE INDEX "MaskAgreement_referenceMaskId_idx" ON "MaskAgreement"("referenceMaskId");

-- CreateIndex
CREATE INDEX "Evaluation_studyId_createdAt_id_idx" ON "Evaluation"("studyId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Evaluation_inputsHash_key" ON "Evaluation"("inputsHash");

-- CreateIndex
CREATE INDEX "EvaluationVersion_modelVersionId_idx" ON "EvaluationVersion"("modelVersionId");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Study" ADD CONSTRAINT "Study_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StudyMember" ADD CONSTRAINT "StudyMember_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StudyMember" ADD CONSTRAINT "StudyMember_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Patient" ADD CONSTRAINT "Patient_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lesion" ADD CONSTRAINT "Lesion_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lesion" ADD CONSTRAINT "Lesion_patientId_studyId_fkey" FOREIGN KEY ("patientId", "studyId") REFERENCES "Patient"("id", "studyId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_lesionId_studyId_fkey" FOREIGN KEY ("lesionId", "studyId") REFERENCES "Lesion"("id", "studyId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReferenceDiagnosis" ADD CONSTRAINT "ReferenceDiagnosis_lesionId_fkey" FOREIGN KEY ("lesionId") REFERENCES "Lesion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReferenceDiagnosis" ADD CONSTRAINT "ReferenceDiagnosis_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReferenceMask" ADD CONSTRAINT "ReferenceMask_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReferenceMask" ADD CONSTRAINT "ReferenceMask_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelVersion" ADD CONSTRAINT "ModelVersion_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelVersion" ADD CONSTRAINT "ModelVersion_registeredById_fkey" FOREIGN KEY ("registeredById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cohort" ADD CONSTRAINT "Cohort_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cohort" ADD CONSTRAINT "Cohort_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CohortSnapshot" ADD CONSTRAINT "CohortSnapshot_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CohortSnapshot" ADD CONSTRAINT "CohortSnapshot_takenById_fkey" FOREIGN KEY ("takenById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotImage" ADD CONSTRAINT "SnapshotImage_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "CohortSnapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotImage" ADD CONSTRAINT "SnapshotImage_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotImage" ADD CONSTRAINT "SnapshotImage_referenceDiagnosisId_fkey" FOREIGN KEY ("referenceDiagnosisId") REFERENCES "ReferenceDiagnosis"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotImage" ADD CONSTRAINT "SnapshotImage_referenceMaskId_fkey" FOREIGN KEY ("referenceMaskId") REFERENCES "ReferenceMask"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InferenceRun" ADD CONSTRAINT "InferenceRun_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InferenceRun" ADD CONSTRAINT "InferenceRun_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InferenceRun" ADD CONSTRAINT "InferenceRun_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "CohortSnapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InferenceRun" ADD CONSTRAINT "InferenceRun_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunImage" ADD CONSTRAINT "RunImage_runId_fkey" FOREIGN KEY ("runId") REFERENCES "InferenceRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunImage" ADD CONSTRAINT "RunImage_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_runId_fkey" FOREIGN KEY ("runId") REFERENCES "InferenceRun"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Score" ADD CONSTRAINT "Score_predictionId_fkey" FOREIGN KEY ("predictionId") REFERENCES "Prediction"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PredictedMask" ADD CONSTRAINT "PredictedMask_predictionId_fkey" FOREIGN KEY ("predictionId") REFERENCES "Prediction"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MaskAgreement" ADD CONSTRAINT "MaskAgreement_predictionId_fkey" FOREIGN KEY ("predictionId") REFERENCES "Prediction"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MaskAgreement" ADD CONSTRAINT "MaskAgreement_referenceMaskId_fkey" FOREIGN KEY ("referenceMaskId") REFERENCES "ReferenceMask"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "CohortSnapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationVersion" ADD CONSTRAINT "EvaluationVersion_evaluationId_fkey" FOREIGN KEY ("evaluationId") REFERENCES "Evaluation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationVersion" ADD CONSTRAINT "EvaluationVersion_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
