import type { LanguageModelV4CallOptions, LanguageModelV4Message } from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import { LeaseLostError, type RunPatch } from "../core/journal.ts";
import type { JsonObject } from "../core/json.ts";
import type { Tool } from "../core/tool.ts";
import { buildPrompt } from "./build-prompt.ts";
import { callModel } from "./call-model.ts";
import type { ToolCall } from "./call-tool.ts";
import { callTools } from "./call-tools.ts";
import { readToolCalls, refuseToolCalls } from "./read-tool-calls.ts";
import { explainFailure, type RunOutcome } from "./end-of-run.ts";
import { ModelCallError } from "./model-call-error.ts";
import { assistantMessage } from "./assistant-message.ts";
import { layoutOf } from "./turn-layout.ts";
import { type ModelTurn, newModelTurn, turnText } from "./model-turn.ts";
import { turnCalls } from "./turn-calls.ts";
import type { RunPorts } from "./ports.ts";
import { DEFAULT_RUN_LIMITS, type RunLimits } from "./run-limits.ts";
import { RunRecorder } from "./run-recorder.ts";
import { RunTotals } from "./run-totals.ts";
import { SessionState } from "./session-state.ts";
import { declareTool } from "./tool-declaration.ts";

/**
 * Drives an agent's run from its first model call to its end: call the model, call its tools, append, until the
 * model asks for nothing more. RunStarted stands in the journal already. The run's end, however it comes, is
 * written in one append with its row's columns and the session's state.
 * Rejects only when the journal itself fails.
 */
export async function runAgent(definition: AgentDefinition, ports: RunPorts): Promise<RunOutcome> {
  const stop = new AbortController();
  const onCancel = () => stop.abort(ports.signal.reason);
  ports.signal.addEventListener("abort", onCancel, { once: true });
  if (ports.signal.aborted) onCancel();
  const run = new AgentRun(definition, ports, stop);
  try {
    await run.turns();
    return await run.complete();
  } catch (error) {
    return ports.signal.aborted ? await run.cancel() : await run.fail(error);
  } finally {
    ports.signal.removeEventListener("abort", onCancel);
  }
}

class AgentRun {
  readonly #definition: AgentDefinition;
  readonly #ports: RunPorts;
  readonly #limits: RunLimits;
  readonly #recorder: RunRecorder;
  readonly #totals: RunTotals;
  readonly #sessionState: SessionState;
  readonly #startedAt: number;
  readonly #signal: AbortSignal;
  #toolCallsMade = 0;
  #turn: ModelTurn | null = null;

