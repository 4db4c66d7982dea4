-- CreateTable
CREATE TABLE "ToolResult" (
    "organizationId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ToolResult_pkey" PRIMARY KEY ("organizationId","key")
);

-- CreateIndex
CREATE INDEX "ToolResult_organizationId_sessionId_idx" ON "ToolResult"("organizationId", "sessionId");

-- CreateIndex
CREATE INDEX "ToolResult_expiresAt_idx" ON "ToolResult"("expiresAt");

-- AddForeignKey
ALTER TABLE "ToolResult" ADD CONSTRAINT "ToolResult_organizationId_sessionId_fkey" FOREIGN KEY ("organizationId", "sessionId") REFERENCES "Session"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
