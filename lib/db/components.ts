import type { JsonObject } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { ComponentStage } from "#lib/core/component.ts";
import type { ComponentType } from "#lib/core/session.ts";
import { database } from "./database.ts";
import { onLockedComponent } from "./on-locked-component.ts";

/** A stored component. Its name and description are those of its current version until somebody changes them. */
export interface ComponentRecord {
  id: string;
  type: ComponentType;
  name: string;
  description: string | null;
  /** Null until a version is published. */
  currentVersion: number | null;
  metadata: JsonObject | null;
  createdAt: Date;
  /** Changes with every change, so that it also serves as the row's version. */
  updatedAt: Date;
}

const COLUMNS = `id, type, name, description, "currentVersion", metadata, "createdAt", "updatedAt"`;

/** One page of the organization's components, newest first, and how many there are in all. */
export async function listComponents(
  scope: Scope,
  page: { type: ComponentType | null; offset: number; limit: number },
): Promise<{ components: ComponentRecord[]; totalCount: number }> {
  const filter = `"organizationId" = $1 AND ($2::text IS NULL OR type = $2)`;
  const { pool } = database();
  const [rows, count] = await Promise.all([
    pool.query<ComponentRecord>(
      `SELECT ${COLUMNS} FROM "Component" WHERE ${filter}
       ORDER BY "createdAt" DESC, id LIMIT $3 OFFSET $4`,
      [scope.organizationId, page.type, page.limit, page.offset],
    ),
    pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM "Component" WHERE ${filter}`, [
      scope.organizationId,
      page.type,
    ]),
  ]);
  return { components: rows.rows, totalCount: count.rows[0]?.count ?? 0 };
}

/** One component, or null. */
export async function findComponent(scope: Scope, id: string): Promise<ComponentRecord | null> {
  const { rows } = await database().pool.query<ComponentRecord>(
    `SELECT ${COLUMNS} FROM "Component" WHERE "organizationId" = $1 AND id = $2`,
    [scope.organizationId, id],
  );
  return rows[0] ?? null;
}

export interface NewComponent {
  id: string;
  type: ComponentType;
  name: string;
  description: string | null;
  metadata: JsonObject | null;
  /** The first version; it becomes the current one when `isCurrent`. */
  version: {
    stage: ComponentStage;
    label: string | null;
    notes: string | null;
    config: JsonObject;
    isCurrent: boolean;
  };
}

/** Stores a component with its first version and the audit row. Returns null when the id is taken. */
export async function insertComponent(
  scope: Scope,
  component: NewComponent,
): Promise<ComponentRecord | null> {
  const { id, type, name, description, metadata, version } = component;
  const { rows } = await database().pool.query<ComponentRecord>(
    `WITH c AS (
       INSERT INTO "Component"
         ("organizationId", id, type, name, description, "currentVersion", metadata, "updatedAt")
       VALUES ($1, $2, $3, $4, $5, $6, $7, now())
       ON CONFLICT ("organizationId", id) DO NOTHING RETURNING *),
     v AS (
       INSERT INTO "ComponentVersion"
         ("organizationId", "componentId", version, stage, label, notes, config, "updatedAt")
       SELECT "organizationId", id, 1, $8, $9, $10, $11, now() FROM c),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $12, $13, 'component.created', 'component', id, $14 FROM c)
     SELECT ${COLUMNS} FROM c`,
    [
      scope.organizationId,
      id,
      type,
      name,
      description,
      version.isCurrent ? 1 : null,
      metadata === null ? null : JSON.stringify(metadata),
      version.stage,
      version.label,
      version.notes,
      JSON.stringify(version.config),
      scope.actor.kind,
      scope.actor.id,
      JSON.stringify({ type, name, stage: version.stage }),
    ],
  );
  return rows[0] ?? null;
}

/** What may change about a component itself; absent fields stay as they are. */
export interface ComponentChange {
  name?: string;
  description?: string | null;
  metadata?: JsonObject | null;
}

/**
 * Changes a component, with its audit row. Returns null when it is gone or has changed since `readAt`, the `updatedAt`
 * that the caller decided by.
 */
export async function updateComponent(
  scope: Scope,
  id: string,
  readAt: Date,
  change: ComponentChange,
): Promise<ComponentRecord | null> {
  const { name, description, metadata } = change;
  const { rows } = await database().pool.query<ComponentRecord>(
    `WITH c AS (
       UPDATE "Component" SET
         name = COALESCE($4, name),
         description = CASE WHEN $5::boolean THEN $6 ELSE description END,
         metadata = CASE WHEN $7::boolean THEN $8::jsonb ELSE metadata END,
         "updatedAt" = GREATEST(now(), "updatedAt" + interval '1 millisecond')
       WHERE "organizationId" = $1 AND id = $2 AND "updatedAt" = $3 RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $9, $10, 'component.updated', 'component', id, $11 FROM c)
     SELECT ${COLUMNS} FROM c`,
    [
      scope.organizationId,
      id,
      readAt,
      name ?? null,
      description !== undefined,
      description ?? null,
      metadata !== undefined,
      metadata === undefined || metadata === null ? null : JSON.stringify(metadata),
      scope.actor.kind,
      scope.actor.id,
      JSON.stringify({ fields: Object.keys(change) }),
    ],
  );
  return rows[0] ?? null;
}

/**
 * Makes a published version the one that new runs use, with its audit row; the component takes over the version's name
 * and description. Returns null when there is no such published version.
 */
export async function setCurrentVersion(
  scope: Scope,
  id: string,
  version: number,
): Promise<ComponentRecord | null> {
  const rows = await onLockedComponent<ComponentRecord>(
    scope,
    id,
    `WITH c AS (
       UPDATE "Component" c SET
         "currentVersion" = v.version,
         name = COALESCE(v.config ->> 'name', c.name),
         description = v.config ->> 'description',
         "updatedAt" = GREATEST(now(), c."updatedAt" + interval '1 millisecond')
       FROM "ComponentVersion" v
       WHERE c."organizationId" = $1 AND c.id = $2 AND v."organizationId" = $1 AND v."componentId" = $2
         AND v.version = $3 AND v.stage = 'published'
       RETURNING c.*),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $4, $5, 'component.current_version_set', 'component', id, $6 FROM c)
     SELECT ${COLUMNS} FROM c`,
    [scope.organizationId, id, version, scope.actor.kind, scope.actor.id, JSON.stringify({ version })],
  );
  return rows[0] ?? null;
}

/** Deletes a component with its versions, and writes the audit row; false when there is none. Its sessions stay. */
export async function deleteComponent(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH c AS (DELETE FROM "Component" WHERE "organizationId" = $1 AND id = $2 RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $3, $4, 'component.deleted', 'component', id,
         jsonb_build_object('type', type, 'name', name) FROM c)
     SELECT id FROM c`,
    [scope.organizationId, id, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}
