-- CreateTable
CREATE TABLE "DurableDedupe" (
    "key" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "DurableDedupe_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "DurableEvent" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organizationId" TEXT,
    "payload" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DurableEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DurableFunction" (
    "id" TEXT NOT NULL,
    "appId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "config" TEXT NOT NULL,
    "registeredAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(6),

    CONSTRAINT "DurableFunction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DurableJob" (
    "id" TEXT NOT NULL,
    "runId" TEXT,
    "functionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "isTimer" BOOLEAN NOT NULL,
    "stepId" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "maxAttempts" INTEGER NOT NULL DEFAULT 1,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "ownerId" TEXT,
    "availableAt" TIMESTAMPTZ(6) NOT NULL,
    "orderAt" TIMESTAMPTZ(6) NOT NULL,
    "limitKeys" TEXT[],
    "limits" INTEGER[],
    "payload" TEXT,

    CONSTRAINT "DurableJob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DurablePause" (
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "stepId" TEXT,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "matchKey" TEXT,
    "expression" TEXT,
    "expiresAt" TIMESTAMPTZ(6),

    CONSTRAINT "DurablePause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DurableRun" (
    "id" TEXT NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "functionId" TEXT NOT NULL,
    "organizationId" TEXT,
    "eventId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "pending" TEXT[],
    "requestVersion" INTEGER,
    "maxAttempts" INTEGER NOT NULL,
    "limitKeys" TEXT[],
    "limits" INTEGER[],
    "priority" INTEGER NOT NULL DEFAULT 0,
    "singletonKey" TEXT,
    "output" TEXT,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(6),
    "endedAt" TIMESTAMPTZ(6),

    CONSTRAINT "DurableRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DurableStep" (
    "runId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "state" TEXT,
    "waitsFor" TEXT,
    "waitsUntil" TIMESTAMPTZ(6),
    "race" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(6),

    CONSTRAINT "DurableStep_pkey" PRIMARY KEY ("runId","id")
);

-- CreateIndex
CREATE INDEX "DurableDedupe_expiresAt_idx" ON "DurableDedupe"("expiresAt");

-- CreateIndex
CREATE INDEX "DurableEvent_receivedAt_idx" ON "DurableEvent"("receivedAt");

-- CreateIndex
CREATE INDEX "DurableJob_isTimer_availableAt_idx" ON "DurableJob"("isTimer", "availableAt");

-- CreateIndex
CREATE INDEX "DurableJob_runId_idx" ON "DurableJob"("runId");

-- CreateIndex
CREATE INDEX "DurableJob_ownerId_idx" ON "DurableJob"("ownerId");

-- CreateIndex
CREATE INDEX "DurablePause_kind_name_matchKey_idx" ON "DurablePause"("kind", "name", "matchKey");

-- CreateIndex
CREATE INDEX "DurablePause_runId_idx" ON "DurablePause"("runId");

-- CreateIndex
CREATE UNIQUE INDEX "DurableRun_singletonKey_key" ON "DurableRun"("singletonKey");

-- CreateIndex
CREATE INDEX "DurableRun_organizationId_ordinal_idx" ON "DurableRun"("organizationId", "ordinal" DESC);

-- CreateIndex
CREATE INDEX "DurableRun_functionId_status_idx" ON "DurableRun"("functionId", "status");

-- CreateIndex
CREATE INDEX "DurableRun_eventId_idx" ON "DurableRun"("eventId");

-- CreateIndex
CREATE INDEX "DurableRun_endedAt_idx" ON "DurableRun"("endedAt");

-- AddForeignKey
ALTER TABLE "DurableRun" ADD CONSTRAINT "DurableRun_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "DurableEvent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DurableStep" ADD CONSTRAINT "DurableStep_runId_fkey" FOREIGN KEY ("runId") REFERENCES "DurableRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;
