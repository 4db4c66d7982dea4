import type { ApprovalFilter, ApprovalStatus } from "../core/approval.ts";
import type { RequirementStatus } from "../core/requirement.ts";
import type { RunStatus } from "../core/run-status.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { REQUIREMENT_COLUMNS, type RequirementRecord } from "./requirements.ts";

/** A requirement that takes an approval, or took one for the record, with what its list shows beside it. */
export interface ApprovalRecord extends RequirementRecord {
  runStatus: RunStatus;
  /** The beginning of what its run was asked. */
  question: string;
  /** The firing of a schedule that the run belongs to. */
  scheduleId: string | null;
  scheduleRunId: string | null;
}

// One for the record is there once somebody has answered. A run belongs to one attempt of one firing at most.
const FROM = `FROM "Requirement" q
  JOIN "Run" r ON r."organizationId" = q."organizationId" AND r.id = q."rootRunId"
  LEFT JOIN LATERAL (SELECT f."scheduleId", f.id FROM "ScheduleRun" f
    WHERE f."organizationId" = q."organizationId" AND f."runId" = q."rootRunId" LIMIT 1) s ON true
  WHERE q."organizationId" = $1 AND q."hiddenAt" IS NULL AND ($2::text IS NULL OR q.subject = $2)
    AND (q."approvalType" = 'required' OR (q."approvalType" = 'audit' AND q.status = 'settled'))`;

const COLUMNS = `${REQUIREMENT_COLUMNS}, r.status AS "runStatus", r."inputPreview" AS question, s."scheduleId", s.id AS "scheduleRunId"`;

/** Which approvals a list shows: of several standings, and of one tool, too. */
export interface ApprovalListFilter extends Omit<ApprovalFilter, "status"> {
  status?: ApprovalStatus | readonly ApprovalStatus[] | undefined;
  tool_name?: string | undefined;
}

/** In SQL, of the approvals in a list. */
const ORDERS = {
  newest: `q."createdAt" DESC, q.id`,
  // What never expires comes after what does.
  expiring: `q."expiresAt" NULLS LAST, q."createdAt" DESC, q.id`,
} as const;

/** One page of the approvals that the caller may see, newest first unless what expires first is to be, and how many there are in all. */
export async function listApprovals(
  scope: Scope,
  filter: ApprovalListFilter,
  page: { offset: number; limit: number; order?: keyof typeof ORDERS },
): Promise<{ approvals: ApprovalRecord[]; totalCount: number }> {
  const { where, values } = filterSql(scope, filter);
  const { pool } = database();
  const [listed, counted] = await Promise.all([
    pool.query<ApprovalRecord>(
      `SELECT ${COLUMNS} ${FROM}${where} ORDER BY ${ORDERS[page.order ?? "newest"]}
       LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
      [...values, page.limit, page.offset],
    ),
    pool.query<{ count: number }>(`SELECT count(*)::int AS count ${FROM}${where}`, values),
  ]);
  return { approvals: listed.rows, totalCount: counted.rows[0]?.count ?? 0 };
}

/** How many of the approvals that the caller may see wait for somebody. */
export async function countPendingApprovals(scope: Scope): Promise<number> {
  const { rows } = await database().pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "Requirement" q
     WHERE q."organizationId" = $1 AND q.status = 'open' AND q."approvalType" = 'required'
       AND ($2::text IS NULL OR q.subject = $2)`,
    [scope.organizationId, scope.subject],
  );
  return rows[0]?.count ?? 0;
}

/** One approval; null when the caller may see none of this id. */
export async function findApproval(scope: Scope, id: string): Promise<ApprovalRecord | null> {
  const { rows } = await database().pool.query<ApprovalRecord>(`SELECT ${COLUMNS} ${FROM} AND q.id = $3`, [
    scope.organizationId,
    scope.subject,
    id,
  ]);
  return rows[0] ?? null;
}

/** Takes a decided approval off the list, with the audit row; false when there is none of this id that is decided. */
export async function hideApproval(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH q AS (
       UPDATE "Requirement" SET "hiddenAt" = now()
       WHERE "organizationId" = $1 AND id = $2 AND ($3::text IS NULL OR subject = $3) AND "approvalType" IS NOT NULL
         AND status <> 'open' AND "hiddenAt" IS NULL RETURNING *),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $4, $5, 'approval.deleted', 'requirement', id,
         jsonb_build_object('run_id', "rootRunId", 'tool_name', "toolName") FROM q)
     SELECT id FROM q`,
    [scope.organizationId, id, scope.subject, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}

function statusOf(standing: ApprovalStatus): RequirementStatus {
  switch (standing) {
    case "pending":
      return "open";
    case "approved":
    case "rejected":
      return "settled";
    case "expired":
    case "cancelled":
      return standing;
  }
}

function filterSql(scope: Scope, filter: ApprovalListFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [scope.organizationId, scope.subject];
  let where = "";
  const add = (condition: string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    where += ` AND ${condition.replaceAll("?", `$${values.length}`)}`;
  };
  const wanted = filter.status === undefined ? undefined : [filter.status].flat();
  // The index knows nothing of outcomes.
  add("q.status = ANY(?)", wanted === undefined ? undefined : [...new Set(wanted.map(statusOf))]);
  add(
    `CASE WHEN q.status = 'open' THEN 'pending' WHEN q.status = 'settled' THEN q.outcome ELSE q.status END = ANY(?)`,
    wanted,
  );
  add(`q."componentType" = ?`, filter.source_type);
  add(`q."approvalType" = ?`, filter.approval_type);
  add(
    `CASE q.kind WHEN 'user_feedback' THEN 'user_input' WHEN 'effect_unknown' THEN 'external_execution'
       ELSE q.kind END = ?`,
    filter.pause_type,
  );
  add(`q."componentType" = 'agent' AND q."componentId" = ?`, filter.agent_id);
  add(`q."componentType" = 'team' AND q."componentId" = ?`, filter.team_id);
  add(`q."componentType" = 'workflow' AND q."componentId" = ?`, filter.workflow_id);
  add(`q."toolName" = ?`, filter.tool_name);
  add(`q.subject = ?`, filter.user_id);
  add(`s."scheduleId" = ?`, filter.schedule_id);
  add(`q."rootRunId" = ?`, filter.run_id);
  return { where, values };
}
