import type { Scope } from "../core/scope.ts";
import { type Settings, settingsSchema } from "../core/setting.ts";
import { database } from "./database.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import { transaction } from "./transaction.ts";

/** Returns the organization's settings; defaults where nobody has changed one. */
export async function getSettings(scope: Pick<Scope, "organizationId">): Promise<Settings> {
  const { rows } = await database().pool.query<{ key: string; value: unknown }>(
    `SELECT key, value FROM "Setting" WHERE "organizationId" = $1`,
    [scope.organizationId],
  );
  return settingsSchema.parse(Object.fromEntries(rows.map(({ key, value }) => [key, value])));
}

/** Changes one setting, with its audit row. */
export async function setSetting<K extends keyof Settings>(
  scope: Scope,
  key: K,
  value: Settings[K],
): Promise<void> {
  await transaction(async (client) => {
    await client.query(
      `INSERT INTO "Setting" ("organizationId", key, value, "updatedAt") VALUES ($1, $2, $3, now())
       ON CONFLICT ("organizationId", key) DO UPDATE SET value = excluded.value, "updatedAt" = now()`,
      [scope.organizationId, key, JSON.stringify(value)],
    );
    const target = { targetType: "setting", targetId: key };
    await insertAuditEntry(client, scope, { action: "setting.changed", ...target, details: { value } });
  });
}
