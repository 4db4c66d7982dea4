-- CreateTable
CREATE TABLE "Effect" (
    "organizationId" TEXT NOT NULL,
    "rootRunId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "toolCallId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "toolName" TEXT NOT NULL,
    "toolFingerprint" TEXT NOT NULL,
    "argumentsHash" TEXT NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "settledBy" TEXT,
    "claimedAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Effect_pkey" PRIMARY KEY ("organizationId","runId","toolCallId","attempt")
);

-- CreateIndex
CREATE INDEX "Effect_organizationId_rootRunId_idx" ON "Effect"("organizationId", "rootRunId");

-- CreateIndex
CREATE INDEX "Effect_organizationId_status_claimedAt_idx" ON "Effect"("organizationId", "status", "claimedAt" DESC);

-- AddForeignKey
ALTER TABLE "Effect" ADD CONSTRAINT "Effect_organizationId_rootRunId_fkey" FOREIGN KEY ("organizationId", "rootRunId") REFERENCES "Run"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
