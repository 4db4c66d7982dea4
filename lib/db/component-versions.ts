import type { ComponentStage } from "#lib/core/component.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "./database.ts";
import { onLockedComponent } from "./on-locked-component.ts";

/** One version of a component. `config` is null only in lists that leave it out. */
export interface ComponentVersionRecord {
  componentId: string;
  version: number;
  stage: ComponentStage;
  label: string | null;
  notes: string | null;
  config: JsonObject | null;
  createdAt: Date;
  /** Changes with every change, so that it also serves as the row's version. */
  updatedAt: Date;
}

const META = `"componentId", version, stage, label, notes, "createdAt", "updatedAt"`;
const COLUMNS = `${META}, config`;

/** A component's versions, newest first. */
export async function listComponentVersions(
  scope: Scope,
  componentId: string,
  withConfig: boolean,
): Promise<ComponentVersionRecord[]> {
  const { rows } = await database().pool.query<ComponentVersionRecord>(
    `SELECT ${META}, ${withConfig ? "config" : "NULL::jsonb AS config"} FROM "ComponentVersion"
     WHERE "organizationId" = $1 AND "componentId" = $2 ORDER BY version DESC LIMIT 1000`,
    [scope.organizationId, componentId],
  );
  return rows;
}

/** One version, or null. */
export async function findComponentVersion(
  scope: Scope,
  componentId: string,
  version: number,
): Promise<ComponentVersionRecord | null> {
  const { rows } = await database().pool.query<ComponentVersionRecord>(
    `SELECT ${COLUMNS} FROM "ComponentVersion"
     WHERE "organizationId" = $1 AND "componentId" = $2 AND version = $3`,
    [scope.organizationId, componentId, version],
  );
  return rows[0] ?? null;
}

/** The current version, or the newest draft of a component that has none; null when there is neither. */
export async function findCurrentVersion(
  scope: Scope,
  componentId: string,
): Promise<ComponentVersionRecord | null> {
  const { rows } = await database().pool.query<ComponentVersionRecord>(
    `SELECT v.* FROM "ComponentVersion" v
     JOIN "Component" c ON c."organizationId" = v."organizationId" AND c.id = v."componentId"
     WHERE v."organizationId" = $1 AND v."componentId" = $2
       AND (v.version = c."currentVersion" OR c."currentVersion" IS NULL AND v.stage = 'draft')
     ORDER BY v.version DESC LIMIT 1`,
    [scope.organizationId, componentId],
  );
  return rows[0] ?? null;
}

export interface NewComponentVersion {
  stage: ComponentStage;
  label: string | null;
  notes: string | null;
  config: JsonObject;
  /** The component takes over the version's name and description, and new runs use it. */
  isCurrent: boolean;
  /** The number that it must get; null: the next one, whichever that is. */
  version: number | null;
  /** The version that must be current until now; null: whichever is. */
  expectedCurrent: number | null;
}

/**
 * Adds the next version of a component, with its audit row. Returns null when the component is gone or one of the two
 * expectations does not hold. Throws a unique violation when two callers add a version at the same moment.
 */
export async function insertComponentVersion(
  scope: Scope,
  componentId: string,
  version: NewComponentVersion,
): Promise<ComponentVersionRecord | null> {
  const { rows } = await database().pool.query<ComponentVersionRecord>(
    `WITH next AS (
       SELECT COALESCE(max(version), 0) + 1 AS version FROM "ComponentVersion"
       WHERE "organizationId" = $1 AND "componentId" = $2),
     c AS (
       UPDATE "Component" SET
         "currentVersion" = CASE WHEN $7::boolean THEN next.version ELSE "currentVersion" END,
         name = CASE WHEN $7::boolean THEN COALESCE($6::jsonb ->> 'name', name) ELSE name END,
         description = CASE WHEN $7::boolean THEN $6::jsonb ->> 'description' ELSE description END,
         "updatedAt" = GREATEST(now(), "updatedAt" + interval '1 millisecond')
       FROM next
       WHERE "organizationId" = $1 AND id = $2
         AND ($8::int IS NULL OR next.version = $8) AND ($9::int IS NULL OR "currentVersion" = $9)
       RETURNING "organizationId", id, next.version),
     v AS (
       INSERT INTO "ComponentVersion"
         ("organizationId", "componentId", version, stage, label, notes, config, "updatedAt")
       SELECT "organizationId", id, version, $3, $4, $5, $6::jsonb, now() FROM c RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $10, $11, 'component.version_created', 'component', "componentId",
         jsonb_build_object('version', version, 'stage', stage, 'current', $7::boolean) FROM v)
     SELECT ${COLUMNS} FROM v`,
    [
      scope.organizationId,
      componentId,
      version.stage,
      version.label,
      version.notes,
      JSON.stringify(version.config),
      version.isCurrent,
      version.version,
      version.expectedCurrent,
      scope.actor.kind,
      scope.actor.id,
    ],
  );
  return rows[0] ?? null;
}

