import { checkPhaseOf } from "./check-error-type.ts";
import type { CheckPhase } from "./guardrail.ts";
import type { JournalEvent } from "./journal.ts";
import type { JsonObject } from "./json.ts";
import type { ReasoningStep } from "./reasoning-step.ts";
import type { RunEventBodyOf } from "./run-event.ts";
import type { SideCall } from "./side-call.ts";
import type { ToolExecution } from "./tool-execution.ts";

/** What one step of a run was. */
type StepDetail =
  | { kind: "started" }
  | { kind: "model"; model: string | null; usage: RunEventBodyOf<"ModelRequestCompleted"> | null }
  | { kind: "reasoning"; text: string }
  /** `isDraft`: another model writes the answer from it. */
  | { kind: "answer"; text: string; isDraft?: true }
  /**
   * `fromCache`: an earlier result has answered it; `askedArgs`: what the model wrote, where hooks have prepared other
   * arguments; `changedArgs`: what a hook around it has put in place of its arguments; `thought`: the step of reasoning
   * that it was made for.
   */
  | {
      kind: "tool";
      tool: ToolExecution;
      error: string | null;
      fromCache?: true;
      askedArgs?: JsonObject;
      changedArgs?: JsonObject;
      thought?: string;
    }
  /** The calls that people were asked about and, once they have all decided, what they left of them. */
  | { kind: "paused"; asked: ToolExecution[]; answers: ToolExecution[] | null }
  /** Results of tools were made shorter. `usage` is null while the step is under way. */
  | { kind: "compression"; usage: RunEventBodyOf<"CompressionCompleted"> | null }
  | { kind: "followups"; usage: RunEventBodyOf<"FollowupsCompleted"> | null }
  /** Another model has written the answer, or made JSON of it. `calls` is null while it is at it. */
  | { kind: "output" | "parser"; calls: readonly SideCall[] | null; warning: string | null }
  /** A hook or a guardrail; what of it is known while it is under way has no result. */
  | {
      kind: "check";
      name: string;
      isGuardrail: boolean;
      phase: CheckPhase;
      result: { found: Record<string, number>; isChanged: boolean; error: string | null } | null;
    }
  /** `characters`: what was written in vain; `steps`: how many steps were given up, without those that only wrote. */
  | { kind: "recovered"; characters: number; steps: number; retryOf?: string }
  /** `warning`: why the answer is text although it was to fit a schema. */
  | { kind: "completed"; characters: number; warning?: string }
  | { kind: "cancelled"; reason: string }
  /** `trigger`: of a run that a check has stopped, why. */
  | { kind: "failed"; message: string; errorType: string | null; trigger?: string };

/** One row of a run's timeline: a step with the place of its first event in the journal. */
export type TimelineStep = StepDetail & {
  index: number;
  /** Milliseconds since the run's first event. */
  offsetMs: number;
  /** Milliseconds; null for a moment, and for a step that is under way. */
  durationMs: number | null;
  /** True while the step is under way. */
  open: boolean;
  /** True when the run went on from before it after a restart: it no longer counts. */
  givenUp: boolean;
};

/**
 * Folds a run's journal into the steps that a person follows, in the order in which they began.
 * A step that a later event ends gets its duration from that event; what is still open when the run has ended ends
 * with it.
 */
export function runTimeline(events: readonly JournalEvent[]): TimelineStep[] {
  const startMs = events[0]?.createdAtMs ?? 0;
  const fold = new Fold(startMs);
  for (const event of events) fold.add(event);
  return fold.steps;
}

class Fold {
  readonly steps: TimelineStep[] = [];
  /** The call that ended last. */
  private endedCallId: string | null = null;
  private readonly startMs: number;
  private cancelled = false;

  constructor(startMs: number) {
    this.startMs = startMs;
  }

