-- AlterTable
ALTER TABLE "ScheduleRun" ADD COLUMN     "request" JSONB;
