import type { ComponentStage } from "#lib/core/component.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "./database.ts";

/** A stored agent at one of its versions. Name and description are the component's own and win over the config's. */
export interface StoredAgentRecord {
  id: string;
  name: string;
  description: string | null;
  version: number;
  stage: ComponentStage;
  config: JsonObject;
  /** When the component changed last. */
  updatedAt: Date;
}

const COLUMNS = `c.id, c.name, c.description, v.version, v.stage, v.config, c."updatedAt"`;

/** One stored agent at its current version, or at the one asked for (drafts included); null when there is none. */
export async function findStoredAgent(
  scope: Scope,
  id: string,
  version: number | null,
): Promise<StoredAgentRecord | null> {
  const { rows } = await database().pool.query<StoredAgentRecord>(
    `SELECT ${COLUMNS} FROM "Component" c
     JOIN "ComponentVersion" v ON v."organizationId" = c."organizationId" AND v."componentId" = c.id
       AND v.version = COALESCE($3::int, c."currentVersion")
     WHERE c."organizationId" = $1 AND c.id = $2 AND c.type = 'agent'`,
    [scope.organizationId, id, version],
  );
  return rows[0] ?? null;
}

/** The organization's agents that have a current version, newest first; at most 1,000. */
export async function listStoredAgents(scope: Scope): Promise<StoredAgentRecord[]> {
  const { rows } = await database().pool.query<StoredAgentRecord>(
    `SELECT ${COLUMNS} FROM "Component" c
     JOIN "ComponentVersion" v ON v."organizationId" = c."organizationId" AND v."componentId" = c.id
       AND v.version = c."currentVersion"
     WHERE c."organizationId" = $1 AND c.type = 'agent'
     ORDER BY c."createdAt" DESC, c.id LIMIT 1000`,
    [scope.organizationId],
  );
  return rows;
}
