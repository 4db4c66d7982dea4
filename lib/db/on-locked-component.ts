import type { QueryResultRow } from "pg";
import type { Scope } from "../core/scope.ts";
import { transaction } from "./transaction.ts";

/**
 * Runs a statement that decides by which version of a component is current, after whoever changes that has finished:
 * else a version could become the current one while it is being deleted. Returns the statement's rows.
 */
export function onLockedComponent<Row extends QueryResultRow>(
  scope: Scope,
  componentId: string,
  statement: string,
  values: unknown[],
): Promise<Row[]> {
  return transaction(async (client) => {
    // A statement of its own: the next one then sees what was committed while this one waited.
    await client.query(`SELECT 1 FROM "Component" WHERE "organizationId" = $1 AND id = $2 FOR UPDATE`, [
      scope.organizationId,
      componentId,
    ]);
    return (await client.query<Row>(statement, values)).rows;
  });
}
