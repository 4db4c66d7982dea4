import { AppError } from "../core/app-error.ts";
import type { ApprovalRule, OnExpiry } from "../core/approval-policy.ts";
import type { Scope } from "../core/scope.ts";
import type { ToolEffect } from "../core/tool.ts";
import { database } from "./database.ts";
import { isUniqueViolation } from "./is-unique-violation.ts";

/** What a person decides about a policy. */
export interface ApprovalPolicyDefinition {
  name: string;
  description: string | null;
  enabled: boolean;
  position: number;
  toolPattern: string;
  condition: string | null;
  effect: ToolEffect | null;
  approverRoles: ("owner" | "admin" | "member")[];
  approverScopes: string[];
  approvalsRequired: number;
  requesterMayDecide: boolean;
  expiresAfterSeconds: number | null;
  remindAfterSeconds: number | null;
  onExpiry: OnExpiry;
}

/** A stored policy. */
export interface ApprovalPolicyRecord extends ApprovalPolicyDefinition {
  id: string;
  /** Counts the changes by people. */
  revision: number;
  createdAt: Date;
  /** Null until somebody changes it. */
  updatedAt: Date | null;
}

const DEFINITION = `name, description, enabled, position, "toolPattern", condition, effect, "approverRoles",
  "approverScopes", "approvalsRequired", "requesterMayDecide", "expiresAfterSeconds", "remindAfterSeconds",
  "onExpiry"`;
const COLUMNS = `id, ${DEFINITION}, revision, "createdAt", "updatedAt"`;

/** More than anybody can oversee. */
const MOST_POLICIES = 1_000;

const AUDIT = `INSERT INTO "AuditEntry"
  ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)`;

/** The organization's policies in the order in which they count. */
export async function listApprovalPolicies(scope: Scope): Promise<ApprovalPolicyRecord[]> {
  const { rows } = await database().pool.query<ApprovalPolicyRecord>(
    `SELECT ${COLUMNS} FROM "ApprovalPolicy" WHERE "organizationId" = $1
     ORDER BY position, "createdAt", id LIMIT ${MOST_POLICIES}`,
    [scope.organizationId],
  );
  return rows;
}

/** Those of the organization's policies that are on, as the door of the tools goes by them. */
export async function listApprovalRules(scope: Scope): Promise<ApprovalRule[]> {
  const { rows } = await database().pool.query<ApprovalRule>(
    `SELECT id, name, "toolPattern", condition, effect, "approverRoles", "approverScopes", "approvalsRequired",
       "requesterMayDecide", "expiresAfterSeconds", "remindAfterSeconds", "onExpiry"
     FROM "ApprovalPolicy" WHERE "organizationId" = $1 AND enabled
     ORDER BY position, "createdAt", id LIMIT ${MOST_POLICIES}`,
    [scope.organizationId],
  );
  return rows;
}

/** One policy, or null. */
export async function findApprovalPolicy(scope: Scope, id: string): Promise<ApprovalPolicyRecord | null> {
  const { rows } = await database().pool.query<ApprovalPolicyRecord>(
    `SELECT ${COLUMNS} FROM "ApprovalPolicy" WHERE "organizationId" = $1 AND id = $2`,
    [scope.organizationId, id],
  );
  return rows[0] ?? null;
}

/** Stores a policy with its audit row. Throws `conflict` when the organization has one of this name. */
export async function insertApprovalPolicy(
  scope: Scope,
  id: string,
  definition: ApprovalPolicyDefinition,
): Promise<ApprovalPolicyRecord> {
  const { rows } = await database().pool.query<ApprovalPolicyRecord>(
    `WITH p AS (
       INSERT INTO "ApprovalPolicy" ("organizationId", id, ${DEFINITION})
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       ON CONFLICT ("organizationId", name) DO NOTHING RETURNING *),
     audit AS (${AUDIT} SELECT "organizationId", $17, $18, 'approval_policy.created', 'approval_policy', id, $19 FROM p)
     SELECT ${COLUMNS} FROM p`,
    [scope.organizationId, id, ...valuesOf(definition), ...auditOf(scope, definition)],
  );
  const [created] = rows;
  if (created === undefined) throw nameTaken(definition.name);
  return created;
}

/**
 * Replaces what a person decides about a policy, with the audit row. Returns null when it is gone or was changed since
 * `revision`. Throws `conflict` when another one has the name.
 */
export async function updateApprovalPolicy(
  scope: Scope,
  id: string,
  revision: number,
  definition: ApprovalPolicyDefinition,
): Promise<ApprovalPolicyRecord | null> {
  try {
    const { rows } = await database().pool.query<ApprovalPolicyRecord>(
      `WITH p AS (
         UPDATE "ApprovalPolicy" SET (${DEFINITION}) =
             ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16),
           revision = revision + 1, "updatedAt" = now()
         WHERE "organizationId" = $1 AND id = $2 AND revision = $20 RETURNING *),
       audit AS (${AUDIT}
         SELECT "organizationId", $17, $18, 'approval_policy.updated', 'approval_policy', id, $19 FROM p)
       SELECT ${COLUMNS} FROM p`,
      [scope.organizationId, id, ...valuesOf(definition), ...auditOf(scope, definition), revision],
    );
    return rows[0] ?? null;
  } catch (error) {
    if (isUniqueViolation(error, "ApprovalPolicy_organizationId_name_key")) throw nameTaken(definition.name);
    throw error;
  }
}

/** Deletes a policy, with the audit row; false when there is none. What was opened under it keeps its rule. */
export async function deleteApprovalPolicy(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH p AS (DELETE FROM "ApprovalPolicy" WHERE "organizationId" = $1 AND id = $2 RETURNING *),
     audit AS (${AUDIT}
       SELECT "organizationId", $3, $4, 'approval_policy.deleted', 'approval_policy', id,
         jsonb_build_object('name', name) FROM p)
     SELECT id FROM p`,
    [scope.organizationId, id, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}

function valuesOf(definition: ApprovalPolicyDefinition): unknown[] {
  return [
    definition.name,
    definition.description,
    definition.enabled,
    definition.position,
    definition.toolPattern,
    definition.condition,
    definition.effect,
    definition.approverRoles,
    definition.approverScopes,
    definition.approvalsRequired,
    definition.requesterMayDecide,
    definition.expiresAfterSeconds,
    definition.remindAfterSeconds,
    definition.onExpiry,
  ];
}

function auditOf(scope: Scope, definition: ApprovalPolicyDefinition): unknown[] {
  return [scope.actor.kind, scope.actor.id, JSON.stringify(definition)];
}

function nameTaken(name: string): AppError {
  return new AppError("conflict", `There is an approval policy named '${name}' already`);
}
