-- CreateTable
CREATE TABLE "ScheduleRun" (
    "organizationId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "scheduleId" TEXT NOT NULL,
    "firingId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL,
    "statusCode" INTEGER,
    "runId" TEXT,
    "sessionId" TEXT,
    "error" TEXT,
    "input" JSONB,
    "output" JSONB,
    "requirements" JSONB,
    "missedCount" INTEGER NOT NULL DEFAULT 0,
    "skippedCount" INTEGER NOT NULL DEFAULT 0,
    "expiresAt" TIMESTAMPTZ(3),
    "triggeredAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "firingEndedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ScheduleRun_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Schedule" (
    "organizationId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "method" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "payload" JSONB,
    "cronExpression" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "timeoutSeconds" INTEGER NOT NULL,
    "maxRetries" INTEGER NOT NULL,
    "retryDelaySeconds" INTEGER NOT NULL,
    "overlapPolicy" TEXT NOT NULL,
    "catchUpPolicy" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "nextRunAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Schedule_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE INDEX "ScheduleRun_organizationId_scheduleId_createdAt_idx" ON "ScheduleRun"("organizationId", "scheduleId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "ScheduleRun_organizationId_scheduleId_firingEndedAt_idx" ON "ScheduleRun"("organizationId", "scheduleId", "firingEndedAt");

-- CreateIndex
CREATE INDEX "ScheduleRun_firingEndedAt_expiresAt_idx" ON "ScheduleRun"("firingEndedAt", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "ScheduleRun_organizationId_firingId_attempt_key" ON "ScheduleRun"("organizationId", "firingId", "attempt");

-- CreateIndex
CREATE INDEX "Schedule_enabled_nextRunAt_idx" ON "Schedule"("enabled", "nextRunAt");

-- CreateIndex
CREATE UNIQUE INDEX "Schedule_organizationId_name_key" ON "Schedule"("organizationId", "name");

-- AddForeignKey
ALTER TABLE "ScheduleRun" ADD CONSTRAINT "ScheduleRun_organizationId_scheduleId_fkey" FOREIGN KEY ("organizationId", "scheduleId") REFERENCES "Schedule"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Schedule" ADD CONSTRAINT "Schedule_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
