-- AlterTable
ALTER TABLE "Blob" ADD COLUMN     "orphanedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Blob_orphanedAt_idx" ON "Blob"("orphanedAt");

-- Who refers to a blob.
CREATE INDEX "RunEvent_system_idx" ON "RunEvent" ("organizationId", ("internal" ->> 'system'))
  WHERE "type" = 'ModelRequestStarted';
CREATE INDEX "RunEvent_tools_idx" ON "RunEvent" ("organizationId", ("internal" ->> 'tools'))
  WHERE "type" = 'ModelRequestStarted';
CREATE INDEX "RunEvent_attachments_idx" ON "RunEvent"
  USING GIN ((("data" -> 'input' -> 'attachments')::jsonb) jsonb_path_ops)
  WHERE "type" = 'RunStarted' AND ("data" -> 'input' -> 'attachments') IS NOT NULL;

-- What referred to them may have been deleted long ago: each is looked at once.
UPDATE "Blob" SET "orphanedAt" = now();
