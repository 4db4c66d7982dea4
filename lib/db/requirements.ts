import type { ApprovalRule } from "../core/approval-policy.ts";
import type { RunIdentity } from "../core/journal.ts";
import type { JsonObject } from "../core/json.ts";
import type { RequirementKind, RequirementStatus } from "../core/requirement.ts";
import type { Scope } from "../core/scope.ts";
import type { ApprovalType } from "../core/tool.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import { database } from "./database.ts";

/** What a run waits for, or has waited for. */
export interface RequirementRecord {
  organizationId: string;
  id: string;
  rootRunId: string;
  runId: string;
  sessionId: string;
  subject: string | null;
  componentType: RunIdentity["componentType"];
  componentId: string;
  componentName: string;
  toolCallId: string;
  toolName: string;
  kind: RequirementKind;
  approvalType: ApprovalType | null;
  status: RequirementStatus;
  /** Null until somebody has decided. */
  outcome: "approved" | "rejected" | null;
  /** The call as it was put to people, and as they have left it. */
  asked: ToolExecution;
  settled: ToolExecution | null;
  argumentsHash: string;
  toolFingerprint: string;
  /** Of the arguments as they were left; null where the call is not to be made. */
  settledHash: string | null;
  /** The policy that asks for the approval, as it was when this was opened. */
  rule: ApprovalRule | null;
  /** Of an approval that takes two people: who has given it so far. */
  votes: ApprovalVote[];
  resolution: JsonObject | null;
  resolvedBy: string | null;
  resolvedAt: Date | null;
  expiresAt: Date | null;
  remindedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** One person's yes to an approval that takes two. */
export interface ApprovalVote {
  by: string;
  /** ISO. */
  at: string;
  /** Of the call as this person left it; absent where nothing but yes could be said. */
  said?: string;
  /** What this person said came of the call, where that was asked. */
  result?: string;
}

/** The columns of a RequirementRecord, for a query whose "Requirement" is called q. */
export const REQUIREMENT_COLUMNS = `q."organizationId", q.id, q."rootRunId", q."runId", q."sessionId", q.subject,
  q."componentType", q."componentId", q."componentName", q."toolCallId", q."toolName", q.kind, q."approvalType",
  q.status, q.outcome, q.asked, q.settled, q."argumentsHash", q."toolFingerprint", q."settledHash", q.rule,
  q.votes, q.resolution, q."resolvedBy", q."resolvedAt", q."expiresAt", q."remindedAt", q."createdAt", q."updatedAt"`;

/** All requirements of a run tree, oldest first; another subject's run has none. */
export async function listRunRequirements(scope: Scope, rootRunId: string): Promise<RequirementRecord[]> {
  const { rows } = await database().pool.query<RequirementRecord>(
    `SELECT ${REQUIREMENT_COLUMNS} FROM "Requirement" q
     WHERE q."organizationId" = $1 AND q."rootRunId" = $2 AND ($3::text IS NULL OR q.subject = $3)
     ORDER BY q."createdAt", q.position, q.id`,
    [scope.organizationId, rootRunId, scope.subject],
  );
  return rows;
}

/**
 * Asks an open requirement anew about a tool that has changed since, with the audit row. False when it is open no more,
 * or the caller has none of this id.
 */
export async function renewRequirement(scope: Scope, id: string, toolFingerprint: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH q AS (
       UPDATE "Requirement" SET "toolFingerprint" = $4, "updatedAt" = now()
       WHERE "organizationId" = $1 AND id = $2 AND status = 'open' AND ($3::text IS NULL OR subject = $3) RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $5, $6, 'requirement.renewed', 'requirement', id,
         jsonb_build_object('run_id', "rootRunId", 'tool_name', "toolName", 'tool_fingerprint', $4::text) FROM q)
     SELECT id FROM q`,
    [scope.organizationId, id, scope.subject, toolFingerprint, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}
