-- AlterTable
ALTER TABLE "Requirement" ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "hiddenAt" TIMESTAMPTZ(3),
ADD COLUMN     "remindAt" TIMESTAMPTZ(3),
ADD COLUMN     "remindedAt" TIMESTAMPTZ(3),
ADD COLUMN     "resolution" JSON,
ADD COLUMN     "rule" JSON,
ADD COLUMN     "votes" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "ApprovalPolicy" (
    "organizationId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "enabled" BOOLEAN NOT NULL,
    "position" INTEGER NOT NULL,
    "toolPattern" TEXT NOT NULL,
    "condition" TEXT,
    "effect" TEXT,
    "approverRoles" TEXT[],
    "approverScopes" TEXT[],
    "approvalsRequired" INTEGER NOT NULL,
    "requesterMayDecide" BOOLEAN NOT NULL,
    "expiresAfterSeconds" INTEGER,
    "remindAfterSeconds" INTEGER,
    "onExpiry" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApprovalPolicy_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE INDEX "ApprovalPolicy_organizationId_position_idx" ON "ApprovalPolicy"("organizationId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "ApprovalPolicy_organizationId_name_key" ON "ApprovalPolicy"("organizationId", "name");

-- CreateIndex
CREATE INDEX "Requirement_organizationId_approvalType_createdAt_idx" ON "Requirement"("organizationId", "approvalType", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Requirement_status_expiresAt_idx" ON "Requirement"("status", "expiresAt");

-- CreateIndex
CREATE INDEX "Requirement_status_remindAt_idx" ON "Requirement"("status", "remindAt");

-- CreateIndex
CREATE INDEX "ScheduleRun_organizationId_runId_idx" ON "ScheduleRun"("organizationId", "runId");

-- AddForeignKey
ALTER TABLE "ApprovalPolicy" ADD CONSTRAINT "ApprovalPolicy_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
