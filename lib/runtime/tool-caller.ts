import type { LanguageModelV4Message } from "@ai-sdk/provider";
import type { RunTurn } from "../core/run-turns.ts";
import type { Tool } from "../core/tool.ts";
import { recordToolCallStart } from "./call-tool.ts";
import type { ToolCall, ToolCallPorts } from "./tool-call.ts";
import { callTools } from "./call-tools.ts";
import { type FinishedTurn, finishTurn } from "./finish-turn.ts";
import { type HeldCall, holdCall } from "./hold-call.ts";
import { holdContext } from "./hold-context.ts";
import { holdUnknown } from "./hold-unknown.ts";
import { maskJson } from "./mask-json.ts";
import { mediaMessage } from "./media-message.ts";
import type { ModelTurn } from "./model-turn.ts";
import { newExecution } from "./new-execution.ts";
import { payForToolCalls } from "./pay-for-tool-calls.ts";
import type { RunPorts } from "./ports.ts";
import { prepareCall } from "./prepare-call.ts";
import { readToolCalls, refuseToolCalls } from "./read-tool-calls.ts";
import type { OpenCall, ResumePoint } from "./resume-point.ts";
import { saidInTurn } from "./said-in-turn.ts";
import { toolMessage } from "./tool-message.ts";
import { turnCalls } from "./turn-calls.ts";
import type { WaitingCall } from "./waiting-call.ts";

/** The calls of a turn, read and checked. */
export interface ReadTurn {
  calls: readonly ToolCall[];
  /** What people are asked about. */
  held: readonly HeldCall[];
  /** The calls that are not made now: those that people are asked about, and those that there is no money for. */
  waiting: readonly WaitingCall[];
}

/** What has become of a turn: what the model is told of it, or what it waits for. */
interface MadeTurn {
  held: readonly HeldCall[];
  messages: readonly LanguageModelV4Message[];
  /** One of its calls has ended the run. */
  stops: boolean;
}

/** Makes the tool calls of one run's turns: reads them, counts them, holds those that a person decides about. */
export class ToolCaller {
  readonly #context: ToolCallPorts;
  readonly #ports: Pick<RunPorts, "newId">;
  readonly #toolsByName: ReadonlyMap<string, Tool>;
  readonly #limit: number;
  readonly #usedIds: Set<string>;
  #made = 0;

  /** `limit` is the most calls that the run may make; `before` what earlier drivers of it have done. */
  constructor(
    context: ToolCallPorts,
    ports: Pick<RunPorts, "newId" | "tools">,
    limit: number,
    before?: ResumePoint,
  ) {
    this.#context = context;
    this.#ports = ports;
    this.#limit = limit;
    this.#toolsByName = new Map(ports.tools.map((tool): [string, Tool] => [tool.name, tool]));
    this.#usedIds = new Set(before?.usedCallIds);
    this.#made = before?.turns.reduce((sum, turn) => sum + turn.calls.length, 0) ?? 0;
  }

  /** True once the model has asked for more than it may: it must answer without tools. */
  get isOverLimit(): boolean {
    return this.#made > this.#limit;
  }

  /** Reads a turn's calls, as their hooks want them made; those over the limit are refused. */
  async read(turn: ModelTurn): Promise<ReadTurn> {
    const { limits, mask } = this.#context;
    const asked = turnCalls(turn).map((call) => {
      const isThought = this.#toolsByName.get(call.toolName)?.reasoningStep !== undefined;
      return isThought ? { ...call, input: maskJson(call.input, mask) } : call;
    });
    const made = this.#withinLimit(
      readToolCalls(asked, this.#toolsByName, this.#usedIds, this.#ports, limits),
    );
    if (made.length === 0) return { calls: made, held: [], waiting: [] };
    const calls = await Promise.all(made.map((call) => prepareCall(this.#context, call)));
    const judging = await holdContext(this.#context);
    const held = calls.flatMap((call, position) => holdCall(call, position, judging) ?? []);
    const heldIds = new Set(held.map(({ asked }) => asked.tool_call_id));
    const paid = await payForToolCalls(
      this.#context,
      calls.filter(({ id }) => !heldIds.has(id)),
    );
    const unpaid = calls.flatMap((call, position) => {
      if (!paid.blocked.has(call)) return [];
      return [{ position, asked: newExecution(call.id, call.name, call.input.args, judging.nowMs) }];
    });
    return {
      calls,
      held: [...held, ...(paid.held === null ? [] : [paid.held])],
      waiting: [...held, ...unpaid].map((one) => ({ ...one, askedArgs: calls[one.position]?.askedArgs })),
    };
  }

  /**
   * Makes the calls that wait for nobody. Returns the turn as the model is told of it, or the calls that wait for a
   * person: because they are held, or because nobody knows what they did. Rejects only with the signal's reason.
   */
  async make({ calls, held, waiting }: ReadTurn, turn: ModelTurn): Promise<MadeTurn> {
    const heldIds = new Set(waiting.map(({ asked }) => asked.tool_call_id));
    const free = calls.flatMap((call, position) => (heldIds.has(call.id) ? [] : [{ call, position }]));
    const started = free.map(({ call }) => ({ call, execution: recordToolCallStart(this.#context, call) }));
    const outcomes = await callTools(this.#context, started);
    this.#context.signal.throwIfAborted();
    const unknown = started.flatMap(({ call, execution }, at) => {
      const position = free[at]?.position ?? 0;
      return outcomes[at] === null ? [{ call, execution, position, attempt: call.attempt }] : [];
    });
    if (held.length + unknown.length > 0) {
      const judging = unknown.length > 0 ? await holdContext(this.#context) : null;
      const asked = unknown.flatMap((one) => (judging === null ? [] : holdUnknown(one, judging)));
      return {
        held: [...held, ...asked].sort((a, b) => a.position - b.position),
        messages: [],
        stops: false,
      };
    }
    const results = calls.map(({ id, name }, position) => ({
      id,
      name,
      outcome: outcomes[position] ?? undefined,
    }));
    const files = outcomes.flatMap((outcome) => outcome?.files ?? []);
    return {
      held: [],
      messages: [...saidInTurn(turn, calls), toolMessage(results), ...mediaMessage(files)],
      stops: outcomes.some((outcome) => outcome?.stops === true),
    };
  }

  /** Goes on with a turn that an earlier driver has left with open calls: makes them, or says which have to wait. */
  async finish(turn: RunTurn, open: readonly OpenCall[]): Promise<FinishedTurn> {
    const finished = await finishTurn(this.#context, turn, open, this.#toolsByName);
    this.#context.signal.throwIfAborted();
    return finished;
  }

  /** Counts a turn's calls and refuses those beyond the limit. */
  #withinLimit(calls: readonly ToolCall[]): ToolCall[] {
    const left = Math.max(0, this.#limit - this.#made);
    this.#made += calls.length;
    const reason = `The limit of ${this.#limit} tool calls in one run is reached. Answer with what you have.`;
    return [...calls.slice(0, left), ...refuseToolCalls(calls.slice(left), reason)];
  }
}