/** What may change about a draft; absent fields stay as they are. */
export interface ComponentVersionChange {
  config?: JsonObject;
  label?: string | null;
  notes?: string | null;
  /** Publishing also makes the version the current one. */
  publish?: boolean;
}

/**
 * Changes a draft, with its audit row. Returns null when it is gone, published, or changed since `readAt`, the
 * `updatedAt` that the caller decided by.
 */
export async function updateDraftVersion(
  scope: Scope,
  componentId: string,
  version: number,
  readAt: Date,
  change: ComponentVersionChange,
): Promise<ComponentVersionRecord | null> {
  const { config, label, notes, publish } = change;
  const rows = await onLockedComponent<ComponentVersionRecord>(
    scope,
    componentId,
    `WITH v AS (
       UPDATE "ComponentVersion" SET
         config = COALESCE($5::jsonb, config),
         label = CASE WHEN $6::boolean THEN $7 ELSE label END,
         notes = CASE WHEN $8::boolean THEN $9 ELSE notes END,
         stage = CASE WHEN $10::boolean THEN 'published' ELSE stage END,
         "updatedAt" = GREATEST(now(), "updatedAt" + interval '1 millisecond')
       WHERE "organizationId" = $1 AND "componentId" = $2 AND version = $3 AND "updatedAt" = $4 AND stage = 'draft'
       RETURNING *),
     c AS (
       UPDATE "Component" c SET
         "currentVersion" = v.version,
         name = COALESCE(v.config ->> 'name', c.name),
         description = v.config ->> 'description',
         "updatedAt" = GREATEST(now(), c."updatedAt" + interval '1 millisecond')
       FROM v WHERE c."organizationId" = v."organizationId" AND c.id = v."componentId" AND v.stage = 'published'),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $11, $12, 'component.version_updated', 'component', "componentId",
         jsonb_build_object('version', version, 'stage', stage) FROM v)
     SELECT ${COLUMNS} FROM v`,
    [
      scope.organizationId,
      componentId,
      version,
      readAt,
      config === undefined ? null : JSON.stringify(config),
      label !== undefined,
      label ?? null,
      notes !== undefined,
      notes ?? null,
      publish === true,
      scope.actor.kind,
      scope.actor.id,
    ],
  );
  return rows[0] ?? null;
}

/** Deletes a version that is not the current one, with its audit row; false when there is none such. */
export async function deleteComponentVersion(
  scope: Scope,
  componentId: string,
  version: number,
): Promise<boolean> {
  const rows = await onLockedComponent(
    scope,
    componentId,
    `WITH v AS (
       DELETE FROM "ComponentVersion" v USING "Component" c
       WHERE v."organizationId" = $1 AND v."componentId" = $2 AND v.version = $3
         AND c."organizationId" = $1 AND c.id = $2 AND c."currentVersion" IS DISTINCT FROM v.version
       RETURNING v.*),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $4, $5, 'component.version_deleted', 'component', "componentId",
         jsonb_build_object('version', version, 'stage', stage) FROM v)
     SELECT version FROM v`,
    [scope.organizationId, componentId, version, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}
