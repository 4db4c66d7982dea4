import type { JsonObject, JsonValue } from "../core/json.ts";
import type { HookedCall, ToolHook } from "../core/tool.ts";
import { ToolResult } from "../core/tool-result.ts";
import { hashJson } from "./hash-json.ts";
import { isOutcomeUnknown } from "./is-outcome-unknown.ts";
import type { ToolCachePort } from "./ports.ts";

/** What a call's hooks stand around. */
export interface HookedParts {
  hooks: readonly ToolHook[];
  call: HookedCall;
  /** Where results are kept, under the key of these arguments; null when the tool's are not. */
  cache: { port: ToolCachePort; ttlSeconds: number; keyOf(args: JsonObject): string } | null;
  /** Reads arguments that a hook has changed. Rejects when the call may not be made with them. */
  read: (args: JsonObject) => Promise<unknown>;
  /** The tool itself, with arguments as its schema gives them. */
  execute: (parsed: unknown) => Promise<JsonValue | ToolResult>;
  /** Why the tool is executed once at most, however often a hook asks for it; null when it may be more often. */
  once: string | null;
  signal: AbortSignal;
}

/**
 * One call of a tool through its hooks, outermost first: kept results and the tool itself stand inside of them. Says
 * afterwards what has come to pass, whatever the hooks have made of it.
 */
export class HookedExecution {
  readonly #parts: HookedParts;
  readonly #parsed: unknown;
  #pending: Promise<unknown> = Promise.resolve();
  #isBegun = false;
  /** What the tool has brought last, and may be kept. */
  #fresh: { key: string; result: JsonValue } | null = null;
  /** What the tool itself came to: null while it is not known. */
  end: "done" | "failed" | null = null;
  /** Nobody knows what the tool did, and no hook can know better. */
  isUnknown = false;
  isFromCache = false;
  /** The arguments that a hook has put in place of the call's. */
  changedArgs: JsonObject | null = null;

  /** `parsed` are the call's own arguments as the schema gives them. */
  constructor(parts: HookedParts, parsed: unknown) {
    this.#parts = parts;
    this.#parsed = parsed;
  }

  /** Makes the call. Rejects with what the outermost hook, or without hooks the tool, threw. */
  async run(): Promise<JsonValue | ToolResult> {
    const { call } = this.#parts;
    let result: JsonValue | ToolResult;
    try {
      result = await this.#from(0, call.args);
    } finally {
      // A hook that has not waited for the tool must not let the call end before it.
      await this.#pending.catch(() => undefined);
    }
    await this.#keep(result);
    return result;
  }

  /** Keeps what the tool has brought, where no hook has changed it: what one has taken out must not be stored. */
  async #keep(result: JsonValue | ToolResult): Promise<void> {
    const { cache } = this.#parts;
    const fresh = this.#fresh;
    // What brings files is not kept.
    if (cache === null || fresh === null || ToolResult.isInstance(result)) return;
    if (result !== fresh.result && JSON.stringify(result) !== JSON.stringify(fresh.result)) return;
    await cache.port.keep(fresh.key, result, cache.ttlSeconds);
  }

  #from(at: number, args: JsonObject): Promise<JsonValue | ToolResult> {
    const { hooks, call, signal } = this.#parts;
    const hook = hooks[at];
    if (hook === undefined) {
      const made = this.#inner(args);
      this.#pending = Promise.allSettled([this.#pending, made]);
      return made;
    }
    if (hook.around === undefined) return this.#from(at + 1, args);
    signal.throwIfAborted();
    const own = structuredClone(args);
    return hook.around({ ...call, args: own }, async (next = own) => this.#from(at + 1, next));
  }

  async #inner(args: JsonObject): Promise<JsonValue | ToolResult> {
    const { call, cache, signal, execute, read, once } = this.#parts;
    signal.throwIfAborted();
    const isChanged = args !== call.args && hashJson(args) !== hashJson(call.args);
    const parsed = isChanged ? await read(args) : this.#parsed;
    this.changedArgs = isChanged ? structuredClone(args) : null;
    const key = cache?.keyOf(args) ?? "";
    const kept = await cache?.port.find(key);
    this.isFromCache = kept !== undefined;
    if (kept !== undefined) return kept.result;
    signal.throwIfAborted();
    if (this.#isBegun && once !== null) {
      throw new Error(`The tool ${call.toolName} was executed already: it ${once}, and is executed once.`);
    }
    this.#isBegun = true;
    try {
      const result = await execute(parsed);
      // What comes back only because the call was given up says nothing.
      if (!signal.aborted) this.end = "done";
      this.#fresh = ToolResult.isInstance(result) ? null : { key, result };
      return result;
    } catch (error) {
      if (!signal.aborted) this.end = "failed";
      if (isOutcomeUnknown(error)) this.isUnknown = true;
      throw error;
    }
  }
}
