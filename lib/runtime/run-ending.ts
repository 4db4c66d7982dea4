import type { EffectEnd } from "../core/effect.ts";
import { LeaseLostError, type RunPatch } from "../core/journal.ts";
import { pausedContent } from "../core/paused-content.ts";
import { type NewRequirement, runRequirement } from "../core/requirement.ts";
import type { RunStatus } from "../core/run-status.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import { describeToolCall } from "./describe-tool-call.ts";
import type { EffectsLeft } from "./effects-at-work.ts";
import { explainFailure, type RunOutcome } from "./end-of-run.ts";
import type { HeldCall } from "./hold-call.ts";
import type { RunPorts } from "./ports.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { RunTotals } from "./run-totals.ts";
import type { RunAnswer } from "./settle-answer.ts";
import type { SessionState } from "./session-state.ts";

/** What the end of a run is written with. */
export interface RunEndingPorts {
  ports: Pick<RunPorts, "run" | "clock" | "newId" | "eventsAtStop">;
  recorder: RunRecorder;
  sessionState: SessionState;
  /** On the monotonic clock. */
  startedAtMs: number;
  /** True when the run has waited for people before: what is still open ends with it. */
  hasPaused: boolean;
  /** True when a reader knows already that the answer is complete. */
  isContentCompleted?: boolean;
}

/**
 * Writes the end of a run, however it comes, in one append with its row's columns, the session's state and what the
 * durable engine is to hear of it; a pause likewise, with what the run waits for. `totals` is what the run has used
 * and written.
 */
export class RunEnding {
  readonly #ports: RunEndingPorts["ports"];
  readonly #recorder: RunRecorder;
  readonly #sessionState: SessionState;
  readonly #startedAtMs: number;
  readonly #hasPaused: boolean;
  readonly #isContentCompleted: boolean;

  constructor({ ports, recorder, sessionState, startedAtMs, ...before }: RunEndingPorts) {
    this.#hasPaused = before.hasPaused;
    this.#isContentCompleted = before.isContentCompleted === true;
    this.#ports = ports;
    this.#recorder = recorder;
    this.#sessionState = sessionState;
    this.#startedAtMs = startedAtMs;
  }

  /**
   * The run has its answer. `suggest` is asked for what may be asked next once a reader has all of the answer; it rejects
   * only when the run is to stop.
   */
  async complete(
    totals: RunTotals,
    answer: RunAnswer,
    suggest: (() => Promise<readonly string[] | null>) | null = null,
  ): Promise<RunOutcome> {
    if (!this.#isContentCompleted) {
      this.#recorder.record({ type: "RunContentCompleted" }, { moreFollows: suggest === null });
    }
    const followups = suggest === null ? null : await suggest();
    this.#recordCompleted(totals, "COMPLETED", answer, followups);
    return this.written({ status: "COMPLETED", content: answer.content });
  }

  /** The run waits for people to decide about these calls. */
  pause(totals: RunTotals, held: readonly HeldCall[]): Promise<RunOutcome> {
    const { run, clock, newId } = this.#ports;
    const createdAtMs = clock.nowMs();
    const requirements = held.map((call): NewRequirement => {
      const id = newId();
      // The wire calls a requirement that takes an approval by the approval's id, which is the same. What became of a
      // call is asked once for every time that it is lost: the answer says to which question it belongs.
      const isNamed = call.approvalType !== null || call.kind === "effect_unknown";
      const asked = isNamed ? { ...call.asked, approval_id: id } : call.asked;
      return { ...call, id, runId: run.runId, asked, createdAtMs };
    });
    const tools = requirements.map(({ asked }) => asked);
    this.#recorder.record({ type: "RunContentCompleted" }, { moreFollows: true });
    this.#recorder.record(
      {
        type: "RunPaused",
        content: pausedContent(requirements),
        tools,
        requirements: requirements.map(runRequirement),
      },
      {
        patch: this.#patch(totals, "PAUSED"),
        requirements,
        outbox: this.#ports.eventsAtStop?.("PAUSED"),
        effectEnds: held.flatMap(({ attempt, asked }) =>
          attempt === null ? [] : [this.#effectEnd(asked.tool_call_id, attempt, "unknown")],
        ),
      },
    );
    return this.written({ status: "PAUSED" });
  }

