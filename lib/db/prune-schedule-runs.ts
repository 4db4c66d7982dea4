import { database } from "./database.ts";

/** So many attempts of a schedule stay however old they are: its last result is worth more than its age. */
const KEPT_OF_EACH = 20;

/**
 * Deletes at most `limit` attempts of schedules, of all organizations, whose firing ended more than `days` days ago;
 * each schedule's newest ones stay. Returns how many were deleted.
 */
export async function pruneScheduleRuns(days: number, limit: number): Promise<number> {
  const { rowCount } = await database().pool.query(
    `DELETE FROM "ScheduleRun" WHERE ("organizationId", id) IN (
       SELECT r."organizationId", r.id FROM "ScheduleRun" r
       WHERE r."firingEndedAt" < now() - make_interval(days => $1)
         AND EXISTS (SELECT 1 FROM "ScheduleRun" newer
           WHERE newer."organizationId" = r."organizationId" AND newer."scheduleId" = r."scheduleId"
             AND newer."createdAt" > r."createdAt" OFFSET ${KEPT_OF_EACH - 1})
       LIMIT $2)`,
    [days, limit],
  );
  return rowCount ?? 0;
}
