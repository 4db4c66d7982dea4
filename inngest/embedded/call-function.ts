import { randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import type { RawAnswer } from "./read-answer.ts";
import { isSignedBy, sign } from "./signature.ts";
import type { ClaimedCall } from "./store/claim-calls.ts";

/** How the served functions are reached, and the key that both sides sign with. */
export interface ServedFunctions {
  /** The URL of the serve handler. */
  url: string;
  signingKey: string;
  /** Sends a request to the serve handler. */
  send: (request: Request) => Promise<Response>;
}

/** How long a call may take. */
const MAX_CALL_MS = 2 * 3_600_000;

/**
 * Makes a claimed call: sends the run's event and settled steps to the serve handler and returns what it answered.
 * `isPlan` keeps the handler from running a step at once. Throws an Error when there is no answer or a forged one.
 */
export async function callFunction(
  served: ServedFunctions,
  call: ClaimedCall,
  isPlan: boolean,
): Promise<RawAnswer> {
  const body = bodyOf(call, isPlan);
  const url = new URL(served.url);
  url.searchParams.set("fnId", call.functionId);
  url.searchParams.set("stepId", call.stepId ?? "step");
  const request = new Request(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      // The SDK's web handler reads it even where the URL is complete.
      host: new URL(served.url).host,
      "x-run-id": call.runId,
      "x-request-id": randomUUID(),
      "x-inngest-generation-id": String(call.generation),
      "x-inngest-job-id": call.id,
      "x-inngest-req-version": String(call.requestVersion ?? -1),
      "x-inngest-server-kind": "cloud",
      "x-inngest-signature": sign(served.signingKey, body, Date.now()),
    },
    body,
  });
  const response = await answerInTime(served.send(request));
  const answer = { status: response.status, headers: response.headers, body: await response.text() };
  const isOurs = isSignedBy(served.signingKey, answer.body, answer.headers.get("x-inngest-signature"));
  if (answer.headers.has("x-inngest-sdk") && !isOurs) {
    throw new Error(`The answer to a call of ${call.functionId} is not signed with our key.`);
  }
  return answer;
}

/** Canonical JSON, which the signature is over: the keys are in order, and the parts are canonical already. */
function bodyOf(call: ClaimedCall, isPlan: boolean): string {
  const stack = call.stack ?? [];
  const context = canonicalize({
    attempt: call.attempt,
    disable_immediate_execution: isPlan,
    env: "embedded",
    fn_id: call.functionId,
    max_attempts: call.maxAttempts,
    qi_id: call.id,
    run_id: call.runId,
    stack: { stack, current: stack.length },
    use_api: false,
  });
  const { event, states, requestVersion } = call;
  return `{"ctx":${context ?? "{}"},"event":${event},"events":[${event}],"steps":{${states ?? ""}},"version":${requestVersion ?? -1}}`;
}

async function answerInTime(answer: Promise<Response>): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    const refuse = () => reject(new Error("The call took longer than two hours."));
    timer = setTimeout(refuse, MAX_CALL_MS);
    timer.unref();
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}
