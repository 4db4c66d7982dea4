import { AppError } from "#lib/core/app-error.ts";
import type { CallAnswer } from "#lib/core/posted-tools.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { ContinueRequest } from "#lib/core/run-request.ts";
import type { RunOutput } from "#lib/core/run-wire.ts";
import type { Scope } from "#lib/core/scope.ts";
import { lastContinuedIndex } from "#lib/db/run-events.ts";
import { type RunRecord, type RunSummary, runIdentityOf } from "#lib/db/run-row.ts";
import { getRun } from "#lib/db/runs.ts";
import { continueFailedRun } from "./continue-failed-run.ts";
import { deciderOf } from "./decider.ts";
import { driveContinuedRun } from "./drive-continued-run.ts";
import { forkRun } from "./fork-run.ts";
import { getRunOutput } from "./get-run-output.ts";
import { readPostedTools } from "./read-posted-tools.ts";
import { type RunControl, readRunControl } from "./read-run-control.ts";
import { readRunTranscript } from "./read-run-transcript.ts";
import { refuseBlockedRun } from "./refuse-blocked-run.ts";
import { resolvePause } from "./resolve-pause.ts";
import { runEventStream } from "./run-event-stream.ts";
import { resolveAgent } from "./resolve-agent.ts";
import { runStateConflict } from "./run-state-conflict.ts";
import { screenAddedText } from "./screen-added-text.ts";
import { watchRun } from "./watch-run.ts";
import { wayToGoOn } from "./way-to-go-on.ts";

/** How long a wait for the next stop of a run goes between two looks at its row. */
const LOOK_EVERY_MS = 15_000;

/** A POST that continues a run, parsed. */
export interface ContinueCall {
  runId: string;
  agentId: string;
  request: ContinueRequest;
}

/**
 * Goes on with a run as the caller wishes and answers with it: the events from here to the run's end or its next pause,
 * or the run as it stands then. Decisions settle what a paused run waits for; without any the caller attaches to a run
 * that somebody else's have woken. What was answered goes on under another id, what failed under its own.
 * Throws bad_request (no session, nothing decided, no such place), not_found, forbidden (an approval that the caller may
 * not give), conflict (the run cannot go on as it stands, or somebody was faster), invalid (arguments).
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
  const control = readRunControl(request);
  const answers = readPostedTools(request.tools);
  if (control !== null) {
    if (answers.length > 0) {
      throw new AppError("bad_request", "Send what people decide first, and then how the run is to go on.");
    }
    return goOn(scope, run, control, request);
  }
  // Clients post copies of the calls as they got them when somebody else has decided meanwhile.
  if (run.status === "PAUSED" || answers.some(decidesSomething))
    return decide(principal, run, answers, request);
  const index = run.status === "CANCELLED" ? null : await lastContinuedIndex(scope, run.id);
  if (index !== null) return answerFrom(scope, run, index - 1, request);
  if (answers.length > 0) throw runStateConflict(run.status);
  return goOn(scope, run, AS_IT_IS, request);
}

function decidesSomething({ confirmed, answered, result }: CallAnswer): boolean {
  return confirmed !== null || answered || result !== null;
}

/** To go on from the end, with nothing to add. */
const AS_IT_IS: RunControl = { place: "end", input: null, fork: false, regenerate: false, replaces: false };

async function decide(
  principal: Principal,
  run: RunRecord,
  answers: readonly CallAnswer[],
  request: ContinueRequest,
): Promise<Response | RunOutput> {
  const scope = scopeOf(principal);
  const result = await resolvePause(scope, run, answers, {
    decider: deciderOf(principal),
    resolution: null,
    background: request.background,
  });
  if (result.kind === "not_paused") throw runStateConflict(result.status);
  if (result.kind === "continued" && result.lease !== null) driveContinuedRun(scope, run, result.lease);
  return answerFrom(scope, run, run.nextIndex - 1, request);
}

async function goOn(
  scope: Scope,
  run: RunRecord,
  control: RunControl,
  request: ContinueRequest,
): Promise<Response | RunOutput> {
  const way = wayToGoOn(run.status, control);
  const source = await readRunTranscript(scope, {
    agentId: run.componentId,
    runId: run.id,
    sessionId: run.sessionId,
  });
  if (source.run.status !== run.status) throw runStateConflict(source.run.status);
  if ((source.events.at(-1)?.lastIndex ?? -1) + 1 < source.run.nextIndex) {
    // Deleted since its row was read: then there is nothing to ask in a new one for.
    if ((await getRun(scope, run.id)) === null) throw new AppError("not_found", "Run not found");
    throw new AppError("bad_request", "This run has more steps than one can go on from. Ask in a new run.");
  }
  const go = way === "fork" ? forkRun : continueFailedRun;
  const begun = await go(scope, source, await screened(scope, run, control), request.background);
  return answerFrom(scope, begun.run, begun.afterIndex, request);
}

/** The control with what is asked next as it may be kept. */
async function screened(scope: Scope, run: RunRecord, control: RunControl): Promise<RunControl> {
  if (control.input === null) return control;
  const { definition } = await resolveAgent(scope, run.componentId, run.componentVersion ?? undefined);
  const { text, found } = screenAddedText(definition, control.input);
  return { ...control, input: text, ...(Object.keys(found).length === 0 ? {} : { screened: { found } }) };
}

/** The run from the event after `afterIndex` on, as the caller wants it. */
async function answerFrom(
  scope: Scope,
  run: RunSummary,
  afterIndex: number,
  request: ContinueRequest,
): Promise<Response | RunOutput> {
  const watch = watchRun(scope, run.id, { afterIndex });
  if (request.stream) {
    return runEventStream({ run: runIdentityOf(run, 0), watch, contentOnly: !request.stream_events });
  }
  while ((await watch.next(LOOK_EVERY_MS)) !== null);
  watch.close();
  const output = await getRunOutput(scope, run.id, run.sessionId);
  if (output.status === "ERROR") await refuseBlockedRun(scope, run.id);
  return output;
}
