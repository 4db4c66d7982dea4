import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { TranscriptEntry } from "#lib/core/transcript.ts";
import { listUnknownEffects } from "#lib/db/unknown-effects.ts";

/**
 * Refuses to go on without what a run has said in `dropped` when a call in it may have changed the world and nobody knows:
 * the model would ask for it once more. Throws conflict.
 */
export async function refuseToForgetEffects(
  scope: Scope,
  runId: string,
  dropped: readonly TranscriptEntry[],
): Promise<void> {
  const begun = dropped.flatMap((entry) =>
    entry.kind === "question"
      ? []
      : entry.turn.calls.flatMap(({ tool, startedIndex, finishedAtMs }) =>
          startedIndex !== null && finishedAtMs === null ? [tool.tool_call_id] : [],
        ),
  );
  const tools = begun.length === 0 ? [] : await listUnknownEffects(scope, runId, begun);
  if (tools.length === 0) return;
  throw new AppError(
    "conflict",
    `Nobody knows whether ${tools.join(", ")} was done. Say what became of it first: a failed run asks for that when it is continued without input.`,
  );
}
