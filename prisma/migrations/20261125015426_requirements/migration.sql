-- CreateTable
CREATE TABLE "Requirement" (
    "organizationId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rootRunId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "subject" TEXT,
    "componentType" TEXT NOT NULL,
    "componentId" TEXT NOT NULL,
    "componentName" TEXT NOT NULL,
    "toolCallId" TEXT NOT NULL,
    "toolName" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "approvalType" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "outcome" TEXT,
    "asked" JSON NOT NULL,
    "argumentsHash" TEXT NOT NULL,
    "toolFingerprint" TEXT NOT NULL,
    "settled" JSON,
    "settledHash" TEXT,
    "resolvedBy" TEXT,
    "resolvedAt" TIMESTAMPTZ(3),
    "continuedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Requirement_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE INDEX "Requirement_organizationId_rootRunId_idx" ON "Requirement"("organizationId", "rootRunId");

-- CreateIndex
CREATE INDEX "Requirement_organizationId_status_createdAt_idx" ON "Requirement"("organizationId", "status", "createdAt" DESC);

-- AddForeignKey
ALTER TABLE "Requirement" ADD CONSTRAINT "Requirement_organizationId_rootRunId_fkey" FOREIGN KEY ("organizationId", "rootRunId") REFERENCES "Run"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
