import type { RunPatch } from "../core/journal.ts";
import type { ModelRole } from "../core/model-role.ts";
import { addModelUsage, type ModelUsage } from "../core/model-usage.ts";
import { type ReasoningStep, reasoningStepText } from "../core/reasoning-step.ts";
import type { RunEventBodyOf } from "../core/run-event.ts";
import { type SideCall, usageOfCall } from "../core/side-call.ts";
import { addUsage, type RunMetrics, type TokenUsage } from "../core/run-metrics.ts";
import { wireMetrics } from "../core/wire-metrics.ts";
import { type ModelTurn, turnText } from "./model-turn.ts";
import type { BoundModel } from "./ports.ts";
import { NOTHING_SO_FAR, type TotalsSoFar } from "./totals-so-far.ts";

/** What a run has used and written so far, over all its turns. */
export class RunTotals {
  readonly #startedAtMs: number;
  #usage: TokenUsage;
  #models: readonly ModelUsage[];
  #costMicroUsd: number | null;
  #firstTextAtMs: number | null;
  #text: string;
  /** Of the last turn, with the results that are shown. */
  #textOfTurn: string;
  readonly #reasoning: string[];
  readonly #steps: ReasoningStep[];

  /** `startedAtMs` is on the monotonic clock; `before` is what earlier drivers of the run have added up. */
  constructor(startedAtMs: number, before: TotalsSoFar = NOTHING_SO_FAR) {
    this.#startedAtMs = startedAtMs;
    this.#usage = before.usage;
    this.#models = before.models;
    this.#costMicroUsd = before.costMicroUsd;
    this.#firstTextAtMs = before.timeToFirstTextMs === null ? null : startedAtMs + before.timeToFirstTextMs;
    this.#text = before.text;
    this.#textOfTurn = before.textOfTurn ?? "";
    this.#reasoning = [...before.reasoning];
    this.#steps = [...(before.steps ?? [])];
  }

  /** The text of the last turn that wrote any: the run's content. */
  get text(): string {
    return this.#text;
  }

  /** All reasoning, its stretches a blank line apart. */
  get reasoning(): string {
    return this.#reasoning.join("\n\n");
  }

  /** The steps of reasoning that tools have brought. */
  get steps(): readonly ReasoningStep[] {
    return this.#steps;
  }

  /** Adds a step of reasoning, and returns its event. */
  addStep(step: ReasoningStep): RunEventBodyOf<"ReasoningStep"> {
    const text = reasoningStepText(step);
    this.#steps.push(step);
    this.#reasoning.push(text);
    return { type: "ReasoningStep", content: step, content_type: "ReasoningStep", reasoning_content: text };
  }

  /** Puts what another model has made of the last turn's text in its place. */
  retell(text: string): void {
    this.#textOfTurn = text;
    this.#text = text;
  }

  /** Adds a turn, whole or broken off. Each turn once. */
  add(turn: ModelTurn): void {
    this.#firstTextAtMs ??= turn.firstTextAtMs;
    this.#textOfTurn = turnText(turn, "text");
    this.#text = this.#textOfTurn || this.#text;
    for (const part of turn.parts) {
      if (part.type === "reasoning" && part.text !== "") this.#reasoning.push(part.text);
    }
    if (turn.finishReason === null) return;
    this.#use({ role: "model", ...turn.model }, turn.usage, turn.costMicroUsd);
  }

  /** Makes a result a part of the last turn's text, and returns what is added: it stands apart from what was said. */
  show(result: string): string {
    const added = this.#textOfTurn === "" ? result : `\n\n${result}`;
    this.#textOfTurn += added;
    this.#text = this.#textOfTurn;
    return added;
  }

  /** Adds a model call beside the run's turns. */
  addAside(call: SideCall): void {
    const { role, model: id, model_provider: provider } = call;
    this.#use({ role, id, provider }, usageOfCall(call), call.cost_micro_usd);
  }

  #use(
    { role, id, provider }: { role: ModelRole; id?: string; provider?: string },
    usage: TokenUsage,
    costMicroUsd: number | null,
  ): void {
    this.#usage = addUsage(this.#usage, usage);
    if (id !== undefined && provider !== undefined) {
      this.#models = addModelUsage(this.#models, { role, id, provider }, usage);
    }
    const known = this.#costMicroUsd !== null && costMicroUsd !== null;
    this.#costMicroUsd = known ? (this.#costMicroUsd ?? 0) + (costMicroUsd ?? 0) : null;
  }

  /** The token columns of the run's row, which names `own` as the run's model: whatever else was paid is told apart. */
  tokenPatch(own?: Pick<BoundModel, "id" | "provider">): RunPatch {
    const [first] = this.#models;
    const isOwn = own === undefined || (first?.id === own.id && first.provider === own.provider);
    return {
      ...this.#usage,
      costMicroUsd: this.#costMicroUsd,
      ...(this.#models.length > 1 || !isOwn ? { modelUsage: this.#models } : {}),
      ...(this.#firstTextAtMs === null
        ? {}
        : { timeToFirstTokenMs: this.#firstTextAtMs - this.#startedAtMs }),
    };
  }

  /** The run's metrics on the wire at the monotonic time `nowMs`. */
  metrics(nowMs: number): RunMetrics {
    return wireMetrics({
      usage: this.#usage,
      costMicroUsd: this.#costMicroUsd,
      timeToFirstTokenMs: this.tokenPatch().timeToFirstTokenMs ?? null,
      durationMs: nowMs - this.#startedAtMs,
      models: this.#models,
    });
  }
}
