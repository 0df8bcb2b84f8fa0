-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN     "isLimited" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "ModelVersion" ADD COLUMN     "retiredAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ApiTokenStudy" (
    "tokenId" UUID NOT NULL,
    "studyId" UUID NOT NULL,

    CONSTRAINT "ApiTokenStudy_pkey" PRIMARY KEY ("tokenId","studyId")
);

-- CreateTable
CREATE TABLE "VersionRetirement" (
    "id" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "isRetired" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "changedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VersionRetirement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SnapshotAnswers" (
    "snapshotId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "packed" BYTEA NOT NULL,

    CONSTRAINT "SnapshotAnswers_pkey" PRIMARY KEY ("snapshotId","modelVersionId")
);

-- CreateIndex
CREATE INDEX "ApiTokenStudy_studyId_idx" ON "ApiTokenStudy"("studyId");

-- CreateIndex
CREATE INDEX "VersionRetirement_modelVersionId_createdAt_id_idx" ON "VersionRetirement"("modelVersionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SnapshotAnswers_modelVersionId_idx" ON "SnapshotAnswers"("modelVersionId");

-- AddForeignKey
ALTER TABLE "ApiTokenStudy" ADD CONSTRAINT "ApiTokenStudy_tokenId_fkey" FOREIGN KEY ("tokenId") REFERENCES "ApiToken"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiTokenStudy" ADD CONSTRAINT "ApiTokenStudy_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionRetirement" ADD CONSTRAINT "VersionRetirement_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionRetirement" ADD CONSTRAINT "VersionRetirement_changedById_fkey" FOREIGN KEY ("changedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotAnswers" ADD CONSTRAINT "SnapshotAnswers_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "CohortSnapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SnapshotAnswers" ADD CONSTRAINT "SnapshotAnswers_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Scores do not compress; trying to costs more than to read them.
ALTER TABLE "SnapshotAnswers" ALTER COLUMN "packed" SET STORAGE EXTERNAL;

-- What is packed never outlives what it was packed from.
CREATE FUNCTION "forgetAnswersOfPredictions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "SnapshotAnswers"
  WHERE "modelVersionId" IN (SELECT "modelVersionId" FROM "before");
  RETURN NULL;
END $$;

CREATE FUNCTION "forgetAnswersOfParts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "SnapshotAnswers"
  WHERE "modelVersionId" IN (
    SELECT p."modelVersionId" FROM "before" b JOIN "Prediction" p ON p.id = b."predictionId");
  RETURN NULL;
END $$;

CREATE TRIGGER "Prediction_changed" AFTER UPDATE ON "Prediction"
  REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "forgetAnswersOfPredictions"();
CREATE TRIGGER "Prediction_deleted" AFTER DELETE ON "Prediction"
  REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "forgetAnswersOfPredictions"();
CREATE TRIGGER "Score_changed" AFTER UPDATE ON "Score"
  REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "forgetAnswersOfParts"();
CREATE TRIGGER "Score_deleted" AFTER DELETE ON "Score"
  REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "forgetAnswersOfParts"();
CREATE TRIGGER "MaskAgreement_changed" AFTER UPDATE ON "MaskAgreement"
  REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "forgetAnswersOfParts"();
CREATE TRIGGER "MaskAgreement_deleted" AFTER DELETE ON "MaskAgreement"
  REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "forgetAnswersOfParts"();
