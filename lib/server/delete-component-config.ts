import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { deleteComponentVersion } from "#lib/db/component-versions.ts";
import { requireComponentVersion } from "./require-component-version.ts";

/** Deletes a version that is not the current one. Throws not_found, and bad_request for the current one. */
export async function deleteComponentConfig(scope: Scope, id: string, version: number): Promise<void> {
  await requireComponentVersion(scope, id, version);
  if (!(await deleteComponentVersion(scope, id, version))) {
    throw new AppError("bad_request", `Cannot delete current config ${id} v${version}`);
  }
}