  add(event: JournalEvent): void {
    const { body } = event;
    switch (body.type) {
      case "RunStarted":
        this.moment(event, { kind: "started" });
        return;
      case "ModelRequestStarted":
        this.begin(event, { kind: "model", model: body.model ?? null, usage: null });
        return;
      case "ModelRequestCompleted":
        this.end(event, (step) => step.kind === "answer" || step.kind === "reasoning");
        this.end(event, (step) => step.kind === "model", { usage: body, model: body.model ?? null });
        return;
      case "ReasoningStarted":
        this.begin(event, { kind: "reasoning", text: "" });
        return;
      case "ReasoningContentDelta":
        this.write(event, { kind: "reasoning", text: body.reasoning_content });
        return;
      case "ReasoningCompleted":
        this.end(event, (step) => step.kind === "reasoning");
        return;
      case "RunContent":
        this.write(
          event,
          body.intermediate === true
            ? { kind: "answer", text: body.content, isDraft: true }
            : { kind: "answer", text: body.content },
        );
        return;
      case "RunContentCompleted":
        this.end(event, (step) => step.kind === "answer");
        return;
      case "ToolCallStarted":
        this.begin(event, {
          kind: "tool",
          tool: body.tool,
          error: null,
          ...(body.asked_args === undefined ? {} : { askedArgs: body.asked_args }),
        });
        return;
      case "ToolCallCompleted":
        this.endTool(event, body.tool, body.tool.tool_call_error === true ? body.content : null, {
          ...(body.from_cache === true ? { fromCache: true as const } : {}),
          ...(body.changed_args === undefined ? {} : { changedArgs: body.changed_args }),
        });
        return;
      case "ToolCallError":
        this.endTool(event, body.tool, body.error);
        return;
      case "CompressionStarted":
        this.begin(event, { kind: "compression", usage: null });
        return;
      case "CompressionCompleted":
        this.finish(event, "compression", { kind: "compression", usage: body });
        return;
      case "ReasoningStep":
        this.think(body.content);
        return;
      case "OutputModelResponseStarted":
        this.begin(event, { kind: "output", calls: null, warning: null });
        return;
      case "OutputModelResponseCompleted":
        this.end(event, (step) => step.kind === "answer");
        this.finish(event, "output", { kind: "output", calls: body.calls ?? [], warning: null });
        return;
      case "ParserModelResponseStarted":
        this.begin(event, { kind: "parser", calls: null, warning: null });
        return;
      case "ParserModelResponseCompleted":
        this.finish(event, "parser", {
          kind: "parser",
          calls: body.calls ?? [],
          warning: body.warning ?? null,
        });
        return;
      case "FollowupsStarted":
        this.begin(event, { kind: "followups", usage: null });
        return;
      case "FollowupsCompleted":
        this.finish(event, "followups", { kind: "followups", usage: body });
        return;
      case "PreHookStarted":
        this.beginCheck(event, body.pre_hook_name, body.kind, "input");
        return;
      case "PreHookCompleted":
        this.finishCheck(event, body.pre_hook_name, body.changed === true);
        return;
      case "PostHookStarted":
        this.beginCheck(event, body.post_hook_name, body.kind, "output");
        return;
      case "PostHookCompleted":
        this.finishCheck(event, body.post_hook_name, body.content !== undefined);
        return;
      case "RunPaused":
        // The rest of what is open is listed again with each answer.
        if (this.steps.some((step) => step.kind === "paused" && step.open)) return;
        this.begin(event, { kind: "paused", asked: body.tools, answers: null });
        return;
      case "RunContinued":
        this.endPause(event, body.tools);
        return;
      case "RunRecovered":
        this.end(event, () => true);
        this.moment(event, {
          kind: "recovered",
          ...this.giveUp(body.discarded_from_index),
          ...(body.retry_of === undefined ? {} : { retryOf: body.retry_of }),
        });
        return;
      case "RunCancelled":
        this.end(event, () => true);
        this.cancelled = true;
        this.moment(event, { kind: "cancelled", reason: body.reason });
        return;
      case "RunCompleted":
        this.end(event, () => true);
        if (this.cancelled) return;
        this.moment(event, {
          kind: "completed",
          characters: body.content.length,
          ...(body.warning === undefined ? {} : { warning: body.warning }),
        });
        return;
      case "RunError":
        this.end(event, () => true);
        this.moment(event, {
          kind: "failed",
          message: body.content,
          errorType: body.error_type ?? null,
          ...(checkPhaseOf(body.error_type) === null ? {} : { trigger: body.error_id ?? "" }),
        });
        return;
    }
  }

  private beginCheck(event: JournalEvent, name: string, kind: string, phase: CheckPhase): void {
    this.begin(event, { kind: "check", name, isGuardrail: kind === "guardrail", phase, result: null });
  }

  private finishCheck(event: JournalEvent, name: string, isChanged: boolean): void {
    const { body } = event;
    const at = this.steps.findLastIndex((step) => step.kind === "check" && step.open && step.name === name);
    const step = this.steps[at];
    if (step?.kind !== "check" || (body.type !== "PreHookCompleted" && body.type !== "PostHookCompleted"))
      return;
    const result = { found: body.found ?? {}, isChanged, error: body.error ?? null };
    this.steps[at] = { ...step, result, durationMs: this.offset(event) - step.offsetMs, open: false };
  }

  private moment(event: JournalEvent, detail: StepDetail): void {
    this.steps.push({
      ...detail,
      index: event.index,
      offsetMs: this.offset(event),
      durationMs: null,
      open: false,
      givenUp: false,
    });
  }

