import type { LanguageModelV4FunctionTool, LanguageModelV4Message } from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import type { JsonObject } from "../core/json.ts";
import { transientState } from "../core/transient-state.ts";
import { answerFormat } from "./answer-format.ts";
import { askedOfOwnModel } from "./asked-of-own-model.ts";
import { buildPrompt, userMessage } from "./build-prompt.ts";
import { BudgetShortError } from "./budget-short-error.ts";
import { callModel, type ModelCall } from "./call-model.ts";
import type { BesideRun } from "./beside-run.ts";
import { ResultCompressor } from "./compress-results.ts";
import { EffectsAtWork } from "./effects-at-work.ts";
import { earlierTurns } from "./earlier-turns.ts";
import type { RunOutcome } from "./end-of-run.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import { HandOver } from "./hand-over.ts";
import { holdBudget } from "./hold-budget.ts";
import type { HeldCall } from "./hold-call.ts";
import { isStopped } from "./is-stopped.ts";
import { ModelCallError } from "./model-call-error.ts";
import { modelParameters } from "./model-parameters.ts";
import { type ModelTurn, newModelTurn } from "./model-turn.ts";
import { NotDecidedError } from "./not-decided-error.ts";
import type { RunPorts } from "./ports.ts";
import { Reservations } from "./reservations.ts";
import type { ResumePoint } from "./resume-point.ts";
import { requestFor } from "./request-for.ts";
import { RunEnding } from "./run-ending.ts";
import { DEFAULT_RUN_LIMITS, type RunLimits } from "./run-limits.ts";
import { RunGuard } from "./run-guard.ts";
import { stepLimitError } from "./step-limit-error.ts";
import { type MadeAnswer, NOTHING_MADE } from "./made-answer.ts";
import { parseAnswer } from "./parse-answer.ts";
import { pauseFor } from "./pause-for.ts";
import { retellAnswer } from "./retell-answer.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { RunRecorder } from "./run-recorder.ts";
import { RunTotals } from "./run-totals.ts";
import { saidInTurn } from "./said-in-turn.ts";
import { SessionState } from "./session-state.ts";
import { storePrompt } from "./store-prompt.ts";
import { suggestFollowups } from "./suggest-followups.ts";
import { type RunAnswer, settleAnswer } from "./settle-answer.ts";
import { watchTimeLimit } from "./watch-time-limit.ts";
import { startOfDriving } from "./start-of-driving.ts";
import { type ReadTurn, ToolCaller } from "./tool-caller.ts";
import { declareTool } from "./tool-declaration.ts";
import { unknownCalls } from "./unknown-calls.ts";

/**
 * Drives an agent's run to its end or to its next pause, from its first model call or from where an earlier driver has
 * left it: call the model, call its tools, append, until the model asks for nothing more, or only for what waits for a
 * person. RunStarted stands in the journal already. The run's end, however it comes, is written in one append with its
 * row's columns and the session's state; so is a pause, with its requirements.
 * Rejects only when the journal itself fails.
 */
export async function runAgent(definition: AgentDefinition, ports: RunPorts): Promise<RunOutcome> {
  const stop = new AbortController();
  const onStop = () => stop.abort(ports.signal.reason);
  ports.signal.addEventListener("abort", onStop, { once: true });
  if (ports.signal.aborted) onStop();
  const run = new AgentRun(definition, ports, stop);
  const endWatch = watchTimeLimit(ports.clock, definition.time_limit_seconds, run.startedAtMs, stop);
  try {
    const held = await run.turns();
    return held.length > 0 ? await run.pause(held) : await run.complete();
  } catch (error) {
    if (!ports.signal.aborted) {
      if (!(error instanceof BudgetShortError)) return await run.fail(error);
      return await run.pauseForMoney(error);
    }
    return HandOver.isInstance(ports.signal.reason) ? await run.handOver() : await run.cancel();
  } finally {
    await run.paid.release();
    endWatch();
    ports.signal.removeEventListener("abort", onStop);
  }
}

