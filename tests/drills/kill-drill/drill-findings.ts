import type { Pool } from "pg";

/** What the database of a stopped installation shows. */
export interface DrillFindings {
  /** Run trees whose journal rows do not follow each other from 0 to the end. */
  indexGaps: string[];
  /** Runs, jobs, outbox rows and firings of schedules that somebody still holds or nobody has taken to their end. */
  leftClaimed: string[];
  /** Runs that failed without a reason. */
  unexplained: string[];
  /** Two runs for one firing of a schedule. */
  firedTwice: string[];
  /** How often each end came, such as `COMPLETED` or `ERROR not_found`. */
  ends: Record<string, number>;
  /** The same of the attempts of schedules. */
  attempts: Record<string, number>;
}

const INDEX_GAPS = `
WITH rows AS (
  SELECT "rootRunId", index, lag("lastIndex", 1, -1)
    OVER (PARTITION BY "organizationId", "rootRunId" ORDER BY index) AS before
  FROM "RunEvent"),
ends AS (SELECT "rootRunId", max("lastIndex") AS last FROM "RunEvent" GROUP BY 1)
SELECT DISTINCT "rootRunId" AS what FROM rows WHERE index <> before + 1
UNION SELECT r.id FROM "Run" r LEFT JOIN ends e ON e."rootRunId" = r.id
  WHERE r.id = r."rootRunId" AND r."nextIndex" <> COALESCE(e.last, -1) + 1`;

const LEFT_CLAIMED = `
SELECT concat_ws(' ', 'run', id, status, 'driven by', COALESCE("driverBootId", 'nobody')) AS what FROM "Run"
  WHERE "driverBootId" IS NOT NULL OR status IN ('PENDING', 'RUNNING')
UNION ALL SELECT concat_ws(' ', 'outbox', id, topic) FROM "Outbox" WHERE "deliveredAt" IS NULL
UNION ALL SELECT concat_ws(' ', 'job', id) FROM "DurableJob" WHERE "ownerId" IS NOT NULL
UNION ALL SELECT concat_ws(' ', 'firing', "firingId", 'attempt', attempt, status) FROM "ScheduleRun"
  WHERE "firingEndedAt" IS NULL OR status IN ('queued', 'running')`;

const UNEXPLAINED = `SELECT id AS what FROM "Run" WHERE status = 'ERROR' AND ("errorType" IS NULL OR "errorMessage" IS NULL)`;

const FIRED_TWICE = `
SELECT concat_ws(' ', "scheduleId", "dueAt") AS what FROM "ScheduleRun"
  WHERE attempt = 1 AND "dueAt" IS NOT NULL GROUP BY "scheduleId", "dueAt" HAVING count(*) > 1`;

const ENDS = `SELECT concat_ws(' ', status, "errorType") AS what, count(*)::int AS count FROM "Run" GROUP BY 1 ORDER BY 1`;

const ATTEMPTS = `SELECT status AS what, count(*)::int AS count FROM "ScheduleRun" GROUP BY 1 ORDER BY 1`;

/** Looks through the database of a stopped installation. */
export async function drillFindings(pool: Pool): Promise<DrillFindings> {
  const list = async (sql: string) => (await pool.query<{ what: string }>(sql)).rows.map(({ what }) => what);
  const count = async (sql: string) =>
    Object.fromEntries(
      (await pool.query<{ what: string; count: number }>(sql)).rows.map((row) => [row.what, row.count]),
    );
  return {
    indexGaps: await list(INDEX_GAPS),
    leftClaimed: await list(LEFT_CLAIMED),
    unexplained: await list(UNEXPLAINED),
    firedTwice: await list(FIRED_TWICE),
    ends: await count(ENDS),
    attempts: await count(ATTEMPTS),
  };
}
