import type { Scope } from "#lib/core/scope.ts";
import { getRun } from "#lib/db/runs.ts";
import { AFTER_RUN_PIECES } from "./after-run-pieces.ts";

/** The ids of the pieces of work that an ended run wants, in order; none for a run that is gone. */
export async function listAfterRunPieces(scope: Scope, runId: string): Promise<string[]> {
  const run = await getRun(scope, runId);
  if (run === null) return [];
  const ended = { status: run.status, subject: run.subject, recovered: run.generation > 1 };
  return AFTER_RUN_PIECES.filter((piece) => piece.wants(ended)).map(({ id }) => id);
}
