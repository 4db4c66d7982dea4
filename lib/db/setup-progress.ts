import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";

/** How far an organization has come with what a newcomer does first. */
export interface SetupProgress {
  hasRun: boolean;
  hasStoredAgent: boolean;
  hasModelProvider: boolean;
}

/** Looks whether the caller has run anything, and whether the organization has an agent and a model of its own. */
export async function readSetupProgress(scope: Scope): Promise<SetupProgress> {
  const { rows } = await database().pool.query<SetupProgress>(
    `SELECT EXISTS (SELECT 1 FROM "Run" WHERE "organizationId" = $1 AND ($2::text IS NULL OR subject = $2)) AS "hasRun",
       EXISTS (SELECT 1 FROM "Component" WHERE "organizationId" = $1 AND type = 'agent') AS "hasStoredAgent",
       EXISTS (SELECT 1 FROM "ModelProvider" WHERE "organizationId" = $1 AND enabled) AS "hasModelProvider"`,
    [scope.organizationId, scope.subject],
  );
  return rows[0] ?? { hasRun: false, hasStoredAgent: false, hasModelProvider: false };
}
