import { AppError } from "#lib/core/app-error.ts";
import { runOutput } from "#lib/core/run-output.ts";
import type { RunOutput } from "#lib/core/run-wire.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getRun } from "#lib/db/runs.ts";
import { getSession } from "#lib/db/sessions.ts";
import { readRunMessages } from "./run-messages.ts";

/** Returns a run as the wire shows it whole. Throws not_found unless the caller has it in that session (and agent). */
export async function getRunOutput(
  scope: Scope,
  runId: string,
  sessionId: string,
  agentId?: string,
): Promise<RunOutput> {
  const run = await getRun(scope, runId);
  if (run === null || run.sessionId !== sessionId || (agentId !== undefined && run.componentId !== agentId)) {
    throw new AppError("not_found", "Run not found");
  }
  const [{ events, messages }, session] = await Promise.all([
    readRunMessages(scope, run.rootRunId, { withHistory: true }),
    getSession(scope, sessionId),
  ]);
  return runOutput(run, events, messages, session?.state ?? {});
}
