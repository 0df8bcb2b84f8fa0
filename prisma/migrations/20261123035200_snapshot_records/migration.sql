-- CreateTable
CREATE TABLE "SnapshotRecords" (
    "snapshotId" UUID NOT NULL,
    "stamp" TEXT NOT NULL,
    "packed" BYTEA NOT NULL,

    CONSTRAINT "SnapshotRecords_pkey" PRIMARY KEY ("snapshotId")
);

-- AddForeignKey
ALTER TABLE "SnapshotRecords" ADD CONSTRAINT "SnapshotRecords_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "CohortSnapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- As with the answers: to try to compress it costs more than to read it.
ALTER TABLE "SnapshotRecords" ALTER COLUMN "packed" SET STORAGE EXTERNAL;
