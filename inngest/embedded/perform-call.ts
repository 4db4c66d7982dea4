import { applyDecision } from "./apply-decision.ts";
import { callFunction, type ServedFunctions } from "./call-function.ts";
import { decide } from "./decide.ts";
import type { EngineContext } from "./engine-context.ts";
import { type Answer, errorText, readAnswer } from "./read-answer.ts";
import type { ClaimedCall } from "./store/claim-calls.ts";
import { deleteJob, insertDeadline } from "./store/run-jobs.ts";

/** How often a transition is tried that the database did not take: deadlocks, a connection that broke. */
const WRITE_ATTEMPTS = 5;

/** Makes a claimed call and writes what follows from its answer. */
export async function performCall(
  context: EngineContext,
  served: ServedFunctions,
  call: ClaimedCall,
): Promise<void> {
  if (call.isOver) {
    await deleteJob(context.store, call);
    return;
  }
  if (call.isFirst) await setFinishDeadline(context, call);
  // A handler that runs a step at once must be the only one at work on the run.
  const isPlan = call.stepId === null && call.hasSiblings;
  const answer = await answerOf(served, call, isPlan);
  const decision = decide(answer, {
    attempt: call.attempt,
    maxAttempts: call.maxAttempts,
    nowMs: context.nowMs(),
    random: context.random(),
    knowsFunction: (id) => context.functions().some((config) => config.id === id),
  });
  await persistently(() => applyDecision(context, call, decision, isPlan));
}

async function answerOf(served: ServedFunctions, call: ClaimedCall, isPlan: boolean): Promise<Answer> {
  try {
    return readAnswer(await callFunction(served, call, isPlan));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      kind: "error",
      error: errorText({ message: `The function could not be called: ${message}` }),
      isFinal: false,
      retryAfter: null,
    };
  }
}

async function setFinishDeadline(context: EngineContext, call: ClaimedCall): Promise<void> {
  const timeoutMs = context.functions().find(({ id }) => id === call.functionId)?.finishTimeoutMs ?? null;
  if (timeoutMs === null) return;
  await insertDeadline(context.store, call, timeoutMs);
  context.wakeForTimer(timeoutMs);
}

/** A write is fenced by the claim, so a second try after one whose outcome is unknown does no harm. */
async function persistently(write: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write();
      return;
    } catch (error) {
      if (attempt === WRITE_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
    }
  }
}