  private begin(event: JournalEvent, detail: StepDetail): void {
    this.steps.push({
      ...detail,
      index: event.index,
      offsetMs: this.offset(event),
      durationMs: null,
      open: true,
      givenUp: false,
    });
  }

  /** Marks the steps from an index on as given up, and says how much that was. */
  private giveUp(fromIndex: number): { characters: number; steps: number } {
    let characters = 0;
    let steps = 0;
    for (const [at, step] of this.steps.entries()) {
      if (step.index < fromIndex || step.givenUp || step.kind === "recovered") continue;
      this.steps[at] = { ...step, givenUp: true };
      if (step.kind === "answer" || step.kind === "reasoning") characters += step.text.length;
      else steps += 1;
    }
    return { characters, steps };
  }

  private write(
    event: JournalEvent,
    written: Extract<StepDetail, { kind: "answer" }> | Extract<StepDetail, { kind: "reasoning" }>,
  ): void {
    const { kind, text } = written;
    const isDraft = (step: StepDetail) => step.kind === "answer" && step.isDraft === true;
    const at = this.steps.findLastIndex(
      (step) => step.kind === kind && step.open && isDraft(step) === isDraft(written),
    );
    const step = this.steps[at];
    if (step === undefined) this.begin(event, written);
    else if (step.kind === kind) this.steps[at] = { ...step, text: step.text + text };
  }

  /** Says with the call that brought it what was thought: it has just ended. */
  private think({ title, reasoning }: ReasoningStep): void {
    const at = this.steps.findLastIndex(
      (step) => step.kind === "tool" && step.tool.tool_call_id === this.endedCallId,
    );
    const step = this.steps[at];
    if (step?.kind !== "tool") return;
    const thought = [title, reasoning].filter(Boolean).join(": ");
    this.steps[at] = { ...step, thought };
  }

  private end(
    event: JournalEvent,
    matches: (step: TimelineStep) => boolean,
    model?: Pick<Extract<StepDetail, { kind: "model" }>, "usage" | "model">,
  ): void {
    for (const [at, step] of this.steps.entries()) {
      if (!step.open || !matches(step)) continue;
      const durationMs = this.offset(event) - step.offsetMs;
      this.steps[at] =
        step.kind === "model" && model !== undefined
          ? { ...step, usage: model.usage, model: model.model ?? step.model, durationMs, open: false }
          : { ...step, durationMs, open: false };
    }
  }

  /** Ends the open step of a kind with what came of it. */
  private finish(event: JournalEvent, kind: StepDetail["kind"], detail: StepDetail): void {
    const at = this.steps.findLastIndex((step) => step.kind === kind && step.open);
    const step = this.steps[at];
    if (step === undefined) return;
    const { index, offsetMs, givenUp } = step;
    const durationMs = this.offset(event) - offsetMs;
    this.steps[at] = { ...detail, index, offsetMs, givenUp, durationMs, open: false };
  }

  private endPause(event: JournalEvent, answers: ToolExecution[]): void {
    const at = this.steps.findLastIndex((step) => step.kind === "paused" && step.open);
    const step = this.steps[at];
    if (step?.kind !== "paused") return;
    this.steps[at] = { ...step, answers, durationMs: this.offset(event) - step.offsetMs, open: false };
  }

  private endTool(
    event: JournalEvent,
    tool: ToolExecution,
    error: string | null,
    how: Pick<Extract<StepDetail, { kind: "tool" }>, "fromCache" | "changedArgs"> = {},
  ): void {
    this.endedCallId = tool.tool_call_id;
    const at = this.steps.findLastIndex(
      (step) => step.kind === "tool" && step.tool.tool_call_id === tool.tool_call_id,
    );
    const step = this.steps[at];
    const measuredMs = tool.metrics === null ? null : tool.metrics.duration * 1_000;
    if (step === undefined) {
      this.moment(event, { kind: "tool", tool, error, ...how });
    } else {
      const durationMs = measuredMs ?? this.offset(event) - step.offsetMs;
      this.steps[at] = {
        ...(step.kind === "tool" && step.fromCache === true ? { fromCache: true as const } : {}),
        ...(step.kind === "tool" && step.askedArgs !== undefined ? { askedArgs: step.askedArgs } : {}),
        ...(step.kind === "tool" && step.changedArgs !== undefined ? { changedArgs: step.changedArgs } : {}),
        ...how,
        kind: "tool",
        tool,
        // An error has its own event before the completing one; what it said stays.
        error: error ?? (step.kind === "tool" ? step.error : null),
        index: step.index,
        offsetMs: step.offsetMs,
        durationMs,
        open: false,
        givenUp: step.givenUp,
      };
    }
  }

  private offset(event: JournalEvent): number {
    return Math.max(0, event.createdAtMs - this.startMs);
  }
}
