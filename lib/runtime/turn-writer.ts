import type { LanguageModelV4StreamPart, SharedV4ProviderMetadata } from "@ai-sdk/provider";
import { mapUsage } from "./map-usage.ts";
import { ModelCallError } from "./model-call-error.ts";
import type { ModelTurn } from "./model-turn.ts";
import type { RunPorts } from "./ports.ts";
import type { RunLimits } from "./run-limits.ts";
import type { TurnRecorder } from "./turn-recorder.ts";

/** Brings the parts of a provider's stream into the journal and the turn. */
export class TurnWriter {
  readonly #ports: Pick<RunPorts, "model" | "clock">;
  readonly #limits: RunLimits;
  readonly #recorder: TurnRecorder;
  readonly #turn: ModelTurn;
  #open: { type: "text" | "reasoning"; id: string; metadata: SharedV4ProviderMetadata | undefined } | null =
    null;
  readonly #mask: ((text: string) => string) | null;
  /** What is held back until its stretch is whole and can be masked. */
  #unmasked = "";
  #chars = 0;

  constructor(
    ports: Pick<RunPorts, "model" | "clock">,
    limits: RunLimits,
    recorder: TurnRecorder,
    turn: ModelTurn,
    mask?: (text: string) => string,
  ) {
    this.#mask = mask ?? null;
    this.#ports = ports;
    this.#limits = limits;
    this.#recorder = recorder;
    this.#turn = turn;
  }

  /** Takes one part; a promise means that the journal is behind. Throws what an error part holds. */
  take(part: LanguageModelV4StreamPart): Promise<void> | undefined {
    switch (part.type) {
      case "text-delta":
        return this.#delta("text", part.id, part.delta, part.providerMetadata);
      case "reasoning-delta":
        return this.#delta("reasoning", part.id, part.delta, part.providerMetadata);
      case "text-start":
        this.#start("text", part.id, part.providerMetadata);
        return undefined;
      case "reasoning-start":
        this.#start("reasoning", part.id, part.providerMetadata);
        return undefined;
      case "text-end":
      case "reasoning-end":
        this.#note(part.providerMetadata);
        this.close();
        return undefined;
      case "tool-call":
        // Calls that the provider makes itself are its own affair; we offer it none.
        if (part.providerExecuted === true) return undefined;
        this.close();
        this.#turn.parts.push({ type: "call", call: part });
        return undefined;
      case "finish":
        this.close();
        this.#turn.finishReason = part.finishReason.unified;
        this.#turn.usage = mapUsage(part.usage);
        this.#turn.costMicroUsd = this.#ports.model.costMicroUsd(this.#turn.usage);
        return undefined;
      case "error":
        throw part.error;
      case "tool-input-start":
      case "tool-input-delta":
      case "tool-input-end":
      case "tool-result":
      case "tool-approval-request":
      case "custom":
      case "file":
      case "reasoning-file":
      case "source":
      case "stream-start":
      case "response-metadata":
      case "ping":
      case "raw":
        return undefined;
    }
  }

  /** Closes the open part. One without text stays only for what its provider wants back. */
  close(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const unmasked = this.#unmasked;
    this.#unmasked = "";
    if (this.#mask !== null && unmasked !== "") void this.#recorder.write(this.#mask(unmasked));
    const text = this.#recorder.closePart();
    if (text === "" && open.metadata === undefined) return;
    const isMasked = this.#mask !== null && text !== unmasked;
    this.#turn.parts.push({ type: open.type, text, metadata: open.metadata, isMasked });
  }

  #start(type: "text" | "reasoning", id: string, metadata: SharedV4ProviderMetadata | undefined): void {
    this.close();
    this.#open = { type, id, metadata };
    this.#recorder.openPart(type);
  }

  #delta(
    type: "text" | "reasoning",
    id: string,
    delta: string,
    metadata: SharedV4ProviderMetadata | undefined,
  ): Promise<void> | undefined {
    const open = this.#open;
    if (open === null || open.id !== id || open.type !== type) this.#start(type, id, metadata);
    else if (metadata !== undefined) this.#note(metadata);
    if (delta !== "") this.#turn.firstTextAtMs ??= this.#ports.clock.monotonicMs();
    this.#chars += delta.length;
    if (this.#chars > this.#limits.modelOutputChars) {
      throw new ModelCallError(
        "model_output_limit_error",
        `The model wrote more than ${this.#limits.modelOutputChars} characters in one turn and was stopped.`,
      );
    }
    if (this.#mask !== null) {
      this.#unmasked += delta;
      return undefined;
    }
    return this.#recorder.write(delta);
  }

  /** Providers send a part's metadata at its start, in between or at its end; the last word on each key counts. */
  #note(metadata: SharedV4ProviderMetadata | undefined): void {
    if (metadata === undefined || this.#open === null) return;
    const merged = { ...this.#open.metadata };
    for (const [provider, values] of Object.entries(metadata)) {
      merged[provider] = { ...merged[provider], ...values };
    }
    this.#open.metadata = merged;
  }
}
