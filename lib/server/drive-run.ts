import { randomUUID } from "node:crypto";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { LeaseLostError, type RunIdentity, type RunLease } from "#lib/core/journal.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { OPEN_GATES } from "#lib/runtime/open-gates.ts";
import type { BoundModel, HistoryRun, InputFile } from "#lib/runtime/ports.ts";
import { runAgent } from "#lib/runtime/run-agent.ts";
import { SYSTEM_CLOCK } from "#lib/runtime/system-clock.ts";
import { promptBlobs } from "./prompt-blobs.ts";
import { log } from "./log.ts";
import { toolsNamed } from "./tools-named.ts";

/** Everything that a driver needs to bring a run to its end. */
export interface DriveRunInput {
  /** The rows that the run itself may touch: its subject's. */
  scope: Scope;
  run: RunIdentity;
  lease: RunLease;
  definition: AgentDefinition;
  model: BoundModel;
  input: { content: string; files: readonly InputFile[] };
  sessionState: JsonObject;
  loadHistory(): Promise<HistoryRun[]>;
  /** Aborts on a cancel command. */
  signal: AbortSignal;
}

/**
 * Drives a run to its end. Never rejects: what goes wrong becomes the run's RunError, and when not even that can be
 * written, a line in the log; the row then stays RUNNING until the next start ends it as interrupted.
 */
export async function driveRun(input: DriveRunInput): Promise<void> {
  const { run, lease } = input;
  const journal = journalWriter();
  try {
    const history = await input.loadHistory();
    const outcome = await runAgent(input.definition, {
      scope: input.scope,
      run,
      lease,
      journal,
      blobs: promptBlobs(input.scope),
      model: input.model,
      tools: toolsNamed(input.definition.tools),
      gates: OPEN_GATES,
      clock: SYSTEM_CLOCK,
      newId: randomUUID,
      signal: input.signal,
      history,
      input: input.input,
      sessionState: input.sessionState,
    });
    if (outcome.status === "ERROR") {
      const { id, type, cause } = outcome.error;
      log("error", "A run failed.", { runId: run.runId, errorId: id, errorType: type, cause });
    }
  } catch (error) {
    if (error instanceof LeaseLostError) return;
    const errorId = randomUUID();
    log("error", "A run failed outside its loop.", { runId: run.runId, errorId, error });
    await journal
      .append({
        lease,
        events: [
          {
            runId: run.runId,
            createdAtMs: Date.now(),
            body: {
              type: "RunError",
              content: `The run failed for a reason of ours, not the model's. Try again; the log has the cause under ${errorId}.`,
              error_type: "internal",
              error_id: errorId,
            },
          },
        ],
        patches: [
          {
            runId: run.runId,
            patch: {
              status: "ERROR",
              errorType: "internal",
              errorMessage: "Internal error",
              endedAtMs: Date.now(),
            },
          },
        ],
      })
      .catch((second: unknown) =>
        log("error", "A run's failure could not be written.", { runId: run.runId, second }),
      );
  }
}
