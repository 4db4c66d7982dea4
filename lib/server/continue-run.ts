import { AppError } from "#lib/core/app-error.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { ContinueRequest } from "#lib/core/run-request.ts";
import type { RunOutput } from "#lib/core/run-wire.ts";
import type { Scope } from "#lib/core/scope.ts";
import { lastContinuedIndex } from "#lib/db/run-events.ts";
import type { RunRecord } from "#lib/db/run-row.ts";
import { runIdentityOf } from "#lib/db/run-row.ts";
import { getRun } from "#lib/db/runs.ts";
import { deciderOf } from "./decider.ts";
import { driveContinuedRun } from "./drive-continued-run.ts";
import { getRunOutput } from "./get-run-output.ts";
import { readPostedTools } from "./read-posted-tools.ts";
import { refuseRunControl } from "./refuse-run-control.ts";
import { resolvePause } from "./resolve-pause.ts";
import { runEventStream } from "./run-event-stream.ts";
import { runStateConflict } from "./run-state-conflict.ts";
import { watchRun } from "./watch-run.ts";

/** How long a wait for the next stop of a run goes between two looks at its row. */
const LOOK_EVERY_MS = 15_000;

/** A POST that continues a run, parsed. */
export interface ContinueCall {
  runId: string;
  agentId: string;
  request: ContinueRequest;
}

/**
 * Takes a caller's decisions about what a run waits for and answers as they wish: the events from here to the run's
 * end or its next pause, or the run as it stands then. Without decisions the caller attaches to a run that somebody
 * else's decisions have woken. Throws bad_request (no session, nothing decided), not_found, forbidden (an approval that
 * the caller may not give), conflict (the run waits for nobody, or somebody was faster), invalid (arguments).
 */
export async function continueRun(
  principal: Principal,
  { runId, agentId, request }: ContinueCall,
): Promise<Response | RunOutput> {
  const scope = scopeOf(principal);
  const sessionId = request.session_id;
  if (sessionId === undefined) throw new AppError("bad_request", "session_id is required for this action");
  const run = await getRun(scope, runId);
  if (
    run === null ||
    run.componentId !== agentId ||
    run.sessionId !== sessionId ||
    (principal.sessionId !== null && run.sessionId !== principal.sessionId)
  ) {
    throw new AppError("not_found", "Run not found");
  }
  refuseRunControl(request);
  const answers = readPostedTools(request.tools);
  if (run.status !== "PAUSED" && answers.length === 0) return attach(scope, run, request);
  const result = await resolvePause(scope, run, answers, {
    decider: deciderOf(principal),
    resolution: null,
    background: request.background,
  });
  if (result.kind === "not_paused") throw runStateConflict(result.status);
  if (result.kind === "continued" && result.lease !== null) driveContinuedRun(scope, run, result.lease);
  return answerFrom(scope, run, run.nextIndex - 1, request);
}

/** Shows a run that was woken by somebody else from where it went on. */
async function attach(scope: Scope, run: RunRecord, request: ContinueRequest): Promise<Response | RunOutput> {
  const index = await lastContinuedIndex(scope, run.id);
  if (index === null || run.status === "CANCELLED") throw runStateConflict(run.status);
  return answerFrom(scope, run, index - 1, request);
}

/** The run from the event after `afterIndex` on, as the caller wants it. */
async function answerFrom(
  scope: Scope,
  run: RunRecord,
  afterIndex: number,
  request: ContinueRequest,
): Promise<Response | RunOutput> {
  const watch = watchRun(scope, run.id, { afterIndex });
  if (request.stream) {
    return runEventStream({ run: runIdentityOf(run, 0), watch, contentOnly: !request.stream_events });
  }
  while ((await watch.next(LOOK_EVERY_MS)) !== null);
  watch.close();
  return getRunOutput(scope, run.id, run.sessionId);
}
