import { AppError } from "../core/app-error.ts";
import type { JsonObject } from "../core/json.ts";
import type { Scope } from "../core/scope.ts";
import type { SessionSummaryText } from "../core/session-summary.ts";
import { storableJson, storableText } from "../core/storable-json.ts";
import { database } from "./database.ts";
import {
  OVERVIEW_COLUMNS,
  OVERVIEW_JOINS,
  SESSION_COLUMNS,
  type SessionOverview,
  type SessionRecord,
} from "./session-row.ts";

/** Returns the session with the sums over its runs, or null when the caller has none of this id. */
export async function getSession(scope: Scope, sessionId: string): Promise<SessionOverview | null> {
  const { rows } = await database().pool.query<SessionOverview>(
    `SELECT ${OVERVIEW_COLUMNS} FROM "Session" s ${OVERVIEW_JOINS}
     WHERE s."organizationId" = $1 AND s.id = $2 AND ($3::text IS NULL OR s.subject = $3)`,
    [scope.organizationId, sessionId, scope.subject],
  );
  return rows[0] ?? null;
}

/** A session opened before its first run. */
export interface NewSession {
  id: string;
  subject: string | null;
  componentType: SessionRecord["componentType"];
  componentId: string;
  title: string | null;
  state: JsonObject;
  metadata: JsonObject | null;
}

/** Opens a session, with its audit row. Throws `conflict` when the organization has one of this id, whoever's it is. */
export async function createSession(scope: Scope, session: NewSession): Promise<SessionRecord> {
  if (scope.subject !== null && scope.subject !== session.subject) {
    throw new AppError("forbidden", "A session can only be opened for yourself.");
  }
  const { rows } = await database().pool.query<SessionRecord>(
    `WITH s AS (
       INSERT INTO "Session" ("organizationId", id, subject, "componentType", "componentId", title, state, metadata)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT ("organizationId", id) DO NOTHING RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId")
       SELECT "organizationId", $9, $10, 'session.created', 'session', id FROM s)
     SELECT ${SESSION_COLUMNS} FROM s`,
    [
      scope.organizationId,
      session.id,
      session.subject,
      session.componentType,
      session.componentId,
      session.title === null ? null : storableText(session.title),
      storableJson(session.state).json,
      session.metadata === null ? null : storableJson(session.metadata).json,
      scope.actor.kind,
      scope.actor.id,
    ],
  );
  const [created] = rows;
  if (created === undefined) {
    throw new AppError(
      "conflict",
      `Session with id '${session.id}' already exists. Use PATCH /sessions/${session.id} to update it.`,
    );
  }
  return created;
}

/** What may change about a session; absent fields stay as they are. */
export interface SessionChange {
  title?: string;
  state?: JsonObject;
  metadata?: JsonObject;
  summary?: SessionSummaryText;
}

/** Changes a session, with its audit row; null when the caller has none of this id. */
export async function updateSession(
  scope: Scope,
  sessionId: string,
  change: SessionChange,
): Promise<SessionRecord | null> {
  const { rows } = await database().pool.query<SessionRecord>(
    `WITH s AS (
       UPDATE "Session" SET title = COALESCE($4, title), state = COALESCE($5::jsonb, state),
         metadata = COALESCE($6::jsonb, metadata), summary = COALESCE($10::jsonb, summary), "updatedAt" = now()
       WHERE "organizationId" = $1 AND id = $2 AND ($3::text IS NULL OR subject = $3) RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $7, $8, 'session.updated', 'session', id, $9::jsonb FROM s)
     SELECT ${SESSION_COLUMNS} FROM s`,
    [
      scope.organizationId,
      sessionId,
      scope.subject,
      change.title === undefined ? null : storableText(change.title),
      change.state === undefined ? null : storableJson(change.state).json,
      change.metadata === undefined ? null : storableJson(change.metadata).json,
      scope.actor.kind,
      scope.actor.id,
      JSON.stringify({ fields: Object.keys(change) }),
      change.summary === undefined ? null : storableJson(change.summary).json,
    ],
  );
  return rows[0] ?? null;
}
