-- CreateTable
CREATE TABLE "BudgetGrant" (
    "organizationId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "counterId" TEXT NOT NULL,
    "budgetId" TEXT,
    "requirementId" TEXT NOT NULL,
    "rootRunId" TEXT NOT NULL,
    "amountMicroUsd" BIGINT NOT NULL,
    "grantedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BudgetGrant_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "BudgetUse" (
    "organizationId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "budgetId" TEXT,
    "window" TEXT,
    "subject" TEXT,
    "rootRunId" TEXT,
    "spentMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "reservedMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "grantedMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "warnedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BudgetUse_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Budget" (
    "organizationId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "appliesTo" TEXT NOT NULL,
    "agentId" TEXT,
    "userId" TEXT,
    "period" TEXT NOT NULL,
    "limitMicroUsd" BIGINT NOT NULL,
    "expiresAfterSeconds" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Budget_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Spending" (
    "organizationId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rootRunId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "subject" TEXT,
    "componentId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "toolCallId" TEXT,
    "generation" INTEGER NOT NULL,
    "counters" TEXT[],
    "reservedMicroUsd" BIGINT NOT NULL,
    "settledMicroUsd" BIGINT,
    "status" TEXT NOT NULL DEFAULT 'reserved',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Spending_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE INDEX "BudgetGrant_organizationId_counterId_idx" ON "BudgetGrant"("organizationId", "counterId");

-- CreateIndex
CREATE INDEX "BudgetUse_organizationId_budgetId_window_idx" ON "BudgetUse"("organizationId", "budgetId", "window");

-- CreateIndex
CREATE INDEX "BudgetUse_createdAt_idx" ON "BudgetUse"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Budget_organizationId_name_key" ON "Budget"("organizationId", "name");

-- CreateIndex
CREATE INDEX "Spending_organizationId_rootRunId_idx" ON "Spending"("organizationId", "rootRunId");

-- CreateIndex
CREATE INDEX "Spending_status_createdAt_idx" ON "Spending"("status", "createdAt");

-- AddForeignKey
ALTER TABLE "BudgetGrant" ADD CONSTRAINT "BudgetGrant_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BudgetUse" ADD CONSTRAINT "BudgetUse_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Budget" ADD CONSTRAINT "Budget_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Spending" ADD CONSTRAINT "Spending_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
