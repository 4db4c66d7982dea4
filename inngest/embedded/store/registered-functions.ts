import { transaction } from "#lib/db/transaction.ts";
import { nextCronTime } from "../cron-times.ts";
import type { FunctionConfig } from "../function-config.ts";
import type { Store } from "./store.ts";

/**
 * Writes which functions an application has now. Those that it has no longer start no runs; what is left of theirs
 * waits for them. A cron trigger that was there before keeps its next time, so that one that was missed fires once.
 */
export async function registerFunctions(
  { now }: Store,
  appId: string,
  functions: readonly FunctionConfig[],
  nowMs: number,
): Promise<void> {
  const rows = functions.map((config) => ({
    id: config.id,
    name: config.name,
    config: JSON.stringify(config),
  }));
  const crons = functions.flatMap(({ id, triggers }) =>
    triggers.flatMap((trigger) => {
      if (trigger.kind !== "cron") return [];
      const atMs = nextCronTime(trigger.cron, nowMs);
      if (atMs === null) return [];
      const payload = JSON.stringify({ cron: trigger.cron, atMs });
      return [{ id: `cron:${id}:${trigger.cron}`, functionId: id, atMs, payload }];
    }),
  );
  await transaction(async (db) => {
    await db.query(
      `INSERT INTO "DurableFunction" (id, "appId", name, config, "registeredAt")
       SELECT id, $1, name, config, ${now}
       FROM json_to_recordset($2::json) AS f(id text, name text, config text)
       ON CONFLICT (id) DO UPDATE SET "appId" = excluded."appId", name = excluded.name, config = excluded.config,
         "registeredAt" = excluded."registeredAt", "removedAt" = NULL`,
      [appId, JSON.stringify(rows)],
    );
    await db.query(
      `UPDATE "DurableFunction" SET "removedAt" = ${now}
       WHERE "appId" = $1 AND "removedAt" IS NULL AND id <> ALL ($2::text[])`,
      [appId, functions.map(({ id }) => id)],
    );
    await db.query(
      `DELETE FROM "DurableJob" j USING "DurableFunction" f
       WHERE j.kind = 'cron' AND f.id = j."functionId" AND f."appId" = $1 AND j.id <> ALL ($2::text[])`,
      [appId, crons.map(({ id }) => id)],
    );
    await db.query(
      `INSERT INTO "DurableJob" (id, "functionId", kind, "isTimer", "availableAt", "orderAt", "limitKeys", limits, payload)
       SELECT id, "functionId", 'cron', true, to_timestamp("atMs" / 1000), to_timestamp("atMs" / 1000), '{}', '{}', payload
       FROM json_to_recordset($1::json) AS c(id text, "functionId" text, "atMs" float8, payload text)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(crons)],
    );
  });
}

/** The functions that events may start: those of all applications, also where another process has the handler. */
export async function listFunctions({ db }: Store): Promise<FunctionConfig[]> {
  const { rows } = await db.query<{ config: string }>(
    `SELECT config FROM "DurableFunction" WHERE "removedAt" IS NULL ORDER BY id`,
  );
  return rows.map(({ config }) => JSON.parse(config) as FunctionConfig);
}