class AgentRun {
  /** As the run's own model is asked. */
  readonly #definition: AgentDefinition;
  readonly #whole: AgentDefinition;
  readonly #ports: RunPorts;
  readonly #limits: RunLimits;
  readonly #recorder: RunRecorder;
  readonly #sessionState: SessionState;
  readonly #effects: EffectsAtWork;
  readonly paid = new Reservations();
  readonly #tools: ToolCaller;
  readonly #ending: RunEnding;
  readonly #guard: RunGuard;
  /** On the monotonic clock, had the run never waited for a person. */
  readonly startedAtMs: number;
  readonly #signal: AbortSignal;
  #totals: RunTotals;
  #turn: ModelTurn | null = null;
  #retries: number;
  #answer: RunAnswer | null = null;

  constructor(definition: AgentDefinition, ports: RunPorts, stop: AbortController) {
    const { clock, resumption } = ports;
    this.#definition = askedOfOwnModel(definition);
    this.#whole = definition;
    this.#ports = ports;
    this.#limits =
      ports.limits === undefined ? DEFAULT_RUN_LIMITS : { ...DEFAULT_RUN_LIMITS, ...ports.limits };
    this.#retries = resumption?.point.retries ?? 0;
    this.startedAtMs = startOfDriving(clock, resumption?.point.beganAtMs ?? null);
    // Until the run goes on, nothing of what it has written is given up.
    this.#totals = new RunTotals(this.startedAtMs, resumption?.point.totalsIfEnded);
    this.#signal = stop.signal;
    const recorder = new RunRecorder({
      journal: ports.journal,
      lease: ports.lease,
      runId: ports.run.runId,
      sessionId: ports.run.sessionId,
      clock,
      isIntermediate: definition.output_model !== undefined,
      onFailure: (error) => stop.abort(error),
    });
    this.#recorder = recorder;
    this.#effects = new EffectsAtWork(resumption === undefined ? [] : unknownCalls(resumption.point));
    const sessionState = new SessionState(
      ports.sessionState,
      transientState({ ...ports.run, subject: ports.scope.subject }),
    );
    this.#sessionState = sessionState;
    this.#tools = new ToolCaller(
      {
        ports,
        limits: this.#limits,
        recorder,
        sessionState,
        effects: this.#effects,
        paid: this.paid,
        given: definition,
        show: (text) => this.#show(text),
        mask: (text) => this.#guard.mask?.(text) ?? text,
        reason: (step) => recorder.record(this.#totals.addStep(this.#guard.step(step))),
        signal: this.#signal,
      },
      ports,
      definition.tool_call_limit,
      resumption?.point,
    );
    this.#ending = new RunEnding({
      ports,
      recorder,
      sessionState,
      startedAtMs: this.startedAtMs,
      hasPaused: resumption?.point.hasPaused ?? false,
      isContentCompleted: resumption?.point.next.kind === "complete" && resumption.point.isContentCompleted,
    });
    const world = { definition, ports, recorder, sessionState, totals: () => this.#totals };
    this.#guard = new RunGuard({ ...world, limits: this.#limits, signal: this.#signal });
  }

  /** Model calls and tool calls in turn, until the model calls no tool; returns the calls that wait for a person. */
  async turns(): Promise<readonly HeldCall[]> {
    const { history, clock, tools, resumption } = this.#ports;
    this.#signal.throwIfAborted();
    if (resumption !== undefined) this.#goOn(resumption.point);
    let repair = resumption?.point.repair ?? null;
    const isComplete = resumption?.point.next.kind === "complete";
    if (isComplete) {
      const last = resumption.point.turns.at(-1);
      repair = isStopped(last?.calls ?? []) ? null : this.#settle(last?.repair !== null);
      if (repair === null && this.#whole.output_model === undefined) return [];
    }
    const asked = await this.#guard.input(isComplete && repair === null);
    const input = { ...this.#ports.input, content: asked.first };
    const known = { sessionState: this.#sessionState.seen, subject: this.#ports.scope.subject };
    const definition = fillPlaceholders(this.#definition, known);
    const format = answerFormat(this.#definition, this.#ports.model);
    const prompt = buildPrompt(definition, input, history, clock.nowMs(), {
      sentSystem: resumption?.system ?? null,
      answerPrompt: format?.prompt,
      sessionState: this.#sessionState.current,
      sessionSummary: this.#ports.sessionSummary,
    });
    const before = resumption?.point.turns ?? [];
    const compressor = new ResultCompressor(this.#beside(), prompt.messages.length, before);
    const declarations = tools.map(declareTool);
    const { options, recorded } = modelParameters(this.#definition);
    const sent = await storePrompt(this.#ports.blobs, prompt, declarations, recorded);
    const functions = declarations.map((one) => one.function);
    if (resumption !== undefined) {
      const { messages, held, stops } = await earlierTurns(this.#tools, resumption, asked.added);
      if (held.length > 0) return held;
      prompt.messages.push(...messages);
      if (stops || (isComplete && repair === null)) return this.#retell(prompt.messages, functions);
    }
    const { step_limit: stepLimit = Number.POSITIVE_INFINITY, tool_call_limit: callLimit } = this.#definition;
    let steps = resumption?.point.turns.length ?? 0;
    for (;;) {
      steps += 1;
      if (steps > stepLimit) throw stepLimitError(stepLimit);
      if (repair !== null) prompt.messages.push(userMessage(repair, []));
      const toolsRefused = this.#tools.isOverLimit || repair !== null || steps === stepLimit;
      const offered = functions.length === 0 ? {} : { tools: functions };
      await compressor.compress(prompt.messages);
      const choice = toolsRefused && functions.length > 0 ? { toolChoice: { type: "none" as const } } : {};
      const { turn, read } = await this.#callModelAgain(
        (model) =>
          requestFor(model, this.#definition, prompt.messages, {
            ...options,
            ...offered,
            ...choice,
          }),
        sent,
        repair,
      );
      // A model that calls tools although it may not is not asked a third time.
      if (read.calls.length === 0 || repair !== null) {
        repair = this.#settle(repair !== null);
        prompt.messages.push(...saidInTurn(turn, []));
        if (repair === null) return this.#retell(prompt.messages, functions);
        continue;
      }
      if (toolsRefused) {
        if (!this.#tools.isOverLimit) throw stepLimitError(stepLimit);
        throw new ModelCallError(
          "model_output_limit_error",
          `The model kept calling tools after the limit of ${callLimit} calls in one run.`,
        );
      }
      const { held, messages, stops } = await this.#tools.make(read, turn);
      if (held.length > 0) return held;
      prompt.messages.push(...messages);
      if (stops) return this.#retell(prompt.messages, functions);
    }
  }

  /** The run has its answer, once that is let through. */
  async complete(): Promise<RunOutcome> {
    const plain: RunAnswer = { content: this.#totals.text, contentType: "str" };
    const parsed = this.#made.parsed ?? (await parseAnswer(this.#beside(), this.#answer ?? plain));
    const answer = await this.#guard.output(parsed);
    if (!this.#definition.followups) return this.#ending.complete(this.#totals, answer);
    const suggest = () => suggestFollowups(this.#beside(), this.#guard, answer.content);
    return this.#ending.complete(this.#totals, answer, suggest);
  }

  /** The run waits for a person. */
  pause(held: readonly HeldCall[]): Promise<RunOutcome> {
    return this.#ending.pause(this.#totals, held);
  }

  /** The run was cancelled; what it has written is kept. */
  cancel(): Promise<RunOutcome> {
    this.#keepBrokenTurn();
    return this.#ending.cancel(this.#totals, this.#effects.left);
  }

  /** The run failed; what it has written is kept. */
  fail(cause: unknown): Promise<RunOutcome> {
    this.#keepBrokenTurn();
    return this.#ending.fail(this.#totals, cause, this.#effects.left);
  }

  /** The run stops where it stands. What was recorded so far, such as the result of a tool, must not be lost. */
  handOver(): Promise<RunOutcome> {
    return this.#ending.written({ status: "HANDED_OVER" });
  }

  #beside(): BesideRun {
    return {
      definition: this.#whole,
      ports: this.#ports,
      limits: this.#limits,
      recorder: this.#recorder,
      totals: this.#totals,
      mask: this.#guard.mask,
      signal: this.#signal,
    };
  }

  /** What an earlier driver has let other models make of the answer that the run ends with. */
  get #made(): MadeAnswer {
    const point = this.#ports.resumption?.point;
    return point?.next.kind === "complete" ? point.made : NOTHING_MADE;
  }

  /** Lets the output model write the answer, where there is one and it has not. */
  async #retell(
    messages: readonly LanguageModelV4Message[],
    tools: readonly LanguageModelV4FunctionTool[],
  ): Promise<readonly HeldCall[]> {
    if (this.#whole.output_model === undefined) return [];
    const draft = { ...this.#beside(), recorder: this.#recorder, conversation: messages, tools };
    this.#answer = await retellAnswer(draft, this.#made.retold);
    return [];
  }

  /** The run waits for money. A turn that it had begun, and that has brought nothing, does not count. */
  async pauseForMoney({ ask, caps }: BudgetShortError): Promise<RunOutcome> {
    await this.#recorder.committed();
    if (this.#turn !== null && this.#turn.model !== null) {
      const discarded_from_index = this.#recorder.turnStartIndex;
      this.#recorder.record({ type: "RunRecovered", discarded_from_index });
    }
    return this.pause([holdBudget(ask, caps, this.#ports)]);
  }

  /** Keeps the run's answer, or returns what the model is to be told of it. */
  #settle(isRepaired: boolean): string | null {
    const settled = settleAnswer(this.#definition.output_schema, this.#totals.text, isRepaired);
    if (settled.repair === null) this.#answer = settled.answer;
    return settled.repair;
  }

  #keepBrokenTurn(): void {
    if (this.#turn !== null) this.#totals.add(this.#turn);
    this.#turn = null;
  }

  /** A model call, made again after a fault that may pass as often as the agent wants. */
  async #callModelAgain(
    options: ModelCall["options"],
    sent: JsonObject,
    repair: string | null,
  ): Promise<{ turn: ModelTurn; read: ReadTurn }> {
    for (;;) {
      try {
        return await this.#callModel(options, sent, repair);
      } catch (error) {
        const delayMs = this.#signal.aborted ? null : retryDelayMs(this.#definition, this.#retries, error);
        if (delayMs === null || !(error instanceof ModelCallError)) throw error;
        this.#retries += 1;
        await this.#recorder.committed();
        this.#signal.throwIfAborted();
        this.#recorder.record({
          type: "RunRecovered",
          discarded_from_index: this.#recorder.turnStartIndex,
          retry_of: error.message,
        });
        this.#turn = null;
        await pauseFor(this.#ports.clock, delayMs, this.#signal);
      }
    }
  }

  /** One model call. Until it has come to its end, what it writes is the run's broken turn. */
  async #callModel(
    options: ModelCall["options"],
    sent: JsonObject,
    repair: string | null,
  ): Promise<{ turn: ModelTurn; read: ReadTurn }> {
    const turn = newModelTurn();
    let read: ReadTurn = { calls: [], held: [], waiting: [] };
    this.#turn = turn;
    await callModel(
      {
        ports: this.#ports,
        limits: this.#limits,
        recorder: this.#recorder,
        totals: this.#totals,
        options,
        fallbacks: this.#definition,
        sent,
        repair,
        signal: this.#signal,
        mask: this.#guard.mask,
        read: async (whole) => {
          read = await this.#tools.read(whole);
          return read.waiting;
        },
      },
      turn,
    );
    this.#turn = null;
    return { turn, read };
  }

  /** Says in the journal that another driver goes on after a break, and from where. */
  #goOn(point: ResumePoint): void {
    if (point.isBroken) {
      this.#recorder.record({ type: "RunRecovered", discarded_from_index: point.discardedFromIndex });
    }
    if (point.next.kind === "end") throw new NotDecidedError(point.next.why);
    this.#totals = new RunTotals(this.startedAtMs, point.totals);
  }

  /** Makes a tool's result a part of the answer. */
  #show(result: string): void {
    this.#recorder.openPart("text");
    void this.#recorder.write(this.#totals.show(this.#guard.mask?.(result) ?? result));
    this.#recorder.closePart();
  }
}
