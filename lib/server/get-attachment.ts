import { runInputSchema, type RunAttachment } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findToolMedia } from "#lib/db/tool-media.ts";
import { getRun } from "#lib/db/runs.ts";

/**
 * Finds a file that came with the question of one of the caller's runs, or that a tool has brought in it; null when there is
 * none of these ids.
 */
export async function getAttachment(
  scope: Scope,
  runId: string,
  attachmentId: string,
): Promise<RunAttachment | null> {
  const run = await getRun(scope, runId);
  const input = runInputSchema.safeParse(run?.input).data;
  const asked = input?.attachments?.find((attachment) => attachment.id === attachmentId);
  return asked ?? (run === null ? null : findToolMedia(scope, run.rootRunId, attachmentId));
}
