-- CreateIndex
CREATE INDEX "SnapshotImage_snapshotId_position_idx" ON "SnapshotImage"("snapshotId", "position");