  /** The run was cancelled; what it has written is kept. */
  cancel(totals: RunTotals, left: EffectsLeft): Promise<RunOutcome> {
    this.#recordLeft(left, "was cancelled");
    const content = totals.text;
    const reason = `Run ${this.#ports.run.runId} was cancelled`;
    this.#recorder.record(
      { type: "RunCancelled", reason, ...(content === "" ? {} : { content }) },
      { moreFollows: true, effectEnds: this.#released(left) },
    );
    this.#recordCompleted(totals, "CANCELLED", { content, contentType: "str" });
    return this.written({ status: "CANCELLED", content });
  }

  /** The run failed; what it has written is kept. */
  fail(totals: RunTotals, cause: unknown, left: EffectsLeft): Promise<RunOutcome> {
    this.#recordLeft(left, "failed");
    const error = explainFailure(cause, this.#ports.newId());
    this.#recorder.record(
      {
        type: "RunError",
        content: error.sentence,
        error_type: error.type,
        error_id: error.id,
        ...(error.data === undefined ? {} : { additional_data: error.data }),
      },
      {
        patch: { ...this.#endPatch(totals, "ERROR"), errorType: error.type, errorMessage: error.sentence },
        outbox: this.#ports.eventsAtStop?.("ERROR"),
        cancelRequirements: this.#hasPaused,
        effectEnds: this.#released(left),
      },
    );
    return this.written({ status: "ERROR", content: totals.text, error });
  }

  /** Resolves with the outcome once everything is committed. Rejects when the journal fails. */
  async written(outcome: RunOutcome): Promise<RunOutcome> {
    await this.#recorder.committed();
    const { failure } = this.#recorder;
    if (failure === null) return outcome;
    if (LeaseLostError.isInstance(failure.error)) return { status: "LEASE_LOST" };
    throw failure.error;
  }

  /** A run that ends waits for nobody any more: its journal says, and the ledger, that nobody knows. */
  #recordLeft({ atWork }: EffectsLeft, how: string): void {
    for (const { execution, attempt } of atWork) {
      const { tool_call_id: id, tool_name: name, tool_args: args } = execution;
      const error = `The run ${how} while the tool ${name} was at work: it is not known whether it took effect.`;
      const tool: ToolExecution = { ...execution, tool_call_error: true, result: error };
      const content = describeToolCall(name, args, 0);
      const effectEnds = [this.#effectEnd(id, attempt, "unknown")];
      this.#recorder.record({ type: "ToolCallCompleted", tool, content }, { effectEnds, moreFollows: true });
      this.#recorder.record({ type: "ToolCallError", tool, error }, { moreFollows: true });
    }
  }

  #released({ unbegun }: EffectsLeft): EffectEnd[] {
    return unbegun.map(({ execution, attempt }) =>
      this.#effectEnd(execution.tool_call_id, attempt, "released"),
    );
  }

  #effectEnd(toolCallId: string, attempt: number, status: EffectEnd["status"]): EffectEnd {
    return { runId: this.#ports.run.runId, toolCallId, attempt, status };
  }

  #recordCompleted(
    totals: RunTotals,
    status: "COMPLETED" | "CANCELLED",
    answer: RunAnswer,
    followups: readonly string[] | null = null,
  ): void {
    const { clock } = this.#ports;
    const { reasoning, steps } = totals;
    this.#recorder.record(
      {
        type: "RunCompleted",
        content: answer.content,
        content_type: answer.contentType,
        ...(answer.warning === undefined ? {} : { warning: answer.warning }),
        ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
        ...(steps.length === 0 ? {} : { reasoning_steps: [...steps] }),
        metrics: totals.metrics(clock.monotonicMs()),
        session_state: this.#sessionState.current,
        ...(followups === null || followups.length === 0 ? {} : { followups: [...followups] }),
      },
      {
        patch: { ...this.#endPatch(totals, status), content: answer.content },
        outbox: this.#ports.eventsAtStop?.(status),
        cancelRequirements: this.#hasPaused,
      },
    );
  }

  #endPatch(totals: RunTotals, status: "COMPLETED" | "CANCELLED" | "ERROR"): RunPatch {
    return { ...this.#patch(totals, status), endedAtMs: this.#ports.clock.nowMs() };
  }

  #patch(totals: RunTotals, status: RunStatus): RunPatch {
    const changedState = this.#sessionState.takeChanged();
    if (changedState !== null) this.#recorder.saveSessionState(changedState);
    return {
      status,
      content: totals.text,
      reasoningContent: totals.reasoning,
      ...totals.tokenPatch(),
      durationMs: this.#ports.clock.monotonicMs() - this.#startedAtMs,
    };
  }
}
