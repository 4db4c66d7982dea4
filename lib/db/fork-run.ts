import type { PoolClient } from "pg";
import type { NewEvent, RunLease } from "../core/journal.ts";
import type { RunInput } from "../core/run-event.ts";
import type { RunStatus } from "../core/run-status.ts";
import type { Scope } from "../core/scope.ts";
import { storableJson } from "../core/storable-json.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import { lockSessionOf } from "./lock-session-of.ts";
import { appendLocked } from "./locked-run.ts";
import { outboxBell } from "./outbox-bell.ts";
import { requestDriver } from "./request-driver.ts";
import { takePlace } from "./take-place.ts";
import { transaction } from "./transaction.ts";

/** A run to go on with under another id. */
export interface ForkRun {
  /** The run as its caller has read it: when it has changed since, nothing is done. */
  source: { id: string; status: RunStatus; nextIndex: number };
  runId: string;
  /** Index of the first event of the source that is not copied. */
  untilIndex: number;
  /** How many messages that leaves. */
  messageIndex: number;
  /** What the copy begins with on its own. */
  event: NewEvent;
  /** The copy's own question, when it has not even the source's. */
  question: { input: RunInput; preview: string } | null;
  /** It answers anew what the source has answered. */
  regenerates: boolean;
  /** It takes the source's place in the conversation. */
  replaces: boolean;
  /** The process that drives it; null leaves it to the durable engine. */
  bootId: string | null;
}

/** What became of it. The lease is null when the durable engine was asked for a driver. */
export type ForkRunResult =
  | { kind: "forked"; lease: RunLease | null }
  /** Nothing was done: the source is not what it was. */
  | { kind: "changed"; status: RunStatus }
  /** Nothing was done: another answer is under way in the place that it was to take. */
  | { kind: "contested" };

/**
 * Makes a run that shares the beginning of another one of its session: the events are copied within the database. With
 * the copy come its first own event, its driver or the request for one, the audit row and, when it replaces the source,
 * the new status of what it takes the place of. Null when the caller has no such run.
 */
export async function forkRun(scope: Scope, fork: ForkRun): Promise<ForkRunResult | null> {
  const { organizationId } = scope;
  const result = await transaction(async (client): Promise<ForkRunResult | null> => {
    await lockSessionOf(client, organizationId, fork.source.id);
    const { rows } = await client.query<{ status: RunStatus; nextIndex: number; subject: string | null }>(
      `SELECT r.status, r."nextIndex", r.subject FROM "Run" r
       WHERE r."organizationId" = $1 AND r.id = $2 AND r."rootRunId" = r.id AND ($3::text IS NULL OR r.subject = $3)
       FOR UPDATE`,
      [organizationId, fork.source.id, scope.subject],
    );
    const [source] = rows;
    if (source === undefined) return null;
    if (source.status !== fork.source.status || source.nextIndex !== fork.source.nextIndex) {
      return { kind: "changed", status: source.status };
    }
    const place = { runId: fork.source.id, takerId: fork.runId };
    if (fork.replaces && !(await takePlace(client, organizationId, place))) return { kind: "contested" };
    // A driver that comes later than the first reads what is there before it goes on.
    const generation = (fork.untilIndex === 0 ? 0 : 1) + (fork.bootId === null ? 0 : 1);
    await copyRun(client, organizationId, fork, generation);
    await appendLocked(client, { organizationId, id: fork.runId, nextIndex: fork.untilIndex }, fork.event);
    await insertAuditEntry(client, scope, {
      action: fork.regenerates ? "run.regenerated" : "run.forked",
      targetType: "run",
      targetId: fork.runId,
      details: { source_run_id: fork.source.id, message_index: fork.messageIndex, replaced: fork.replaces },
    });
    const lease = { organizationId, rootRunId: fork.runId, generation };
    if (fork.bootId !== null) return { kind: "forked", lease };
    await requestDriver(client, { ...lease, subject: source.subject });
    return { kind: "forked", lease: null };
  });
  if (result?.kind === "forked" && result.lease === null) outboxBell().ring();
  return result;
}

async function copyRun(
  client: PoolClient,
  organizationId: string,
  fork: ForkRun,
  generation: number,
): Promise<void> {
  const { question, replaces } = fork;
  await client.query(
    `INSERT INTO "Run" ("organizationId", id, "rootRunId", "sessionId", subject, "componentType", "componentId",
       "componentName", "componentVersion", "modelProvider", "modelId", status, input, "inputPreview", "nextIndex",
       generation, "driverBootId", "forkedFromRunId", "forkedFromMessageIndex",
       "regeneratedFrom"${replaces ? ", ordinal" : ""})
     SELECT r."organizationId", $3, $3, r."sessionId", r.subject, r."componentType", r."componentId",
       r."componentName", r."componentVersion", r."modelProvider", r."modelId", $4, COALESCE($5::jsonb, r.input),
       COALESCE($6, r."inputPreview"), $7, $8, $9, r.id, $10, $11${replaces ? ", r.ordinal" : ""}
     FROM "Run" r WHERE r."organizationId" = $1 AND r.id = $2`,
    [
      organizationId,
      fork.source.id,
      fork.runId,
      fork.bootId === null ? "PENDING" : "RUNNING",
      question === null ? null : storableJson(question.input).json,
      question?.preview ?? null,
      fork.untilIndex,
      generation,
      fork.bootId,
      fork.messageIndex,
      fork.regenerates ? fork.source.id : null,
    ],
  );
  await client.query(
    `INSERT INTO "RunEvent" ("organizationId", "rootRunId", index, "lastIndex", "runId", type, "schemaVersion", data,
       internal, "createdAt")
     SELECT e."organizationId", $3, e.index, e."lastIndex", $3, e.type, e."schemaVersion", e.data, e.internal,
       e."createdAt"
     FROM "RunEvent" e
     WHERE e."organizationId" = $1 AND e."rootRunId" = $2 AND e."runId" = $2 AND e."lastIndex" < $4`,
    [organizationId, fork.source.id, fork.runId, fork.untilIndex],
  );
  await client.query(
    `UPDATE "Session" s SET "updatedAt" = now() FROM "Run" r
     WHERE r."organizationId" = $1 AND r.id = $2 AND s."organizationId" = $1 AND s.id = r."sessionId"`,
    [organizationId, fork.runId],
  );
}
