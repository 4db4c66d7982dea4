import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { type ComponentRecord, findComponent } from "#lib/db/components.ts";

/** One component of the caller's organization. Throws not_found with the wire's sentence. */
export async function requireComponent(scope: Scope, id: string): Promise<ComponentRecord> {
  const record = await findComponent(scope, id);
  if (record === null) throw new AppError("not_found", `Component ${id} not found`);
  return record;
}
