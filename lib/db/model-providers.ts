import { AppError } from "#lib/core/app-error.ts";
import type { ModelProviderKind } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "./database.ts";
import { seal } from "./seal.ts";
import { unseal } from "./unseal.ts";

/** A connection as this room hands it out; the key stays behind, see readModelProviderKey. */
export interface ModelProviderRecord {
  id: string;
  kind: ModelProviderKind;
  name: string;
  baseUrl: string | null;
  hasKey: boolean;
  keyHint: string | null;
  models: string[];
  enabled: boolean;
  lastTestedAt: Date | null;
  lastTestOk: boolean | null;
  lastTestDetail: string | null;
  createdAt: Date;
  /** Changes with every change, so that it also serves as the row's version. */
  updatedAt: Date;
}

const COLUMNS = `id, kind, name, "baseUrl", "encryptedKey" IS NOT NULL AS "hasKey", "keyHint", models, enabled,
  "lastTestedAt", "lastTestOk", "lastTestDetail", "createdAt", "updatedAt"`;

function keyContext(scope: Scope, id: string): string[] {
  return [scope.organizationId, "ModelProvider", id, "encryptedKey"];
}

/** What lists may show of a key. A short one shows nothing. */
function hintOf(apiKey: string): string | null {
  return apiKey.length < 12 ? null : apiKey.slice(-4);
}

/** The organization's connections by name. */
export async function listModelProviders(scope: Scope): Promise<ModelProviderRecord[]> {
  const { rows } = await database().pool.query<ModelProviderRecord>(
    `SELECT ${COLUMNS} FROM "ModelProvider" WHERE "organizationId" = $1 ORDER BY lower(name), id`,
    [scope.organizationId],
  );
  return rows;
}

/** One connection, or null. */
export async function findModelProvider(scope: Scope, id: string): Promise<ModelProviderRecord | null> {
  const { rows } = await database().pool.query<ModelProviderRecord>(
    `SELECT ${COLUMNS} FROM "ModelProvider" WHERE "organizationId" = $1 AND id = $2`,
    [scope.organizationId, id],
  );
  return rows[0] ?? null;
}

/** The decrypted key of a connection, for calls to its provider and nothing else; null when it has none. */
export async function readModelProviderKey(scope: Scope, id: string): Promise<string | null> {
  const { rows } = await database().pool.query<{ encryptedKey: string | null }>(
    `SELECT "encryptedKey" FROM "ModelProvider" WHERE "organizationId" = $1 AND id = $2`,
    [scope.organizationId, id],
  );
  const sealed = rows[0]?.encryptedKey ?? null;
  return sealed === null ? null : unseal(sealed, keyContext(scope, id));
}

export interface NewModelProvider {
  id: string;
  kind: ModelProviderKind;
  name: string;
  baseUrl: string | null;
  apiKey: string | null;
  models: readonly string[];
  enabled: boolean;
}

/** Stores a connection with its audit row. Throws `conflict` when the organization has one of this id. */
export async function createModelProvider(
  scope: Scope,
  provider: NewModelProvider,
): Promise<ModelProviderRecord> {
  const { id, kind, name, baseUrl, apiKey } = provider;
  const { rows } = await database().pool.query<ModelProviderRecord>(
    `WITH p AS (
       INSERT INTO "ModelProvider"
         ("organizationId", id, kind, name, "baseUrl", "encryptedKey", "keyHint", models, enabled, "updatedAt")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())
       ON CONFLICT ("organizationId", id) DO NOTHING RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $10, $11, 'model_provider.created', 'model_provider', id, $12 FROM p)
     SELECT ${COLUMNS} FROM p`,
    [
      scope.organizationId,
      id,
      kind,
      name,
      baseUrl,
      apiKey === null ? null : seal(apiKey, keyContext(scope, id)),
      apiKey === null ? null : hintOf(apiKey),
      JSON.stringify(provider.models),
      provider.enabled,
      scope.actor.kind,
      scope.actor.id,
      JSON.stringify({ kind, name, base_url: baseUrl }),
    ],
  );
  const [created] = rows;
  if (created === undefined) {
    throw new AppError(
      "conflict",
      `There is a connection with the id '${id}' already. Give this one another name.`,
    );
  }
  return created;
}

