import { AppError } from "../core/app-error.ts";
import type { BudgetAppliesTo, BudgetPeriod } from "../core/budget.ts";
import type { BudgetRule } from "../core/caps-of-run.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { isUniqueViolation } from "./is-unique-violation.ts";

/** What a person decides about a budget. */
export interface BudgetDefinition {
  name: string;
  enabled: boolean;
  appliesTo: BudgetAppliesTo;
  agentId: string | null;
  userId: string | null;
  period: BudgetPeriod;
  /** Millionths of a US dollar. */
  limitMicroUsd: number;
  expiresAfterSeconds: number | null;
}

/** A stored budget. */
export interface BudgetRecord extends BudgetDefinition {
  id: string;
  /** Counts the changes by people. */
  revision: number;
  createdAt: Date;
  /** Null until somebody changes it. */
  updatedAt: Date | null;
}

const DEFINITION = `name, enabled, "appliesTo", "agentId", "userId", period, "limitMicroUsd", "expiresAfterSeconds"`;
const COLUMNS = `id, name, enabled, "appliesTo", "agentId", "userId", period,
  "limitMicroUsd"::float8 AS "limitMicroUsd", "expiresAfterSeconds", revision, "createdAt", "updatedAt"`;

/** More than anybody can oversee. What reads them reads all: one that was left out would be a limit that limits nobody. */
const MOST_BUDGETS = 10_000;

const AUDIT = `INSERT INTO "AuditEntry"
  ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)`;

/** The organization's budgets by name. */
export async function listBudgets(scope: Scope): Promise<BudgetRecord[]> {
  const { rows } = await database().pool.query<BudgetRecord>(
    `SELECT ${COLUMNS} FROM "Budget" WHERE "organizationId" = $1 ORDER BY name, id`,
    [scope.organizationId],
  );
  return rows;
}

/** Those of the organization's budgets that are on, as runs go by them. */
export async function listBudgetRules(scope: Scope): Promise<BudgetRule[]> {
  const { rows } = await database().pool.query<BudgetRule>(
    `SELECT id, name, "appliesTo", "agentId", "userId", period, "limitMicroUsd"::float8 AS "limitMicroUsd",
       "expiresAfterSeconds"
     FROM "Budget" WHERE "organizationId" = $1 AND enabled ORDER BY id`,
    [scope.organizationId],
  );
  return rows;
}

/** One budget, or null. */
export async function findBudget(scope: Scope, id: string): Promise<BudgetRecord | null> {
  const { rows } = await database().pool.query<BudgetRecord>(
    `SELECT ${COLUMNS} FROM "Budget" WHERE "organizationId" = $1 AND id = $2`,
    [scope.organizationId, id],
  );
  return rows[0] ?? null;
}

/** Stores a budget with its audit row. Throws `conflict` when the organization has one of this name, or has too many. */
export async function insertBudget(
  scope: Scope,
  id: string,
  definition: BudgetDefinition,
): Promise<BudgetRecord> {
  const { rows } = await database().pool.query<BudgetRecord>(
    `WITH b AS (
       INSERT INTO "Budget" ("organizationId", id, ${DEFINITION})
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
       WHERE (SELECT count(*) FROM "Budget" WHERE "organizationId" = $1) < ${MOST_BUDGETS}
       ON CONFLICT ("organizationId", name) DO NOTHING RETURNING *),
     audit AS (${AUDIT} SELECT "organizationId", $11, $12, 'budget.created', 'budget', id, $13 FROM b)
     SELECT ${COLUMNS} FROM b`,
    [scope.organizationId, id, ...valuesOf(definition), ...auditOf(scope, definition)],
  );
  const [created] = rows;
  if (created !== undefined) return created;
  throw (await isFull(scope)) ? tooMany() : nameTaken(definition.name);
}

async function isFull(scope: Scope): Promise<boolean> {
  const { rows } = await database().pool.query<{ full: boolean }>(
    `SELECT count(*) >= ${MOST_BUDGETS} AS full FROM "Budget" WHERE "organizationId" = $1`,
    [scope.organizationId],
  );
  return rows[0]?.full === true;
}

/**
 * Replaces what a person decides about a budget, with the audit row; what was used of it stays. Returns null when it is
 * gone or was changed since `revision`. Throws `conflict` when another one has the name.
 */
export async function updateBudget(
  scope: Scope,
  id: string,
  revision: number,
  definition: BudgetDefinition,
): Promise<BudgetRecord | null> {
  try {
    const { rows } = await database().pool.query<BudgetRecord>(
      `WITH b AS (
         UPDATE "Budget" SET (${DEFINITION}) = ($3, $4, $5, $6, $7, $8, $9, $10),
           revision = revision + 1, "updatedAt" = now()
         WHERE "organizationId" = $1 AND id = $2 AND revision = $14 RETURNING *),
       audit AS (${AUDIT} SELECT "organizationId", $11, $12, 'budget.updated', 'budget', id, $13 FROM b)
       SELECT ${COLUMNS} FROM b`,
      [scope.organizationId, id, ...valuesOf(definition), ...auditOf(scope, definition), revision],
    );
    return rows[0] ?? null;
  } catch (error) {
    if (isUniqueViolation(error, "Budget_organizationId_name_key")) throw nameTaken(definition.name);
    throw error;
  }
}

/** Deletes a budget and its counters, with the audit row; false when there is none. What was spent stays on record. */
export async function deleteBudget(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH b AS (DELETE FROM "Budget" WHERE "organizationId" = $1 AND id = $2 RETURNING *),
     used AS (DELETE FROM "BudgetUse" u USING b WHERE u."organizationId" = $1 AND u."budgetId" = b.id),
     audit AS (${AUDIT}
       SELECT "organizationId", $3, $4, 'budget.deleted', 'budget', id, jsonb_build_object('name', name) FROM b)
     SELECT id FROM b`,
    [scope.organizationId, id, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}

function valuesOf(definition: BudgetDefinition): unknown[] {
  return [
    definition.name,
    definition.enabled,
    definition.appliesTo,
    definition.agentId,
    definition.userId,
    definition.period,
    definition.limitMicroUsd,
    definition.expiresAfterSeconds,
  ];
}

function auditOf(scope: Scope, definition: BudgetDefinition): unknown[] {
  return [scope.actor.kind, scope.actor.id, JSON.stringify(definition)];
}

function tooMany(): AppError {
  const most = MOST_BUDGETS.toLocaleString("en");
  return new AppError(
    "conflict",
    `An organization has ${most} budgets at most. Delete one that is not needed`,
  );
}

function nameTaken(name: string): AppError {
  return new AppError("conflict", `There is a budget named '${name}' already`);
}
