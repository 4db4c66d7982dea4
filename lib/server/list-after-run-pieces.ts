import type { Scope } from "#lib/core/scope.ts";
import { getRun } from "#lib/db/runs.ts";
import { AppError } from "#lib/core/app-error.ts";
import { resolveAgent } from "./resolve-agent.ts";
import { wantsAfterRun } from "./wants-after-run.ts";
import { AFTER_RUN_PIECES } from "./after-run-pieces.ts";

/** The ids of the pieces of work that an ended run wants, in order; none for a run that is gone. */
export async function listAfterRunPieces(scope: Scope, runId: string): Promise<string[]> {
  const run = await getRun(scope, runId);
  if (run === null) return [];
  const { status, subject, generation, componentId, componentVersion } = run;
  const wanted = await wantedBy(scope, componentId, componentVersion);
  const ended = { status, subject, recovered: generation > 1, ...wanted };
  return AFTER_RUN_PIECES.filter((piece) => piece.wants(ended)).map(({ id }) => id);
}

/** An agent that is gone wants nothing. */
async function wantedBy(
  scope: Scope,
  agentId: string,
  version: number | null,
): Promise<ReturnType<typeof wantsAfterRun>> {
  try {
    const { definition } = await resolveAgent(scope, agentId, version ?? undefined);
    return wantsAfterRun(definition);
  } catch (error) {
    if (error instanceof AppError) return { summarizes: false, hasBackgroundHooks: false };
    throw error;
  }
}