/** What may change about a connection; absent fields stay as they are, `apiKey` null removes the key. */
export interface ModelProviderChange {
  name?: string;
  baseUrl?: string | null;
  apiKey?: string | null;
  models?: readonly string[];
  enabled?: boolean;
}

/**
 * Changes a connection, with its audit row (the names of the changed fields, never the key). Returns null when it is
 * gone or has changed since `readAt`, the `updatedAt` that the caller decided by.
 */
export async function updateModelProvider(
  scope: Scope,
  id: string,
  readAt: Date,
  change: ModelProviderChange,
): Promise<ModelProviderRecord | null> {
  const { name, baseUrl, apiKey, models, enabled } = change;
  const { rows } = await database().pool.query<ModelProviderRecord>(
    `WITH p AS (
       UPDATE "ModelProvider" SET
         name = COALESCE($4, name),
         "baseUrl" = CASE WHEN $5::boolean THEN $6 ELSE "baseUrl" END,
         "encryptedKey" = CASE WHEN $7::boolean THEN $8 ELSE "encryptedKey" END,
         "keyHint" = CASE WHEN $7::boolean THEN $9 ELSE "keyHint" END,
         models = COALESCE($10::jsonb, models),
         enabled = COALESCE($11::boolean, enabled),
         "updatedAt" = GREATEST(now(), "updatedAt" + interval '1 millisecond')
       WHERE "organizationId" = $1 AND id = $2 AND "updatedAt" = $3 RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $12, $13, 'model_provider.updated', 'model_provider', id, $14 FROM p)
     SELECT ${COLUMNS} FROM p`,
    [
      scope.organizationId,
      id,
      readAt,
      name ?? null,
      baseUrl !== undefined,
      baseUrl ?? null,
      apiKey !== undefined,
      apiKey === undefined || apiKey === null ? null : seal(apiKey, keyContext(scope, id)),
      apiKey === undefined || apiKey === null ? null : hintOf(apiKey),
      models === undefined ? null : JSON.stringify(models),
      enabled ?? null,
      scope.actor.kind,
      scope.actor.id,
      JSON.stringify({ fields: Object.keys(change) }),
    ],
  );
  return rows[0] ?? null;
}

/** Notes what the last test of a connection found out. Not a change of the connection: no audit row. */
export async function recordModelProviderTest(
  scope: Scope,
  id: string,
  test: { ok: boolean; detail: string; testedAt: Date },
): Promise<void> {
  await database().pool.query(
    `UPDATE "ModelProvider" SET "lastTestedAt" = $3, "lastTestOk" = $4, "lastTestDetail" = $5
     WHERE "organizationId" = $1 AND id = $2`,
    [scope.organizationId, id, test.testedAt, test.ok, test.detail],
  );
}

/** Deletes a connection, with its audit row; false when there is none of this id. */
export async function deleteModelProvider(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH p AS (DELETE FROM "ModelProvider" WHERE "organizationId" = $1 AND id = $2 RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $3, $4, 'model_provider.deleted', 'model_provider', id,
         jsonb_build_object('kind', kind, 'name', name) FROM p)
     SELECT id FROM p`,
    [scope.organizationId, id, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}

/** The names of the stored components whose current version or draft thinks with this connection. */
export async function namesUsingModelProvider(scope: Scope, id: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ name: string }>(
    `SELECT DISTINCT c.name FROM "Component" c
     JOIN "ComponentVersion" v ON v."organizationId" = c."organizationId" AND v."componentId" = c.id
     WHERE c."organizationId" = $1 AND (v.version = c."currentVersion" OR v.stage = 'draft')
       AND v.config -> 'model' ->> 'provider' = $2
     ORDER BY c.name`,
    [scope.organizationId, id],
  );
  return rows.map((row) => row.name);
}
