import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { deleteSchedule as removeSchedule } from "#lib/db/schedules.ts";

/** Deletes a schedule with its history; the sessions of its runs stay. Throws not_found. */
export async function deleteSchedule(scope: Scope, id: string): Promise<null> {
  if (!(await removeSchedule(scope, id))) throw new AppError("not_found", "Schedule not found");
  return null;
}
