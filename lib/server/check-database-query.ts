import { AppError } from "#lib/core/app-error.ts";
import { environment } from "#lib/env.ts";

/**
 * Checks the wire's `db_id` and `table`: there is one database, and its tables are not chosen by callers.
 * Throws bad_request (table without db_id) and not_found (another database), with the wire's sentences.
 */
export function checkDatabaseQuery(query: { db_id?: string; table?: string }): void {
  if (query.table !== undefined && query.db_id === undefined) {
    throw new AppError("bad_request", "The db_id query parameter is required when passing a table");
  }
  if (query.db_id !== undefined && query.db_id !== environment().AGENTOS_DB_ID) {
    throw new AppError("not_found", `No database found with id '${query.db_id}'`);
  }
}
