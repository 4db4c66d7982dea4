import { isFinished } from "#lib/core/run-status.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import type { AcknowledgedRun } from "./acknowledged-run.ts";
import { type PausedCall, pausedCalls } from "./paused-call.ts";
import { scheduledRuns } from "./scheduled-runs.ts";
import { runsOfAsk, type UnansweredAsk } from "./unanswered-ask.ts";
import type { Witness } from "./witness.ts";

const LOOK_EVERY_MS = 150;
/** What a dead server had sent to its database is done by then, or not at all. */
const LATE_WRITE_MS = 5_000;
/** Of what is put to them they refuse one in so many. */
const REFUSED_SHARE = 0.2;

interface PersonWork {
  /** The servers that are up now; one is picked for each look. */
  urls: () => readonly string[];
  /** All runs that were acknowledged so far. */
  runs: readonly AcknowledgedRun[];
  /** All questions that broke off so far before a run was acknowledged. */
  unanswered: readonly UnansweredAsk[];
  /** A schedule whose runs are looked at, too. */
  scheduleId: string;
  witness: Witness;
  random: () => number;
}

/** Somebody who decides about what runs wait for, from the start of the load until everything has come to rest. */
export interface DrillPerson {
  /** Effects that were refused: none of them may have happened. */
  refused(): string[];
  /** How many runs are not known to have ended, with questions of which it is not known whether there is one. */
  openCount(): number;
  stop(): Promise<void>;
}

/**
 * Starts a person who confirms and approves most calls, grants most money, refuses the rest, and says of a call whose outcome nobody knows
 * what the witness has seen. A server that dies under an answer is asked again how the run stands.
 */
export function startDrillPerson(work: PersonWork): DrillPerson {
  const { urls, runs, unanswered, scheduleId, witness, random } = work;
  const stopped = new AbortController();
  const open = new Map<string, AcknowledgedRun>();
  const ended = new Set<string>();
  const answered = new Set<UnansweredAsk>();
  const decisions = new Map<string, boolean>();
  let seen = 0;

  const keyOf = (run: AcknowledgedRun, tool: ToolExecution) => `${run.runId}:${tool.tool_call_id}`;
  /** Said once, it is said again when the first time was not heard. */
  const agrees = (key: string) => {
    const agreed = decisions.get(key) ?? random() >= REFUSED_SHARE;
    decisions.set(key, agreed);
    return agreed;
  };

  async function lookAt(client: ApiClient, run: AcknowledgedRun): Promise<void> {
    const found = await pausedCalls(client, run);
    if (found !== null && isFinished(found.status)) {
      open.delete(run.runId);
      ended.add(run.runId);
    }
    const answers: object[] = [];
    for (const { tool, isUnknown } of found?.calls ?? []) {
      const decision = isUnknown ? whatHappened(run, tool) : { confirmed: agrees(keyOf(run, tool)) };
      if (tool.approval_type === "required") await resolve(client, tool, decision);
      else answers.push({ ...tool, ...decision });
    }
    if (answers.length > 0) await resume(client, run, answers);
  }

  /** Runs that nobody was told of are looked at like the others: they may wait for somebody, too. */
  async function lookForRuns(client: ApiClient): Promise<void> {
    for (const ask of unanswered.filter((one) => !answered.has(one))) {
      const found = await runsOfAsk(client, ask);
      for (const run of found ?? []) open.set(run.runId, run);
      if (found !== null || performance.now() - ask.brokeOffAt > LATE_WRITE_MS) answered.add(ask);
    }
  }

  function whatHappened(run: AcknowledgedRun, tool: ToolExecution): Decision {
    return witness.has(keyOf(run, tool)) ? { result: "The witness has it." } : { confirmed: true };
  }

  async function rounds(): Promise<void> {
    while (!stopped.signal.aborted) {
      for (const run of runs.slice(seen)) open.set(run.runId, run);
      seen = runs.length;
      const all = urls();
      const url = all[Math.floor(random() * all.length)];
      try {
        if (url !== undefined) {
          const client = await apiClient(url, {});
          for (const run of await scheduledRuns(client, scheduleId)) {
            if (!ended.has(run.runId)) open.set(run.runId, run);
          }
          await lookForRuns(client);
          for (const run of open.values()) await lookAt(client, run);
        }
      } catch {
        // The server died under the question; whatever it had taken shows at the next look.
      }
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
  }

  const working = rounds();
  return {
    refused: () => [...decisions].flatMap(([key, agreed]) => (agreed ? [] : [key])),
    openCount: () => open.size + runs.length - seen + unanswered.length - answered.size,
    async stop() {
      stopped.abort();
      await working;
    },
  };
}

type Decision = { confirmed: boolean } | { result: string };

async function resolve(client: ApiClient, tool: PausedCall["tool"], decision: Decision): Promise<void> {
  const refused = "confirmed" in decision && !decision.confirmed;
  await client.json("POST", `/approvals/${tool.approval_id}/resolve`, {
    status: refused ? "rejected" : "approved",
    resolution_data: decision,
  });
}

/** Without waiting for what comes of it: the next look tells. */
async function resume(client: ApiClient, run: AcknowledgedRun, tools: readonly object[]): Promise<void> {
  const response = await client.open(`/agents/${run.agentId}/runs/${run.runId}/continue`, {
    session_id: run.sessionId,
    tools: JSON.stringify(tools),
    background: run.kind === "background" ? "true" : "false",
  });
  await response.body?.cancel();
}
