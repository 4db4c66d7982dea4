import type { Scope } from "#lib/core/scope.ts";
import { AFTER_RUN_PIECES } from "./after-run-pieces.ts";

/** Does one piece of the work after a run's end. A piece that this version no longer has is nothing to do. */
export async function performAfterRunPiece(scope: Scope, runId: string, pieceId: string): Promise<void> {
  await AFTER_RUN_PIECES.find(({ id }) => id === pieceId)?.perform(scope, runId);
}
