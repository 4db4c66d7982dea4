import { EMPTY_RUN_VIEW, foldFrame, type RunView } from "#lib/core/run-view.ts";
import { ApiError } from "./api-error.ts";
import { type ApiConnection, apiRequest } from "./api-request.ts";
import { readFrames } from "./read-frames.ts";

/** A run to be followed: either a question to ask or a run that exists already. */
export type RunToFollow =
  | { kind: "start"; agentId: string; form: FormData; idempotencyKey: string }
  | { kind: "attach"; agentId: string; runId: string; sessionId: string; view?: RunView };

export interface FollowOptions {
  signal: AbortSignal;
  /** Called with each new state of the run. */
  onView(view: RunView): void;
  /** Called when the line is lost (true) and when it is back (false). */
  onReconnecting?(reconnecting: boolean): void;
  /** Waits between attempts, in milliseconds; injected by tests. */
  wait?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

// 250 ms doubling to 8 s: a restart of the server takes a few seconds, a sleeping laptop minutes.
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;

/**
 * Follows a run to its end, through its waits for people, and returns its last state. A lost connection is taken up again at the cursor;
 * a start whose answer was lost is repeated under the same Idempotency-Key, which finds the same run.
 * Throws ApiError when the API refuses, and the signal's reason when aborted.
 */
export async function followRun(
  connection: ApiConnection,
  run: RunToFollow,
  options: FollowOptions,
): Promise<RunView> {
  let view = run.kind === "attach" ? (run.view ?? EMPTY_RUN_VIEW) : EMPTY_RUN_VIEW;
  let sessionId = run.kind === "attach" ? run.sessionId : null;
  let runId = run.kind === "attach" ? run.runId : null;
  let delayMs = FIRST_DELAY_MS;
  const wait = options.wait ?? waitFor;

  for (;;) {
    options.signal.throwIfAborted();
    const atFirst = view;
    try {
      const response =
        runId === null || sessionId === null
          ? await start(connection, run, options.signal)
          : await resume(
              connection,
              { agentId: run.agentId, runId, sessionId },
              view.lastIndex,
              options.signal,
            );
      options.onReconnecting?.(false);
      for await (const frame of readFrames(response)) {
        if (frame.event === "error") throw new ApiError(404, frame.error);
        const before = view;
        view = foldFrame(view, frame);
        runId ??= view.runId;
        sessionId ??= view.sessionId;
        if (view !== before) {
          delayMs = FIRST_DELAY_MS;
          options.onView(view);
        }
      }
      if (view.status !== "running" && view.status !== "paused") return view;
      // The stream of a start ends when the run waits for people; whoever follows it waits with it.
      if (view.status === "paused" && view !== atFirst) continue;
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) throw error;
    }
    options.onReconnecting?.(true);
    await wait(delayMs, options.signal);
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
  }
}

function start(connection: ApiConnection, run: RunToFollow, signal: AbortSignal): Promise<Response> {
  if (run.kind !== "start") throw new Error("A run without a session cannot be resumed.");
  return apiRequest(connection, {
    method: "POST",
    path: `/agents/${encodeURIComponent(run.agentId)}/runs`,
    form: run.form,
    headers: { "idempotency-key": run.idempotencyKey },
    signal,
  });
}

function resume(
  connection: ApiConnection,
  run: { agentId: string; runId: string; sessionId: string },
  lastIndex: number,
  signal: AbortSignal,
): Promise<Response> {
  const form = new FormData();
  form.set("session_id", run.sessionId);
  form.set("follow_pauses", "true");
  if (lastIndex >= 0) form.set("last_event_index", String(lastIndex));
  return apiRequest(connection, {
    method: "POST",
    path: `/agents/${encodeURIComponent(run.agentId)}/runs/${encodeURIComponent(run.runId)}/resume`,
    form,
    signal,
  });
}

function waitFor(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, delayMs);
    signal.addEventListener("abort", finish, { once: true });
  });
}
