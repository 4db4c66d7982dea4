import { AppError } from "#lib/core/app-error.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { deciderOf } from "./decider.ts";
import { memberNames } from "./member-names.ts";
import { requirementStateOf } from "./requirement-state-of.ts";

/** What the caller's run waits for and has waited for, oldest first. Throws not_found. */
export async function listRequirements(principal: Principal, runId: string): Promise<RequirementState[]> {
  const scope = scopeOf(principal);
  const run = await getRunSummary(scope, runId);
  if (run === null || (principal.sessionId !== null && run.sessionId !== principal.sessionId)) {
    throw new AppError("not_found", "Run not found");
  }
  const [requirements, names] = await Promise.all([
    listRunRequirements(scope, run.rootRunId),
    memberNames(scope),
  ]);
  const decider = deciderOf(principal);
  return requirements.map((requirement) => requirementStateOf(requirement, run.inputPreview, decider, names));
}
