-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "forkedFromMessageIndex" INTEGER,
ADD COLUMN     "forkedFromRunId" TEXT,
ADD COLUMN     "forkedFromSessionId" TEXT,
ADD COLUMN     "regeneratedFrom" TEXT;
