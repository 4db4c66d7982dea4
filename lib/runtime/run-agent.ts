import type { LanguageModelV4CallOptions, LanguageModelV4Message } from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import type { JsonObject } from "../core/json.ts";
import type { Tool } from "../core/tool.ts";
import { assistantMessage } from "./assistant-message.ts";
import { buildPrompt } from "./build-prompt.ts";
import { callModel } from "./call-model.ts";
import { recordToolCallStart, type ToolCall, type ToolCallPorts } from "./call-tool.ts";
import { callTools } from "./call-tools.ts";
import { EffectUnknownError } from "./effect-unknown-error.ts";
import type { RunOutcome } from "./end-of-run.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import { finishTurn } from "./finish-turn.ts";
import { HandOver } from "./hand-over.ts";
import { ModelCallError } from "./model-call-error.ts";
import { type ModelTurn, newModelTurn, turnText } from "./model-turn.ts";
import type { Clock, Resumption, RunPorts } from "./ports.ts";
import { readToolCalls, refuseToolCalls } from "./read-tool-calls.ts";
import type { ResumePoint } from "./resume-point.ts";
import { RunEnding } from "./run-ending.ts";
import { DEFAULT_RUN_LIMITS, type RunLimits } from "./run-limits.ts";
import { RunRecorder } from "./run-recorder.ts";
import { RunTotals } from "./run-totals.ts";
import { SessionState } from "./session-state.ts";
import { declareTool } from "./tool-declaration.ts";
import { toolMessage } from "./tool-message.ts";
import { turnCalls } from "./turn-calls.ts";
import { layoutOf } from "./turn-layout.ts";
import { turnMessages } from "./turn-messages.ts";

/**
 * Drives an agent's run to its end, from its first model call or from where an earlier driver has left it: call the
 * model, call its tools, append, until the model asks for nothing more. RunStarted stands in the journal already. The
 * run's end, however it comes, is written in one append with its row's columns and the session's state.
 * Rejects only when the journal itself fails.
 */
export async function runAgent(definition: AgentDefinition, ports: RunPorts): Promise<RunOutcome> {
  const stop = new AbortController();
  const onStop = () => stop.abort(ports.signal.reason);
  ports.signal.addEventListener("abort", onStop, { once: true });
  if (ports.signal.aborted) onStop();
  const run = new AgentRun(definition, ports, stop);
  try {
    await run.turns();
    return await run.complete();
  } catch (error) {
    if (!ports.signal.aborted) return await run.fail(error);
    return HandOver.isInstance(ports.signal.reason) ? await run.handOver() : await run.cancel();
  } finally {
    ports.signal.removeEventListener("abort", onStop);
  }
}

class AgentRun {
  readonly #definition: AgentDefinition;
  readonly #ports: RunPorts;
  readonly #limits: RunLimits;
  readonly #recorder: RunRecorder;
  readonly #sessionState: SessionState;
  readonly #ending: RunEnding;
  readonly #startedAtMs: number;
  readonly #signal: AbortSignal;
  readonly #toolsByName: ReadonlyMap<string, Tool>;
  #totals: RunTotals;
  #toolCallsMade = 0;
  #turn: ModelTurn | null = null;

