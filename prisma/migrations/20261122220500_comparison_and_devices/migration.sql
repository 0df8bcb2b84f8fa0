-- CreateEnum
CREATE TYPE "EvaluationPurpose" AS ENUM ('EXPLORATORY', 'CONFIRMATORY');

-- AlterTable
ALTER TABLE "Evaluation" ADD COLUMN     "comparison" JSONB,
ADD COLUMN     "planId" UUID,
ADD COLUMN     "purpose" "EvaluationPurpose" NOT NULL DEFAULT 'EXPLORATORY',
ADD COLUMN     "question" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "ModelVersion" ADD COLUMN     "endpoint" JSONB;

-- AlterTable
ALTER TABLE "ReferenceMask" ADD COLUMN     "packed" BYTEA;

-- CreateTable
CREATE TABLE "PreparedImage" (
    "imageId" UUID NOT NULL,
    "specification" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PreparedImage_pkey" PRIMARY KEY ("imageId","specification")
);

-- CreateTable
CREATE TABLE "TrainingImage" (
    "modelVersionId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "sha256" CHAR(64),

    CONSTRAINT "TrainingImage_pkey" PRIMARY KEY ("modelVersionId","code")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "id" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "imageCount" INTEGER NOT NULL,
    "imagesHash" CHAR(64) NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "report" JSONB NOT NULL,
    "issuedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModelAlias" (
    "studyId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ModelAlias_pkey" PRIMARY KEY ("studyId","name")
);

-- CreateTable
CREATE TABLE "AliasChange" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "fromVersionId" UUID,
    "toVersionId" UUID,
    "reason" TEXT NOT NULL,
    "evaluationId" UUID,
    "changedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AliasChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Worker" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "processId" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "memoryMb" INTEGER NOT NULL DEFAULT 0,
    "devices" JSONB NOT NULL DEFAULT '[]',
    "sessions" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnalysisPlan" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "rules" JSONB NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lockedById" UUID,
    "lockedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AnalysisPlan_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "TrainingImage_code_idx" ON "TrainingImage"("code");

-- CreateIndex
CREATE INDEX "TrainingImage_sha256_idx" ON "TrainingImage"("sha256");

-- CreateIndex
CREATE INDEX "Certificate_modelVersionId_createdAt_idx" ON "Certificate"("modelVersionId", "createdAt");

-- CreateIndex
CREATE INDEX "ModelAlias_modelVersionId_idx" ON "ModelAlias"("modelVersionId");

-- CreateIndex
CREATE INDEX "AliasChange_studyId_name_createdAt_id_idx" ON "AliasChange"("studyId", "name", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Worker_lastSeenAt_idx" ON "Worker"("lastSeenAt");

-- CreateIndex
CREATE UNIQUE INDEX "AnalysisPlan_studyId_version_key" ON "AnalysisPlan"("studyId", "version");

-- AddForeignKey
ALTER TABLE "PreparedImage" ADD CONSTRAINT "PreparedImage_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingImage" ADD CONSTRAINT "TrainingImage_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_issuedById_fkey" FOREIGN KEY ("issuedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelAlias" ADD CONSTRAINT "ModelAlias_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelAlias" ADD CONSTRAINT "ModelAlias_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AliasChange" ADD CONSTRAINT "AliasChange_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AliasChange" ADD CONSTRAINT "AliasChange_fromVersionId_fkey" FOREIGN KEY ("fromVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AliasChange" ADD CONSTRAINT "AliasChange_toVersionId_fkey" FOREIGN KEY ("toVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AliasChange" ADD CONSTRAINT "AliasChange_evaluationId_fkey" FOREIGN KEY ("evaluationId") REFERENCES "Evaluation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AliasChange" ADD CONSTRAINT "AliasChange_changedById_fkey" FOREIGN KEY ("changedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnalysisPlan" ADD CONSTRAINT "AnalysisPlan_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnalysisPlan" ADD CONSTRAINT "AnalysisPlan_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnalysisPlan" ADD CONSTRAINT "AnalysisPlan_lockedById_fkey" FOREIGN KEY ("lockedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_planId_fkey" FOREIGN KEY ("planId") REFERENCES "AnalysisPlan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


