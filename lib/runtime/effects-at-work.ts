import type { ToolExecution } from "../core/tool-execution.ts";

/** A call of a tool that changes the world. */
export interface EffectAtWork {
  execution: ToolExecution;
  attempt: number;
}

/** What is left of a run's effects when it stops. */
export interface EffectsLeft {
  /** Claimed, and not begun. */
  unbegun: readonly EffectAtWork[];
  /** Begun, and not come back: nobody can tell what they did. */
  atWork: readonly EffectAtWork[];
}

/** The calls of one run that change the world, from their claim until their tool has come back. */
export class EffectsAtWork {
  readonly #claimed = new Map<string, EffectAtWork>();
  readonly #begun = new Map<string, EffectAtWork>();

  /** `before` has begun under an earlier driver and may be at work still. */
  constructor(before: readonly EffectAtWork[]) {
    for (const effect of before) this.#begun.set(effect.execution.tool_call_id, effect);
  }

  /** The call is about to be claimed. */
  claim(effect: EffectAtWork): void {
    this.#claimed.set(effect.execution.tool_call_id, effect);
  }

  /** The tool is about to be executed. */
  begin(toolCallId: string): void {
    const effect = this.#claimed.get(toolCallId);
    if (effect === undefined) return;
    this.#claimed.delete(toolCallId);
    this.#begun.set(toolCallId, effect);
  }

  /** True while nobody can tell what the call does. */
  isBegun(toolCallId: string): boolean {
    return this.#begun.has(toolCallId);
  }

  /** The tool has come back and says what it did, or is not executed after all. */
  end(toolCallId: string): void {
    this.#claimed.delete(toolCallId);
    this.#begun.delete(toolCallId);
  }

  get left(): EffectsLeft {
    return { unbegun: [...this.#claimed.values()], atWork: [...this.#begun.values()] };
  }
}
