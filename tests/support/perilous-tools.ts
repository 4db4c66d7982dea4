import { z } from "zod";
import { OutcomeUnknownError } from "#lib/core/outcome-unknown-error.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Tool } from "#lib/core/tool.ts";

/** How an execution goes: it does its work or not, and then answers, loses its line, or says nothing more. */
export interface Manner {
  does: boolean;
  ending: "answers" | "is lost" | "hangs";
}

/** Tools that change a world in memory, and die with their process. */
export class PerilousTools {
  /** How often each call, `run:call`, has changed the world. */
  readonly done = new Map<string, number>();
  /** How the next executions go; they do their work and answer when none is left. */
  manners: Manner[] = [];
  #process = 0;
  #hanging = 0;
  #wake: (() => void)[] = [];

  get isHanging(): boolean {
    return this.#hanging > 0;
  }

  /** Resolves once an execution hangs. */
  hangs(): Promise<void> {
    return this.isHanging ? Promise.resolve() : new Promise((resolve) => this.#wake.push(resolve));
  }

  /** The process is gone, and with it whatever its tools were about to do. */
  die(): void {
    this.#process += 1;
    this.#hanging = 0;
  }

  /** Makes these the tools of this process. Call it before anything asks for them. */
  register(names: readonly string[]): void {
    const process = this.#process;
    processSingleton("tool-registry", () => new Map(names.map((name) => [name, this.#tool(name, process)])));
  }

  #tool(name: string, process: number): Tool {
    return {
      name,
      title: name,
      description: name,
      effect: "write",
      input: z.object({ text: z.string() }),
      execute: (input, { idempotencyKey, signal }) => {
        if (process !== this.#process) return new Promise(() => undefined);
        const { text } = input as { text: string };
        const manner = this.manners.shift() ?? { does: true, ending: "answers" };
        if (manner.does) this.done.set(idempotencyKey, (this.done.get(idempotencyKey) ?? 0) + 1);
        switch (manner.ending) {
          case "answers":
            return manner.does ? Promise.resolve(`did ${text}`) : Promise.reject(new Error(`cannot ${text}`));
          case "is lost":
            return Promise.reject(new OutcomeUnknownError("The line is dead."));
          case "hangs":
            return this.#hang(signal, process);
        }
      },
    };
  }

  #hang(signal: AbortSignal, process: number): Promise<never> {
    this.#hanging += 1;
    for (const wake of this.#wake.splice(0)) wake();
    return new Promise((_resolve, reject) => {
      signal.addEventListener(
        "abort",
        () => {
          if (process === this.#process) this.#hanging -= 1;
          reject(new Error("Stopped."));
        },
        { once: true },
      );
    });
  }
}
