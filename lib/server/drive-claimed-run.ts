import { randomUUID } from "node:crypto";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { RunIdentity, RunLease } from "#lib/core/journal.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import type { RunOutcome } from "#lib/runtime/end-of-run.ts";
import type { BoundModel, HistoryRun, Resumption, RunPorts } from "#lib/runtime/ports.ts";
import { runAgent } from "#lib/runtime/run-agent.ts";
import { SYSTEM_CLOCK } from "#lib/runtime/system-clock.ts";
import { approvalRules } from "./approval-rules.ts";
import { bindModel } from "./bind-model.ts";
import { checksOf } from "./checks-of.ts";
import { eventsAtStop } from "./events-at-stop.ts";
import { keptToolResults } from "./kept-tool-results.ts";
import { logRunFailure } from "./log-run-failure.ts";
import { promptBlobs } from "./prompt-blobs.ts";
import { runBudget } from "./run-budget.ts";
import { toolHooksOf } from "./tool-hooks-of.ts";
import { toolsOf } from "./tools-of.ts";
import { wantsAfterRun } from "./wants-after-run.ts";

/** Everything that a driver needs to bring a run to its end. */
export interface ClaimedRun {
  /** The rows that the run itself may touch: its subject's. */
  scope: Scope;
  run: RunIdentity;
  lease: RunLease;
  definition: AgentDefinition;
  model: BoundModel;
  input: RunPorts["input"];
  sessionState: JsonObject;
  loadHistory(): Promise<readonly HistoryRun[]>;
  /** What the session was about before, as the model is told; empty for nothing. */
  loadSummary(): Promise<string>;
  /** What an earlier driver has left; absent at the first drive. */
  resumption?: Resumption;
  /** Aborts on a cancel command, or when the run is to go on elsewhere. */
  signal: AbortSignal;
}

/**
 * Drives a claimed run to its end or its next pause. What goes wrong becomes the run's RunError; rejects only when the journal itself or
 * the reading before it fails, and then the run stands where its journal says.
 */
export async function driveClaimedRun(claimed: ClaimedRun): Promise<RunOutcome> {
  const [history, sessionSummary] = await Promise.all([claimed.loadHistory(), claimed.loadSummary()]);
  const outcome = await runAgent(claimed.definition, {
    scope: claimed.scope,
    run: claimed.run,
    lease: claimed.lease,
    journal: journalWriter(),
    blobs: promptBlobs(claimed.scope),
    model: claimed.model,
    bindModel: (reference) => bindModel(claimed.scope, reference),
    tools: toolsOf(claimed.definition),
    toolHooks: toolHooksOf(claimed.definition),
    toolCache: keptToolResults(claimed.scope, claimed.run, SYSTEM_CLOCK),
    budget: runBudget({ ...claimed, costLimitUsd: claimed.definition.cost_limit_usd }),
    ...checksOf(claimed.scope, claimed.definition),
    approvalRules: () => approvalRules(claimed.scope),
    clock: SYSTEM_CLOCK,
    newId: randomUUID,
    signal: claimed.signal,
    history,
    input: claimed.input,
    sessionState: claimed.sessionState,
    eventsAtStop: eventsAtStop(claimed.lease, {
      subject: claimed.scope.subject,
      ...wantsAfterRun(claimed.definition),
    }),
    sessionSummary,
    ...(claimed.resumption === undefined ? {} : { resumption: claimed.resumption }),
  });
  logRunFailure(claimed.run.runId, outcome);
  return outcome;
}
