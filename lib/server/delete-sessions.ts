import { AppError } from "#lib/core/app-error.ts";
import { narrowScope } from "#lib/core/narrow-scope.ts";
import type { Scope } from "#lib/core/scope.ts";
import { deleteSessions as deleteStoredSessions } from "#lib/db/delete-sessions.ts";
import { checkDatabaseQuery } from "./check-database-query.ts";

/** Deletes the caller's sessions; ids that are not there are no error. Throws bad_request when the lists differ in length. */
export async function deleteSessions(
  scope: Scope,
  body: { session_ids: string[]; session_types: string[] },
  query: { user_id?: string; db_id?: string; table?: string },
): Promise<void> {
  checkDatabaseQuery(query);
  if (body.session_ids.length !== body.session_types.length) {
    throw new AppError("bad_request", "Session IDs and session types must have the same length");
  }
  await deleteStoredSessions(narrowScope(scope, query.user_id), body.session_ids);
}
