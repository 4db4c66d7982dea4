/**
 * The parts of a statement that settle waiting steps. `done` names a part that yields "runId", "stepId", status and
 * state, at most one row a step. The run is looked at again when nothing is pending any more, at once after a race,
 * and after every step for a function of the SDK's first execution version. `woken_job` yields the jobs made for it.
 */
export function settleSql(done: string, now: string): string[] {
  return [
    `woken_run AS (
      UPDATE "DurableRun" r SET pending = ARRAY(SELECT p FROM unnest(r.pending) p WHERE p <> ALL (d.ids))
      FROM (SELECT "runId", array_agg("stepId") AS ids FROM ${done} GROUP BY "runId") d
      WHERE r.id = d."runId" AND r."endedAt" IS NULL
      RETURNING r.id, r.pending, r."requestVersion", r."functionId", r."maxAttempts", r.priority, r."limitKeys",
        r.limits, d.ids[1] AS step)`,
    `woken_step AS (
      UPDATE "DurableStep" s SET status = d.status, state = d.state, "settledAt" = ${now},
        ordinal = nextval('"DurableStep_ordinal_seq"')
      FROM ${done} d JOIN woken_run ON woken_run.id = d."runId"
      WHERE s."runId" = d."runId" AND s.id = d."stepId" AND s.status = 'WAITING'
      RETURNING s."runId", s.race)`,
    `woken_job AS (
      INSERT INTO "DurableJob" (id, "runId", "functionId", kind, "isTimer", "maxAttempts", "availableAt", "orderAt",
        "limitKeys", limits)
      SELECT id || ':after:' || step, id, "functionId", 'call', false, "maxAttempts", ${now},
        ${now} - priority * interval '1 second', "limitKeys", limits
      FROM woken_run
      WHERE pending = '{}' OR "requestVersion" = 1
        OR EXISTS (SELECT 1 FROM woken_step s WHERE s."runId" = woken_run.id AND s.race)
      ON CONFLICT DO NOTHING RETURNING id)`,
  ];
}
