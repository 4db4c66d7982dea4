import type { CheckpointList } from "#lib/core/checkpoint.ts";
import { runCheckpoints } from "#lib/core/run-checkpoints.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readRunTranscript, type RunAddress } from "./read-run-transcript.ts";

/** The places from which one of the caller's runs can be continued, first to last. Throws not_found. */
export async function listRunCheckpoints(scope: Scope, address: RunAddress): Promise<CheckpointList> {
  const { run, entries, messages } = await readRunTranscript(scope, address);
  return { run_id: run.id, session_id: run.sessionId, checkpoints: runCheckpoints(run, entries, messages) };
}
