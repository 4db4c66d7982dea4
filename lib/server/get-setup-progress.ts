import type { Scope } from "#lib/core/scope.ts";
import { readSetupProgress, type SetupProgress } from "#lib/db/setup-progress.ts";

/** What of the first steps an organization has done. */
export function getSetupProgress(scope: Scope): Promise<SetupProgress> {
  return readSetupProgress(scope);
}
