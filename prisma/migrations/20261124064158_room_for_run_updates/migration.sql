-- Every append updates its run's row. With room left on the page the new version stays there and no index is touched;
-- on full pages each of them would be written again. Prisma's schema cannot say this.
ALTER TABLE "Run" SET (fillfactor = 40);
