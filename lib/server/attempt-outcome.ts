import type { RunStatus } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { AttemptOutcome } from "#lib/db/schedule-attempts.ts";
import { getRunOutput } from "./get-run-output.ts";

/** A run whose attempt of a firing is to be ended. */
interface StoppedRun {
  id: string;
  sessionId: string;
  status: RunStatus;
  errorMessage: string | null;
}

/** What a run that has ended or waits for people makes of the attempt that has started it. */
export async function attemptOutcome(scope: Scope, run: StoppedRun): Promise<AttemptOutcome> {
  const { input, content, content_type, requirements } = await getRunOutput(scope, run.id, run.sessionId);
  const output = content === undefined ? null : { content, content_type: content_type ?? "str" };
  const common = { statusCode: 200, input: { ...input }, output };
  switch (run.status) {
    case "COMPLETED":
    case "REGENERATED":
      return { ...common, status: "success", error: null };
    case "PAUSED":
      return { ...common, status: "paused", error: null, requirements: requirements ?? null };
    case "CANCELLED":
      return { ...common, status: "failed", error: "Run was cancelled" };
    case "ERROR":
    case "PENDING":
    case "RUNNING":
      return { ...common, status: "failed", error: run.errorMessage ?? "The run failed." };
  }
}