  constructor(definition: AgentDefinition, ports: RunPorts, stop: AbortController) {
    this.#definition = definition;
    this.#ports = ports;
    this.#limits =
      ports.limits === undefined ? DEFAULT_RUN_LIMITS : { ...DEFAULT_RUN_LIMITS, ...ports.limits };
    this.#startedAt = ports.clock.monotonicMs();
    this.#totals = new RunTotals(this.#startedAt);
    this.#sessionState = new SessionState(ports.sessionState);
    this.#signal = stop.signal;
    this.#recorder = new RunRecorder({
      journal: ports.journal,
      lease: ports.lease,
      runId: ports.run.runId,
      sessionId: ports.run.sessionId,
      clock: ports.clock,
      onFailure: (error) => stop.abort(error),
    });
  }

  /** Model calls and tool calls in turn, until the model calls no tool. */
  async turns(): Promise<void> {
    const { input, history, clock, tools } = this.#ports;
    this.#signal.throwIfAborted();
    const prompt = buildPrompt(this.#definition, input, history, clock.nowMs());
    const declarations = tools.map(declareTool);
    const [system, toolsHash] = await this.#storePrompt(
      prompt.system,
      declarations.map((one) => one.json),
    );
    const toolsByName = new Map(tools.map((tool): [string, Tool] => [tool.name, tool]));
    const usedIds = new Set<string>();
    const params = this.#params();
    const sent: JsonObject = {
      ...(system === null ? {} : { system }),
      ...(toolsHash === null ? {} : { tools: toolsHash }),
      history: prompt.historyRunIds,
      params: params.recorded,
    };
    const functions = declarations.map((one) => one.function);
    let toolsRefused = false;
    for (;;) {
      const turn = newModelTurn();
      this.#turn = turn;
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
      const read = readToolCalls(asked, toolsByName, usedIds, this.#ports, this.#limits);
      const calls = this.#withinLimit(read);
      toolsRefused = this.#toolCallsMade > this.#definition.tool_call_limit;
      const results = await callTools(
        {
          ports: this.#ports,
          limits: this.#limits,
          recorder: this.#recorder,
          sessionState: this.#sessionState,
          signal: this.#signal,
        },
        calls,
      );
      this.#signal.throwIfAborted();
      prompt.messages.push(...this.#turnMessages(turn, calls), results);
    }
  }

  /** The run has its answer. */
  complete(): Promise<RunOutcome> {
    this.#recorder.record({ type: "RunContentCompleted" }, { moreFollows: true });
    this.#recordCompleted("COMPLETED");
    return this.#end({ status: "COMPLETED", content: this.#totals.text });
  }

  /** The run was cancelled; what it has written is kept. */
  cancel(): Promise<RunOutcome> {
    this.#keepBrokenTurn();
    const content = this.#totals.text;
    const reason = `Run ${this.#ports.run.runId} was cancelled`;
    this.#recorder.record(
      { type: "RunCancelled", reason, ...(content === "" ? {} : { content }) },
      { moreFollows: true },
    );
    this.#recordCompleted("CANCELLED");
    return this.#end({ status: "CANCELLED", content });
  }

  /** The run failed; what it has written is kept. */
  fail(cause: unknown): Promise<RunOutcome> {
    this.#keepBrokenTurn();
    const error = explainFailure(cause, this.#ports.newId());
    this.#recorder.record(
      { type: "RunError", content: error.sentence, error_type: error.type, error_id: error.id },
      { patch: { ...this.#endPatch("ERROR"), errorType: error.type, errorMessage: error.sentence } },
    );
    return this.#end({ status: "ERROR", content: this.#totals.text, error });
  }

  #recordCompleted(status: "COMPLETED" | "CANCELLED"): void {
    const { clock, model } = this.#ports;
    const { reasoning } = this.#totals;
    this.#recorder.record(
      {
        type: "RunCompleted",
        content: this.#totals.text,
        content_type: "str",
        ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
        metrics: this.#totals.metrics(model, clock.monotonicMs()),
        session_state: this.#sessionState.current,
      },
      { patch: this.#endPatch(status) },
    );
  }

  #endPatch(status: "COMPLETED" | "CANCELLED" | "ERROR"): RunPatch {
    const { clock } = this.#ports;
    const changedState = this.#sessionState.takeChanged();
    if (changedState !== null) this.#recorder.saveSessionState(changedState);
    return {
      status,
      content: this.#totals.text,
      reasoningContent: this.#totals.reasoning,
      ...this.#totals.tokenPatch(),
      durationMs: clock.monotonicMs() - this.#startedAt,
      endedAtMs: clock.nowMs(),
    };
  }

  async #end(outcome: RunOutcome): Promise<RunOutcome> {
    await this.#recorder.committed();
    const { failure } = this.#recorder;
    if (failure === null) return outcome;
    if (failure.error instanceof LeaseLostError) return { status: "LEASE_LOST" };
    throw failure.error;
  }

  #keepBrokenTurn(): void {
    if (this.#turn !== null) this.#totals.add(this.#turn);
    this.#turn = null;
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

  #turnMessages(turn: ModelTurn, calls: readonly ToolCall[]): LanguageModelV4Message[] {
    const said = assistantMessage(
      turnText(turn, "text"),
      turnText(turn, "reasoning"),
      calls.map((call) => ({ id: call.id, name: call.name, input: call.input.args })),
      layoutOf(turn),
    );
    return said === null ? [] : [said];
  }
}
