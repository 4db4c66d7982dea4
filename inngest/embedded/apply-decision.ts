import type { Decision, WaitingStep } from "./decide.ts";
import type { EngineContext } from "./engine-context.ts";
import { lifecycleEvents } from "./lifecycle-events.ts";
import { openInvocation } from "./open-invocation.ts";
import { openSignalWait } from "./open-signal-wait.ts";
import type { ClaimedCall } from "./store/claim-calls.ts";
import { endRun, type RunEnd } from "./store/end-run.ts";
import { inTransaction } from "./store/in-transaction.ts";
import { lockRun } from "./store/lock-run.ts";
import { proceed } from "./store/proceed.ts";
import { retryCall } from "./store/retry-call.ts";

/**
 * Writes what follows from a call's answer and wakes the scheduler for it. Nothing is written when the call's claim is
 * void. `isPlan` says that other calls of the run may write at the same time.
 */
export async function applyDecision(
  context: EngineContext,
  call: ClaimedCall,
  decision: Decision,
  isPlan: boolean,
): Promise<void> {
  switch (decision.kind) {
    case "proceed":
      await goOn(context, call, decision, isPlan);
      break;
    case "retry":
      await retryCall(context.store, call, decision);
      context.wakeForCall(decision.delayMs);
      break;
    case "complete":
      await end(context, call, decision, { status: "COMPLETED", output: decision.output });
      break;
    case "fail":
      await end(context, call, decision, { status: "FAILED", error: decision.error });
      break;
  }
}

async function goOn(
  context: EngineContext,
  call: ClaimedCall,
  decision: Decision & { kind: "proceed" },
  isPlan: boolean,
): Promise<void> {
  const special = decision.waiting.filter(({ wait }) => wait.kind === "invoke" || wait.kind === "signal");
  if (!isPlan && special.length === 0) await proceed(context.store, call, decision);
  else {
    await inTransaction(async (db) => {
      const within = { ...context, store: { ...context.store, db } };
      await lockRun(within.store, call.runId);
      const made = await proceed(within.store, call, decision);
      for (const step of special) {
        if (made?.includes(step.id)) await open(within, call, step);
      }
    });
  }
  context.wakeForCall(0);
  for (const { wait } of decision.waiting) {
    if ("untilMs" in wait && wait.untilMs !== null) context.wakeForTimer(wait.untilMs - context.nowMs());
  }
}

async function open(context: EngineContext, call: ClaimedCall, { id, wait }: WaitingStep): Promise<void> {
  if (wait.kind === "signal") await openSignalWait(context, { runId: call.runId, stepId: id }, wait);
  if (wait.kind === "invoke") await openInvocation(context, call, { stepId: id, ...wait });
}

async function end(
  context: EngineContext,
  call: ClaimedCall,
  { settled }: Pick<Decision & { kind: "complete" }, "settled">,
  runEnd: RunEnd,
): Promise<void> {
  const run = { id: call.runId, functionId: call.functionId, event: call.event };
  const events = lifecycleEvents(run, runEnd, context.functions(), context.nowMs());
  const { emits } = await endRun(context.store, { from: { call, settled }, end: runEnd, events });
  context.wakeForCall(0);
  if (emits) context.wakeForTimer(0);
}
