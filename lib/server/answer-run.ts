import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { scopeOf } from "#lib/core/principal.ts";
import type { RunRequest } from "#lib/core/run-request.ts";
import type { AcceptedRun, RunOutput } from "#lib/core/run-wire.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";
import { getRunOutput } from "./get-run-output.ts";
import type { UploadedFile } from "./idempotency.ts";
import { refuseBlockedRun } from "./refuse-blocked-run.ts";
import { runEventStream } from "./run-event-stream.ts";
import { startRun } from "./start-run.ts";

/** How long a wait for the end of a run goes between two looks at its row. */
const LOOK_EVERY_MS = 15_000;

/** A POST that starts a run, parsed. */
export interface RunCall {
  agentId: string;
  request: RunRequest;
  files: readonly UploadedFile[];
  idempotencyKey: string | null;
}

/**
 * Starts a run and answers as the caller wishes: its events as they come, the finished run, or, for a background run
 * that nobody wants to watch, where to ask for it.
 * Of a run that a check has stopped, whoever waits for its end gets bad_request with the trigger.
 * The credential's own subject and session come before what the form says.
 */
export async function answerRun(
  principal: Principal,
  call: RunCall,
): Promise<Response | RunOutput | { status: 202; body: AcceptedRun }> {
  const { request } = call;
  // As on the wire, where an empty field of a form is none; a file is a question, too.
  if (request.message === "" && call.files.length === 0) {
    throw validationFailure([
      { type: "missing", loc: ["body", "message"], msg: "Field required", input: null },
    ]);
  }
  if (call.idempotencyKey !== null && !/^[\x21-\x7e]{1,255}$/.test(call.idempotencyKey)) {
    throw new AppError("invalid", "An Idempotency-Key has 1 to 255 visible ASCII characters.");
  }
  const scope = scopeOf(principal);
  const { run, status, watch } = await startRun(scope, {
    agentId: call.agentId,
    request,
    files: call.files,
    subject: principal.subject ?? request.user_id ?? null,
    boundSessionId: principal.sessionId,
    idempotencyKey: call.idempotencyKey,
  });
  if (request.stream) return runEventStream({ run, watch, contentOnly: !request.stream_events });
  if (request.background) {
    watch.close();
    return { status: 202, body: { run_id: run.runId, session_id: run.sessionId, status } };
  }
  while ((await watch.next(LOOK_EVERY_MS)) !== null);
  watch.close();
  const output = await getRunOutput(scope, run.runId, run.sessionId);
  if (output.status === "ERROR") await refuseBlockedRun(scope, run.runId);
  return output;
}
