import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { type ComponentVersionRecord, findComponentVersion } from "#lib/db/component-versions.ts";

/** One version of a component. Throws not_found with the wire's sentence. */
export async function requireComponentVersion(
  scope: Scope,
  id: string,
  version: number,
): Promise<ComponentVersionRecord> {
  const record = await findComponentVersion(scope, id, version);
  if (record === null) throw new AppError("not_found", `Config ${id} v${version} not found`);
  return record;
}
