import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findModelProvider, type ModelProviderRecord } from "#lib/db/model-providers.ts";

/** One connection of the organization. Throws `not_found`. */
export async function requireModelProvider(scope: Scope, id: string): Promise<ModelProviderRecord> {
  const record = await findModelProvider(scope, id);
  if (record === null) throw new AppError("not_found", `Model provider with id '${id}' not found`);
  return record;
}
