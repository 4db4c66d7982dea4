import type { JournalPort, RunLease } from "../core/journal.ts";
import type { JsonObject } from "../core/json.ts";
import type { RunOutcome } from "./end-of-run.ts";
import type { ResumePoint } from "./resume-point.ts";
import { RunEnding, type RunEndingPorts } from "./run-ending.ts";
import { RunRecorder } from "./run-recorder.ts";
import { RunTotals } from "./run-totals.ts";
import { SessionState } from "./session-state.ts";
import { unknownCalls } from "./unknown-calls.ts";

/** What the end of a run needs that is not driven on. */
export interface EndRunPorts {
  ports: RunEndingPorts["ports"];
  lease: RunLease;
  journal: JournalPort;
  point: ResumePoint;
  sessionState: JsonObject;
}

/** Why a run ends without being driven on. */
export type EndWithoutDriving = { kind: "cancelled" } | { kind: "failed"; cause: unknown };

/**
 * Ends a run where its last driver has left it, without asking a model or a tool for anything. What it has written is
 * kept, the text of a turn that broke off included. Rejects only when the journal fails.
 */
export function endRun(end: EndRunPorts, why: EndWithoutDriving): Promise<RunOutcome> {
  const { ports, lease, journal, point } = end;
  const { clock, run } = ports;
  const untilMs = point.waitsSinceMs ?? clock.nowMs();
  const agoMs = point.beganAtMs === null ? 0 : Math.max(0, untilMs - point.beganAtMs);
  const startedAtMs = clock.monotonicMs() - agoMs;
  const recorder = new RunRecorder({
    journal,
    lease,
    runId: run.runId,
    sessionId: run.sessionId,
    clock,
    onFailure: () => undefined,
  });
  const sessionState = new SessionState(end.sessionState);
  const { hasPaused } = point;
  const ending = new RunEnding({ ports, recorder, sessionState, startedAtMs, hasPaused });
  const totals = new RunTotals(startedAtMs, point.totalsIfEnded);
  const left = { unbegun: [], atWork: unknownCalls(point) };
  return why.kind === "cancelled" ? ending.cancel(totals, left) : ending.fail(totals, why.cause, left);
}
