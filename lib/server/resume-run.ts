import { AppError } from "#lib/core/app-error.ts";
import { isFinished } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { runIdentityOf } from "#lib/db/run-row.ts";
import { getRun } from "#lib/db/runs.ts";
import { runEventStream } from "./run-event-stream.ts";
import { watchRun } from "./watch-run.ts";

/** Where a caller stands in a run's stream. */
export interface ResumeRunInput {
  runId: string;
  agentId: string;
  sessionId: string | undefined;
  /** Index of the last frame the caller has; -1 for none. */
  lastEventIndex: number;
  /** The stream goes on while the run waits for people. */
  followPauses: boolean;
}

/**
 * Streams what a caller has missed of a run and then what comes. The first frame says which of the two it is, as on
 * the wire; an unknown run is one `error` frame in a 200.
 * Throws bad_request when a caller bound to a subject names no session.
 */
export async function resumeRun(scope: Scope, input: ResumeRunInput): Promise<Response> {
  if (scope.subject !== null && input.sessionId === undefined) {
    throw new AppError("bad_request", "session_id is required for this action");
  }
  // Opened before the row is read: what is committed in between is not lost.
  const { followPauses } = input;
  const watch = watchRun(scope, input.runId, { afterIndex: input.lastEventIndex, followPauses });
  const run = await getRun(scope, input.runId).catch((error: unknown) => {
    watch.close();
    throw error;
  });
  if (
    run === null ||
    run.componentId !== input.agentId ||
    (input.sessionId !== undefined && run.sessionId !== input.sessionId)
  ) {
    watch.close();
    return metaResponse(metaFrame("error", { error: `Run ${input.runId} not found in buffer or database` }));
  }
  const total = run.nextIndex;
  const missed = Math.max(0, total - input.lastEventIndex - 1);
  const identity = runIdentityOf(run, 0);
  if (isFinished(run.status) || (run.status === "PAUSED" && !followPauses)) {
    return runEventStream({
      run: identity,
      watch,
      preamble: metaFrame("replay", {
        run_id: run.id,
        status: run.status,
        total_events: missed,
        total_buffered: total,
        last_event_index_requested: input.lastEventIndex,
        message: `Run ${run.status}. Replaying ${missed} missed events (of ${total} total).`,
      }),
    });
  }
  const subscribed = metaFrame("subscribed", {
    run_id: run.id,
    status: "running",
    current_event_count: total,
    message: "Subscribed to the run. New events follow as they happen.",
  });
  if (missed === 0) return runEventStream({ run: identity, watch, preamble: subscribed });
  return runEventStream({
    run: identity,
    watch,
    preamble: metaFrame("catch_up", {
      run_id: run.id,
      status: "running",
      missed_events: missed,
      current_event_count: total,
      message: `Catching up on ${missed} missed events.`,
    }),
    announcement: { afterIndex: total - 1, text: subscribed },
  });
}

/** Meta frames have spaces after commas and colons, unlike events; clients may depend on the sameness of both. */
function metaFrame(event: string, fields: Record<string, string | number>): string {
  const pairs = Object.entries({ event, ...fields }).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return `event: ${event}\ndata: {${pairs.join(", ")}}\n\n`;
}

function metaResponse(text: string): Response {
  return new Response(text, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
}
