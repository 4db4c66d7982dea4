import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { requireComponentVersion } from "./require-component-version.ts";

/** Checks that a version may become the current one. Throws not_found, and bad_request for a draft. */
export async function requirePublishedVersion(scope: Scope, id: string, version: number): Promise<void> {
  const record = await requireComponentVersion(scope, id, version);
  if (record.stage === "published") return;
  throw new AppError(
    "bad_request",
    `Cannot set draft config ${id} v${version} as current. Publish it first.`,
  );
}