  constructor(definition: AgentDefinition, ports: RunPorts, stop: AbortController) {
    const { clock, resumption } = ports;
    this.#definition = definition;
    this.#ports = ports;
    this.#limits =
      ports.limits === undefined ? DEFAULT_RUN_LIMITS : { ...DEFAULT_RUN_LIMITS, ...ports.limits };
    this.#startedAtMs = startOfDriving(clock, resumption?.point.beganAtMs ?? null);
    // Until the run goes on, nothing of what it has written is given up.
    this.#totals = new RunTotals(this.#startedAtMs, resumption?.point.totalsIfEnded);
    this.#sessionState = new SessionState(ports.sessionState);
    this.#signal = stop.signal;
    this.#toolsByName = new Map(ports.tools.map((tool): [string, Tool] => [tool.name, tool]));
    this.#recorder = new RunRecorder({
      journal: ports.journal,
      lease: ports.lease,
      runId: ports.run.runId,
      sessionId: ports.run.sessionId,
      clock,
      onFailure: (error) => stop.abort(error),
    });
    this.#ending = new RunEnding({
      ports,
      recorder: this.#recorder,
      sessionState: this.#sessionState,
      startedAtMs: this.#startedAtMs,
    });
  }

  /** Model calls and tool calls in turn, until the model calls no tool. */
  async turns(): Promise<void> {
    const { input, history, clock, tools, resumption } = this.#ports;
    this.#signal.throwIfAborted();
    if (resumption !== undefined) this.#goOn(resumption.point);
    if (resumption?.point.next.kind === "complete") return;
    const sentSystem = resumption?.system ?? null;
    const known = { sessionState: this.#sessionState.current, subject: this.#ports.scope.subject };
    const definition = fillPlaceholders(this.#definition, known);
    const prompt = buildPrompt(definition, input, history, clock.nowMs(), sentSystem);
    const declarations = tools.map(declareTool);
    const [system, toolsHash] = await this.#storePrompt(
      prompt.system,
      declarations.map((one) => one.json),
    );
    const usedIds = new Set<string>(resumption?.point.usedCallIds);
    const params = this.#params();
    const sent: JsonObject = {
      ...(system === null ? {} : { system }),
      ...(toolsHash === null ? {} : { tools: toolsHash }),
      history: prompt.historyRunIds,
      params: params.recorded,
    };
    const functions = declarations.map((one) => one.function);
    if (resumption !== undefined) prompt.messages.push(...(await this.#earlierTurns(resumption)));
    for (;;) {
      const turn = newModelTurn();
      this.#turn = turn;
      const toolsRefused = this.#toolCallsMade > this.#definition.tool_call_limit;
      const offered = functions.length === 0 ? {} : { tools: functions };
      const choice = toolsRefused && functions.length > 0 ? { toolChoice: { type: "none" as const } } : {};
      await callModel(
        {
          ports: this.#ports,
          limits: this.#limits,
          recorder: this.#recorder,
          totals: this.#totals,
          options: { prompt: [...prompt.messages], ...params.options, ...offered, ...choice },
          sent,
          signal: this.#signal,
        },
        turn,
      );
      this.#turn = null;
      const asked = turnCalls(turn);
      if (asked.length === 0) return;
      if (toolsRefused) {
        throw new ModelCallError(
          "model_output_limit_error",
          `The model kept calling tools after the limit of ${this.#definition.tool_call_limit} calls in one run.`,
        );
      }
      const calls = this.#withinLimit(
        readToolCalls(asked, this.#toolsByName, usedIds, this.#ports, this.#limits),
      );
      const context = this.#toolCallPorts();
      const outcomes = await callTools(
        context,
        calls.map((call) => ({ call, execution: recordToolCallStart(context, call) })),
      );
      this.#signal.throwIfAborted();
      const results = calls.map(({ id, name }, position) => ({ id, name, outcome: outcomes[position] }));
      prompt.messages.push(...saidIn(turn, calls), toolMessage(results));
    }
  }

  /** The run has its answer. */
  complete(): Promise<RunOutcome> {
    return this.#ending.complete(this.#totals);
  }

  /** The run was cancelled; what it has written is kept. */
  cancel(): Promise<RunOutcome> {
    this.#keepBrokenTurn();
    return this.#ending.cancel(this.#totals);
  }

  /** The run failed; what it has written is kept. */
  fail(cause: unknown): Promise<RunOutcome> {
    this.#keepBrokenTurn();
    return this.#ending.fail(this.#totals, cause);
  }

  /** The run stops where it stands. What was recorded so far, such as the result of a tool, must not be lost. */
  handOver(): Promise<RunOutcome> {
    return this.#ending.written({ status: "HANDED_OVER" });
  }

  #keepBrokenTurn(): void {
    if (this.#turn !== null) this.#totals.add(this.#turn);
    this.#turn = null;
  }

  /** Says in the journal that another driver goes on, and from where. */
  #goOn(point: ResumePoint): void {
    this.#recorder.record({ type: "RunRecovered", discarded_from_index: point.discardedFromIndex });
    if (point.next.kind === "effect_unknown") throw new EffectUnknownError(point.next.toolNames);
    this.#totals = new RunTotals(this.#startedAtMs, point.totals);
    this.#toolCallsMade = point.turns.reduce((sum, turn) => sum + turn.calls.length, 0);
  }

  /** The turns of earlier drivers as the model is told of them; calls that were left open are made first. */
  async #earlierTurns({ point, internals }: Resumption): Promise<LanguageModelV4Message[]> {
    const { turns, next } = point;
    const last = turns.at(-1);
    if (next.kind !== "call_tools" || last === undefined) {
      return turns.flatMap((turn) => turnMessages(turn, internals));
    }
    const finished = await finishTurn(this.#toolCallPorts(), last, next.open, this.#toolsByName);
    this.#signal.throwIfAborted();
    return [...turns.slice(0, -1), finished].flatMap((turn) => turnMessages(turn, internals));
  }

  #toolCallPorts(): ToolCallPorts {
    return {
      ports: this.#ports,
      limits: this.#limits,
      recorder: this.#recorder,
      sessionState: this.#sessionState,
      signal: this.#signal,
    };
  }

  /** Keeps the parts of the prompt that repeat from run to run as blobs and returns their hashes. */
  #storePrompt(system: string, tools: readonly string[]): Promise<[string | null, string | null]> {
    const { blobs } = this.#ports;
    return Promise.all([
      system === "" ? null : blobs.putText(system, "text/plain"),
      tools.length === 0 ? null : blobs.putText(`[${tools.join(",")}]`, "application/json"),
    ]);
  }

  #params(): { options: Partial<LanguageModelV4CallOptions>; recorded: JsonObject } {
    const { temperature, max_output_tokens: maxOutputTokens, reasoning_effort: reasoning } = this.#definition;
    return {
      options: {
        ...(temperature === undefined ? {} : { temperature }),
        ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
        ...(reasoning === undefined ? {} : { reasoning }),
      },
      recorded: {
        ...(temperature === undefined ? {} : { temperature }),
        ...(maxOutputTokens === undefined ? {} : { max_output_tokens: maxOutputTokens }),
        ...(reasoning === undefined ? {} : { reasoning_effort: reasoning }),
      },
    };
  }

  /** Counts a turn's calls and refuses those beyond the limit. */
  #withinLimit(calls: readonly ToolCall[]): ToolCall[] {
    const limit = this.#definition.tool_call_limit;
    const left = Math.max(0, limit - this.#toolCallsMade);
    this.#toolCallsMade += calls.length;
    const reason = `The limit of ${limit} tool calls in one run is reached. Answer with what you have.`;
    return [...calls.slice(0, left), ...refuseToolCalls(calls.slice(left), reason)];
  }
}

function saidIn(turn: ModelTurn, calls: readonly ToolCall[]): LanguageModelV4Message[] {
  const said = assistantMessage(
    turnText(turn, "text"),
    turnText(turn, "reasoning"),
    calls.map((call) => ({ id: call.id, name: call.name, input: call.input.args })),
    layoutOf(turn),
  );
  return said === null ? [] : [said];
}

/** The beginning of a run's driving on the monotonic clock of this process. */
function startOfDriving(clock: Clock, beganAtMs: number | null): number {
  const agoMs = beganAtMs === null ? 0 : Math.max(0, clock.nowMs() - beganAtMs);
  return clock.monotonicMs() - agoMs;
}
