-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "modelUsage" JSONB;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "summary" JSONB,
ADD COLUMN     "summaryOrdinal" BIGINT,
ADD COLUMN     "summaryUsage" JSONB;
