import { CheckError } from "../core/check-error.ts";
import { LeaseLostError } from "../core/journal.ts";
import { faultText } from "../core/fault-text.ts";
import type { CheckPhase } from "../core/guardrail.ts";
import type { RunEventBody } from "../core/run-event.ts";
import type { HookContext } from "../core/run-hook.ts";
import type { SideCall } from "../core/side-call.ts";
import { storableText } from "../core/storable-json.ts";
import { untilAborted } from "./abort-race.ts";
import { BudgetShortError } from "./budget-short-error.ts";
import type { CheckWorld } from "./check-world.ts";
import { checkKey } from "./checks-so-far.ts";
import { UnpricedModelError } from "./unpriced-model-error.ts";

/** What came of a hook or a guardrail that lets the run go on. */
export interface CheckResult {
  /** What takes the place of the text that was checked. */
  content?: string;
  /** What was masked, by its label, and how often. */
  found?: Record<string, number>;
}

/** A hook or a guardrail, ready to be done. */
export interface CheckStep {
  name: string;
  kind: "hook" | "guardrail";
  timeoutMs?: number | undefined;
  /** What becomes of the run when it cannot be done: stopped, or going on without it. */
  onError: "block" | "allow";
  /** Throws a CheckError to stop the run. `count` is told what a model was asked beside the run's turns. */
  perform(content: string, context: HookContext, count: (call: SideCall) => void): Promise<CheckResult>;
}

/** What is done with a text before the run goes on. */
export interface CheckStage {
  phase: CheckPhase;
  /** Index of the event that brought the text: a run may be asked several times. */
  at: number;
  content: string;
  steps: readonly CheckStep[];
  /** The keys of the steps that an earlier driver has done. */
  done: ReadonlySet<string>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** A longer question that nobody has changed is not repeated with each event. */
const MOST_ECHOED_CHARACTERS = 4_000;
const OVER = new Error("The hook is over.");

/**
 * Does the steps of a stage one after the other and returns what they have made of the text. Each is told in the journal,
 * with what it has changed: a run that goes on after a crash does not do it again. Throws a CheckError when one stops
 * the run, or the signal's reason.
 */
export async function runChecks(world: CheckWorld, stage: CheckStage): Promise<string> {
  let { content } = stage;
  for (const [position, step] of stage.steps.entries()) {
    if (stage.done.has(checkKey(position, step.name))) continue;
    world.signal.throwIfAborted();
    world.recorder.record(startedBody(stage.phase, step, position, content));
    const calls: SideCall[] = [];
    const { result, error } = await attempt(world, stage, step, content, (call) => {
      calls.push(call);
      world.totals().addAside(call);
    });
    const next = result.content === undefined ? content : storableText(result.content);
    const changedState = world.sessionState.takeChanged();
    if (changedState !== null) world.recorder.saveSessionState(changedState);
    const done = { before: content, after: next, result, error, calls };
    world.recorder.record(
      completedBody(stage.phase, step, position, done),
      calls.length === 0 ? {} : { patch: world.totals().tokenPatch() },
    );
    content = next;
  }
  world.signal.throwIfAborted();
  return content;
}

async function attempt(
  world: CheckWorld,
  { phase, at }: CheckStage,
  step: CheckStep,
  content: string,
  count: (call: SideCall) => void,
): Promise<{ result: CheckResult; error?: string }> {
  const { clock, run, scope } = world.ports;
  const abort = new AbortController();
  const onStop = () => abort.abort(world.signal.reason);
  world.signal.addEventListener("abort", onStop, { once: true });
  const timeoutMs = step.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const cancelTimer = clock.after(timeoutMs, () =>
    abort.abort(new Error(`${step.name} did not finish within ${timeoutMs / 1000} seconds.`)),
  );
  const context: HookContext = {
    scope,
    agentId: run.componentId,
    runId: run.runId,
    sessionId: run.sessionId,
    idempotencyKey: `${run.runId}:${phase}:${at}:${step.name}`,
    signal: abort.signal,
    sessionState: world.sessionState.handle(() => abort.signal.aborted),
    nowMs: () => clock.nowMs(),
  };
  try {
    // A hook that throws before it promises anything fails as well.
    const work = (async () => step.perform(content, context, count))();
    return { result: await untilAborted(work, abort.signal) };
  } catch (thrown) {
    if (world.signal.aborted) throw world.signal.reason;
    if (CheckError.isInstance(thrown)) throw stopped(thrown, phase, step);
    // The run waits for money, or is another driver's.
    if (thrown instanceof BudgetShortError || LeaseLostError.isInstance(thrown)) throw thrown;
    world.ports.onCheckFault?.({ runId: run.runId, name: step.name, error: thrown });
    if (step.onError === "block") {
      throw thrown instanceof UnpricedModelError ? thrown : cannotCheck(thrown, phase, step);
    }
    return { result: {}, error: faultText(thrown) };
  } finally {
    cancelTimer();
    world.signal.removeEventListener("abort", onStop);
    abort.abort(OVER);
  }
}

function startedBody(phase: CheckPhase, step: CheckStep, position: number, content: string): RunEventBody {
  const { kind, name } = step;
  if (phase === "output") return { type: "PostHookStarted", post_hook_name: name, kind, position };
  return { type: "PreHookStarted", pre_hook_name: name, ...echoed(content), kind, position };
}

function completedBody(
  phase: CheckPhase,
  { kind, name }: CheckStep,
  position: number,
  done: { before: string; after: string; result: CheckResult; error: string | undefined; calls: SideCall[] },
): RunEventBody {
  const { before, after, result, error, calls } = done;
  const isChanged = after !== before;
  const { found = {} } = result;
  const outcome = {
    kind,
    position,
    ...(Object.keys(found).length === 0 ? {} : { found }),
    ...(error === undefined ? {} : { error }),
    ...(calls.length === 0 ? {} : { calls }),
  };
  if (phase === "output") {
    return {
      type: "PostHookCompleted",
      post_hook_name: name,
      ...(isChanged ? { content: after } : {}),
      ...outcome,
    };
  }
  const run_input = { input_content: after };
  return {
    type: "PreHookCompleted",
    pre_hook_name: name,
    ...(isChanged ? { run_input, changed: true } : echoed(after)),
    ...outcome,
  };
}

function echoed(content: string): { run_input?: { input_content: string } } {
  return content.length > MOST_ECHOED_CHARACTERS ? {} : { run_input: { input_content: content } };
}

/** The error as the run ends with it: it says which check it was, and in which phase. */
function stopped(error: CheckError, phase: CheckPhase, { name }: CheckStep): CheckError {
  const { trigger, message, data = {}, cause } = error;
  return new CheckError(trigger, message, { phase, data: { guardrail: name, ...data }, cause });
}

function cannotCheck(cause: unknown, phase: CheckPhase, { name }: CheckStep): CheckError {
  const what = phase === "input" ? "message" : "answer";
  return new CheckError(
    "validation_failed",
    `The check ${name} could not be made, so the ${what} was not let through. Try again; if it stays so, whoever set the agent up can look at the check.`,
    { phase, cause, data: { guardrail: name } },
  );
}
