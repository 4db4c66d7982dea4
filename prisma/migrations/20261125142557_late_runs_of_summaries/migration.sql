-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "summaryLate" TEXT[];
