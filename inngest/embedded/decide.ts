import canonicalize from "canonicalize";
import { z } from "zod";
import { jsonObjectSchema } from "#lib/core/json.ts";
import { dueTime } from "./duration.ts";
import { expressionTree } from "./expression.ts";
import type { Operation } from "./operation.ts";
import { type Answer, errorText } from "./read-answer.ts";
import { retryDelayMs } from "./retry-delay.ts";

/** A step that has come to its end. `state` is the canonical JSON text that the handler gets back for it. */
export interface SettledStep {
  id: string;
  name: string;
  op: string;
  status: "COMPLETED" | "FAILED";
  state: string;
  race: boolean;
}

/** A step that the run waits for, and how it will settle. */
export interface WaitingStep {
  id: string;
  name: string;
  op: string;
  race: boolean;
  wait: Wait;
}

type Wait =
  | { kind: "call" }
  | { kind: "sleep"; untilMs: number }
  | { kind: "event"; event: string; expression: string | null; untilMs: number }
  | { kind: "signal"; signal: string; replaces: boolean; untilMs: number }
  | {
      kind: "invoke";
      functionId: string;
      payload: z.infer<typeof invokeSchema>["payload"];
      untilMs: number | null;
    };

/** What follows from an answer. All of it is written in one transaction. */
export type Decision =
  /** The run goes on: it is looked at again when nothing is pending, or at once when `again` says so. */
  | {
      kind: "proceed";
      settled: SettledStep[];
      waiting: WaitingStep[];
      again: string | null;
      version: number | null;
    }
  | { kind: "retry"; settled: SettledStep[]; delayMs: number; error: string }
  | { kind: "complete"; settled: SettledStep[]; output: string }
  | { kind: "fail"; settled: SettledStep[]; error: string };

/** What the decision depends on besides the answer. `random` is from 0 to 1. */
export interface Situation {
  attempt: number;
  maxAttempts: number;
  nowMs: number;
  random: number;
  knowsFunction: (id: string) => boolean;
}

const waitForEventSchema = z.object({ timeout: z.string(), if: z.string().nullish() });
const waitForSignalSchema = z.object({
  signal: z.string().min(1),
  timeout: z.string(),
  conflict: z.enum(["replace", "fail"]).nullish(),
});
const invokeSchema = z.object({
  function_id: z.string(),
  payload: z.object({
    data: jsonObjectSchema.nullish(),
    v: z.string().nullish(),
    meta: jsonObjectSchema.nullish(),
  }),
  timeout: z.string().nullish(),
});

/** Decides what an answer does to a run: the engine's state machine, without any I/O. */
export function decide(answer: Answer, situation: Situation): Decision {
  switch (answer.kind) {
    case "done":
      return { kind: "complete", settled: [], output: answer.output };
    case "error":
      return answer.isFinal || isLastAttempt(situation)
        ? { kind: "fail", settled: [], error: answer.error }
        : retry([], answer.error, answer.retryAfter, situation);
    case "operations":
      return decideOperations(answer, situation);
  }
}

function decideOperations(
  { operations, version, retryAfter }: Answer & { kind: "operations" },
  situation: Situation,
): Decision {
  const settled: SettledStep[] = [];
  const waiting: WaitingStep[] = [];
  let again: string | null = null;
  let output: string | null = null;
  let failure: string | null = null;
  for (const operation of operations) {
    switch (operation.op) {
      case "StepRun":
      case "Step":
        settled.push(completed(operation));
        break;
      case "StepFailed":
        settled.push(failed(operation, operation.error));
        break;
      case "StepError":
        if (isLastAttempt(situation)) settled.push(failed(operation, operation.error));
        else failure = errorText(operation.error);
        break;
      case "RunComplete":
        output = canonicalize(operation.data ?? null) ?? "null";
        break;
      case "DiscoveryRequest":
        again = operation.id;
        break;
      case "DeferAdd":
      case "DeferAbort": {
        const message = "Deferred functions need an Inngest server; the embedded engine does not have them.";
        return { kind: "fail", settled, error: errorText({ message }) };
      }
      default: {
        const step = readWait(operation, situation);
        if ("wait" in step) waiting.push(step);
        else settled.push(step);
      }
    }
  }
  if (output !== null) return { kind: "complete", settled, output };
  if (failure !== null) return retry(settled, failure, retryAfter, situation);
  if (settled.length === 0 && waiting.length === 0 && again === null) {
    const error = errorText({ message: "The handler reported neither a step nor a result." });
    return isLastAttempt(situation) ? { kind: "fail", settled, error } : retry([], error, null, situation);
  }
  return { kind: "proceed", settled, waiting, again: again ?? settled.at(-1)?.id ?? null, version };
}

/** A step that waits, or one that has failed because it cannot be waited for. */
function readWait(operation: Operation, { nowMs, knowsFunction }: Situation): WaitingStep | SettledStep {
  const waiting = (wait: Wait): WaitingStep => ({ ...identity(operation), wait });
  try {
    switch (operation.op) {
      case "StepPlanned":
        return waiting({ kind: "call" });
      case "Sleep":
        return waiting({ kind: "sleep", untilMs: dueTime(operation.name ?? "", nowMs) });
      case "WaitForEvent": {
        const { timeout, if: expression } = waitForEventSchema.parse(operation.opts);
        if (expression != null) expressionTree(expression);
        const event = operation.name ?? "";
        return waiting({
          kind: "event",
          event,
          expression: expression ?? null,
          untilMs: dueTime(timeout, nowMs),
        });
      }
      case "WaitForSignal": {
        const { signal, timeout, conflict } = waitForSignalSchema.parse(operation.opts);
        return waiting({
          kind: "signal",
          signal,
          replaces: conflict === "replace",
          untilMs: dueTime(timeout, nowMs),
        });
      }
      case "InvokeFunction": {
        const { function_id: functionId, payload, timeout } = invokeSchema.parse(operation.opts);
        if (!knowsFunction(functionId)) throw new Error(`There is no function "${functionId}" to invoke.`);
        const untilMs = timeout == null ? null : dueTime(timeout, nowMs);
        return waiting({ kind: "invoke", functionId, payload, untilMs });
      }
      default:
        throw new Error(`The embedded engine does not have the operation ${operation.op}.`);
    }
  } catch (error) {
    return failed(operation, error instanceof Error ? { name: error.name, message: error.message } : error);
  }
}

function completed(operation: Operation): SettledStep {
  const state = canonicalize({ data: operation.data ?? null }) ?? "";
  return { ...identity(operation), status: "COMPLETED", state };
}

function failed(operation: Operation, error: unknown): SettledStep {
  return { ...identity(operation), status: "FAILED", state: `{"error":${errorText(error)}}` };
}

function identity(operation: Operation): { id: string; name: string; op: string; race: boolean } {
  return {
    id: operation.id,
    name: operation.displayName ?? operation.name ?? operation.id,
    op: operation.op,
    race: operation.opts?.["parallelMode"] === "race",
  };
}

function retry(
  settled: SettledStep[],
  error: string,
  retryAfter: string | null,
  { attempt, nowMs, random }: Situation,
): Decision {
  return { kind: "retry", settled, error, delayMs: retryDelayMs({ attempt, retryAfter, nowMs, random }) };
}

function isLastAttempt({ attempt, maxAttempts }: Situation): boolean {
  return attempt + 1 >= maxAttempts;
}
