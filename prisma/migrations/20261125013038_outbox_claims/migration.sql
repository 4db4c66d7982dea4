-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "claimedUntil" TIMESTAMPTZ(3);
