import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { deleteComponent as removeComponent } from "#lib/db/components.ts";

/** Deletes a component with its versions. Its sessions stay readable. Throws not_found. */
export async function deleteComponent(scope: Scope, id: string): Promise<void> {
  if (!(await removeComponent(scope, id))) throw new AppError("not_found", `Component ${id} not found`);
}
