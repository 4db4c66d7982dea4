import type { JournalEvent } from "../core/journal.ts";
import type { ModelUsage } from "../core/model-usage.ts";
import { type ReasoningStep, reasoningStepText } from "../core/reasoning-step.ts";
import { addUsage, NO_USAGE, type TokenUsage } from "../core/run-metrics.ts";
import { sideCallsOf } from "../core/side-calls-of.ts";
import { usageOfCall } from "../core/side-call.ts";
import { usageOfEvents } from "../core/usage-of-events.ts";
import { completionSchema, internalRecord, type JournalInternals } from "./internal-record.ts";

/** What a run has used and written before it goes on. */
export interface TotalsSoFar {
  usage: TokenUsage;
  /** The same by the model that was paid. */
  models: readonly ModelUsage[];
  /** Millionths of a US dollar; null where no price is known. */
  costMicroUsd: number | null;
  /** The text of the last turn that wrote any. */
  text: string;
  /** The text of the last turn; absent: none. */
  textOfTurn?: string;
  /** The stretches of reasoning, oldest first. */
  reasoning: readonly string[];
  /** The steps of reasoning that tools have brought; absent: none. */
  steps?: readonly ReasoningStep[];
  /** Milliseconds from the beginning of the driving to the first text or reasoning; null before. */
  timeToFirstTextMs: number | null;
}

/** A run that has done nothing yet. */
export const NOTHING_SO_FAR: TotalsSoFar = {
  usage: NO_USAGE,
  models: [],
  costMicroUsd: 0,
  text: "",
  reasoning: [],
  timeToFirstTextMs: null,
};

/**
 * Sums up what a run has used and written. `all` are the run's events in order, `live` those that count: text and
 * reasoning are the live ones', but every model call that came to its end was paid for, and what a reader saw first
 * they saw first, though it was given up later.
 */
export function totalsSoFar(
  all: readonly JournalEvent[],
  live: readonly JournalEvent[],
  internals: JournalInternals,
): TotalsSoFar {
  const beganAtMs = drivingBeganAtMs(all);
  const first = all.find(({ body }) => body.type === "RunContent" || body.type === "ReasoningStarted");
  let usage = NO_USAGE;
  let costMicroUsd: number | null = 0;
  const pay = (used: TokenUsage, cost: number | null) => {
    usage = addUsage(usage, used);
    costMicroUsd = costMicroUsd === null || cost === null ? null : costMicroUsd + cost;
  };
  for (const { body, index } of all) {
    if (body.type === "ModelRequestCompleted") {
      pay(usageOfCall(body), internalRecord(internals, index, completionSchema)?.cost_micro_usd ?? null);
    } else {
      for (const call of sideCallsOf(body)) pay(usageOfCall(call), call.cost_micro_usd);
    }
  }
  return {
    usage,
    models: usageOfEvents(all),
    costMicroUsd,
    ...textSoFar(live),
    timeToFirstTextMs:
      first === undefined || beganAtMs === null ? null : Math.max(0, first.createdAtMs - beganAtMs),
  };
}

/**
 * When the run was first driven, in milliseconds since the epoch; null for one that never was. The wait of a
 * background run for its driver is no part of its duration.
 */
export function drivingBeganAtMs(all: readonly JournalEvent[]): number | null {
  return all.find(({ body }) => body.type !== "RunStarted")?.createdAtMs ?? null;
}

function textSoFar(
  live: readonly JournalEvent[],
): Pick<TotalsSoFar, "text" | "textOfTurn" | "reasoning" | "steps"> {
  let text = "";
  let ofTurn = "";
  const reasoning: string[] = [];
  const steps: ReasoningStep[] = [];
  for (const { body } of live) {
    if (body.type === "ModelRequestStarted" || body.type === "OutputModelResponseStarted") ofTurn = "";
    else if (body.type === "RunContent") text = ofTurn += body.content;
    else if (body.type === "ReasoningStarted") reasoning.push("");
    else if (body.type === "ReasoningContentDelta") {
      reasoning.push((reasoning.pop() ?? "") + body.reasoning_content);
    } else if (body.type === "ReasoningStep") {
      steps.push(body.content);
      reasoning.push(reasoningStepText(body.content));
    }
  }
  return { text, textOfTurn: ofTurn, reasoning: reasoning.filter((stretch) => stretch !== ""), steps };
}
