import { checkPhaseOf } from "./check-error-type.ts";
import type { CheckPhase } from "./guardrail.ts";
import { type JsonObject, jsonObjectSchema } from "./json.ts";
import type { RequirementKind, RunRequirement } from "./requirement.ts";
import type { WireMedia } from "./message.ts";
import { reasoningStepSchema } from "./reasoning-step.ts";
import type { RunMetrics } from "./run-metrics.ts";
import type { ToolExecution } from "./tool-execution.ts";
import { waitsFor } from "./waits-for.ts";

/** A frame of the wire as a reader gets it: the fields of its event beside the ones every frame repeats. */
export interface ReceivedFrame {
  event: string;
  event_index?: number;
  run_id?: string;
  session_id?: string;
  created_at?: number;
  [field: string]: unknown;
}

/** One piece of an answer, in the order in which it came. `firstIndex` is the frame that opened it. */
export type RunPart =
  | { kind: "text"; firstIndex: number; text: string; open: boolean }
  | { kind: "reasoning"; firstIndex: number; text: string; open: boolean }
  | { kind: "tool"; firstIndex: number; tool: ToolExecution; state: ToolState; media?: readonly WireMedia[] }
  /** Here the run went on; what came after this place was written anew. */
  | { kind: "recovered"; firstIndex: number; after: RecoveredAfter }
  /** What a person has added to the question. */
  | { kind: "question"; firstIndex: number; text: string };

/** Why a run goes on in the middle: a restart of the server, a fault that may pass, or somebody who wants it to. */
export type RecoveredAfter = "restart" | "fault" | "request";

/**
 * How far a tool call is: `waiting` for a person, `decided` by one and about to be made, `running`, or over: `refused`
 * by a person, `failed`, `done`.
 */
export type ToolState = "waiting" | "decided" | "running" | "refused" | "failed" | "done";

/** Where a run stands, for a reader of its frames. */
export type RunViewStatus = "running" | "paused" | "completed" | "cancelled" | "failed";

/** What a screen shows of a run: a fold of its frames. */
export interface RunView {
  runId: string | null;
  sessionId: string | null;
  status: RunViewStatus;
  parts: readonly RunPart[];
  /** Index of the last frame folded in; the cursor of a resume. -1 before the first. */
  lastIndex: number;
  model: string | null;
  metrics: RunMetrics | null;
  error: string | null;
  /** Of a run that a check has stopped: what was checked, and why it was not let through, in the wire's words. */
  blocked: { phase: CheckPhase; trigger: string } | null;
  /** The question as it was kept, when something in it was masked; null: as it was asked. */
  keptQuestion: string | null;
  /** People were asked about something in it. */
  hasAsked: boolean;
  /** What the run waits for now. */
  requirements: readonly OpenRequirement[];
  /** The answer, when it is one JSON object that fits a schema; the last text is what it was written as. */
  structured: JsonObject | null;
  /** Questions that the reader may want to ask next. */
  followups: readonly string[];
  /** The answer is complete, and a model thinks of what may be asked next. */
  suggesting: boolean;
}

/** Something that the run waits for, with what is asked of a person. */
export interface OpenRequirement extends Omit<RunRequirement, "kind"> {
  kind: RequirementKind;
}

/** A run of which nothing has been heard yet. */
export const EMPTY_RUN_VIEW: RunView = {
  runId: null,
  sessionId: null,
  status: "running",
  parts: [],
  lastIndex: -1,
  model: null,
  metrics: null,
  error: null,
  blocked: null,
  keptQuestion: null,
  hasAsked: false,
  requirements: [],
  structured: null,
  followups: [],
  suggesting: false,
};

/**
 * Folds one frame into the view. Pure; frames already seen are ignored, so replays and reconnects are harmless,
 * and frames with an unknown name only move the cursor.
 */
export function foldFrame(view: RunView, frame: ReceivedFrame): RunView {
  const index = frame.event_index;
  if (typeof index !== "number" || index <= view.lastIndex) return view;
  const next: RunView = { ...view, lastIndex: index };
  switch (frame.event) {
    case "RunStarted":
      return {
        ...next,
        runId: text(frame.run_id),
        sessionId: text(frame.session_id),
        model: text(frame.model),
      };
    case "RunRecovered":
      return {
        ...next,
        status: "running",
        error: null,
        blocked: null,
        structured: null,
        followups: [],
        suggesting: false,
        parts: goneOn(view, frame),
      };
    case "RunContent":
    case "RunIntermediateContent":
      return { ...next, parts: appendText(closeReasoning(view.parts), "text", index, frame.content) };
    case "ReasoningStarted":
      return {
        ...next,
        parts: [...view.parts, { kind: "reasoning", firstIndex: index, text: "", open: true }],
      };
    case "ReasoningContentDelta":
      return { ...next, parts: appendText(view.parts, "reasoning", index, frame.reasoning_content) };
    case "ReasoningCompleted":
      return { ...next, parts: closeReasoning(view.parts) };
    case "ModelRequestCompleted":
    case "RunContentCompleted":
      return { ...next, parts: closeAll(view.parts) };
    case "ReasoningStep":
      return { ...next, parts: withStep(view.parts, frame) };
    case "OutputModelResponseStarted":
      return { ...next, parts: asDraft(view.parts) };
    case "ToolCallStarted":
      return {
        ...next,
        parts: withTool(closeAll(view.parts), index, frame.tool as ToolExecution, "running"),
      };
    case "ToolCallCompleted": {
      const tool = frame.tool as ToolExecution;
      const parts = withTool(view.parts, index, tool, tool.tool_call_error ? "failed" : "done");
      return { ...next, parts: withMedia(parts, tool.tool_call_id, mediaOf(frame)) };
    }
    case "PreHookStarted":
    case "PreHookCompleted":
      // What was added to the question is a part of its own.
      return frame.pre_hook_name === "pii" && !view.parts.some(({ kind }) => kind === "question")
        ? { ...next, keptQuestion: inputOf(frame.run_input) ?? view.keptQuestion }
        : next;
    case "PostHookCompleted":
      return { ...next, parts: withAnswer(view.parts, index, text(frame.content)) };
    case "RunCancelled":
      return { ...next, status: "cancelled", parts: closeAll(view.parts), requirements: [] };
    case "RunPaused": {
      const tools = (frame.tools as ToolExecution[] | undefined) ?? [];
      return {
        ...next,
        status: "paused",
        hasAsked: true,
        parts: tools.reduce((parts, tool) => withTool(parts, index, tool, "waiting"), closeAll(view.parts)),
        requirements: openRequirements(frame.requirements),
      };
    }
    case "RunContinued": {
      const tools = (frame.tools as ToolExecution[] | undefined) ?? [];
      const added = text(frame.input) ?? "";
      const answered = tools.reduce(
        (parts, tool) => withTool(parts, index, tool, stateAfter(tool)),
        view.parts,
      );
      return {
        ...next,
        // A copy of another run begins where it was cut; it is told by its own frames which run it is.
        runId: text(frame.run_id) ?? view.runId,
        sessionId: text(frame.session_id) ?? view.sessionId,
        status: "running",
        error: null,
        blocked: null,
        structured: null,
        followups: [],
        suggesting: false,
        parts:
          added === ""
            ? answered
            : [...closeAll(answered), { kind: "question", firstIndex: index, text: added }],
        requirements: [],
      };
    }
    case "FollowupsStarted":
      return { ...next, suggesting: true };
    case "FollowupsCompleted":
      return { ...next, followups: texts(frame.followups), suggesting: false };
    case "RunCompleted":
      return completed(next, frame);
    case "RunError":
      return {
        ...next,
        status: "failed",
        error: text(frame.content) ?? "The run failed.",
        blocked: blockedBy(frame),
        parts: closeAll(view.parts),
        requirements: [],
      };
    default:
      return next;
  }
}

function openRequirements(listed: unknown): OpenRequirement[] {
  return ((listed as RunRequirement[] | undefined) ?? []).flatMap((requirement) => {
    const kind = requirement.kind ?? waitsFor(requirement.tool_execution);
    return kind === null ? [] : [{ ...requirement, kind }];
  });
}

/** How far a call is once people have decided about it. */
function stateAfter(tool: ToolExecution): ToolState {
  if (tool.confirmed === false) return "refused";
  return tool.result === null ? "decided" : "done";
}

function completed(view: RunView, frame: ReceivedFrame): RunView {
  const parts = closeAll(view.parts);
  const content =
    typeof frame.content === "object" ? JSON.stringify(frame.content) : (text(frame.content) ?? "");
  const hasText = parts.some((part) => part.kind === "text" && part.text !== "");
  return {
    ...view,
    status: view.status === "cancelled" ? "cancelled" : "completed",
    structured: jsonObjectSchema.safeParse(frame.content).data ?? null,
    metrics: (frame.metrics as RunMetrics | undefined) ?? null,
    followups: frame.followups === undefined ? view.followups : texts(frame.followups),
    suggesting: false,
    // The final frame repeats the whole text; it speaks for a reader who has none of the pieces.
    parts:
      hasText || content === ""
        ? parts
        : [...parts, { kind: "text", firstIndex: view.lastIndex, text: content, open: false }],
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function blockedBy(frame: ReceivedFrame): RunView["blocked"] {
  const phase = checkPhaseOf(text(frame.error_type));
  return phase === null ? null : { phase, trigger: text(frame.error_id) ?? "" };
}

function inputOf(runInput: unknown): string | null {
  if (typeof runInput !== "object" || runInput === null || !("input_content" in runInput)) return null;
  return text(runInput.input_content);
}

/** The parts after a hook has put other words in the answer's place; null: it has not. */
function withAnswer(parts: readonly RunPart[], index: number, answer: string | null): readonly RunPart[] {
  if (answer === null) return parts;
  const closed = closeAll(parts);
  const at = closed.findLastIndex((part) => part.kind === "text");
  const before = closed[at];
  const part: RunPart = {
    kind: "text",
    firstIndex: before?.firstIndex ?? index,
    text: answer,
    open: false,
  };
  return at === -1 ? [...closed, part] : closed.with(at, part);
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The parts that stand, with a mark behind them; one mark for several of a kind in the same place. */
function goneOn({ parts, status, lastIndex }: RunView, frame: ReceivedFrame): readonly RunPart[] {
  const { discarded_from_index: from, event_index: firstIndex = lastIndex + 1 } = frame;
  const kept = typeof from === "number" ? parts.filter((part) => part.firstIndex < from) : parts;
  // A run that has failed goes on when somebody asks for it.
  const again = status === "failed" ? "request" : "restart";
  const after = text(frame.retry_of) === null ? again : "fault";
  const last = kept.at(-1);
  if (last?.kind === "recovered" && last.after === after) return kept;
  return [...closeAll(kept), { kind: "recovered", firstIndex, after }];
}

function appendText(
  parts: readonly RunPart[],
  kind: "text" | "reasoning",
  index: number,
  piece: unknown,
): readonly RunPart[] {
  const added = text(piece) ?? "";
  const last = parts.at(-1);
  if (last !== undefined && last.kind === kind && last.open) {
    return [...parts.slice(0, -1), { ...last, text: last.text + added }];
  }
  return [...parts, { kind, firstIndex: index, text: added, open: true }];
}

function closeReasoning(parts: readonly RunPart[]): readonly RunPart[] {
  return parts.map((part) => (part.kind === "reasoning" && part.open ? { ...part, open: false } : part));
}

function closeAll(parts: readonly RunPart[]): readonly RunPart[] {
  return parts.map((part) =>
    (part.kind === "text" || part.kind === "reasoning") && part.open ? { ...part, open: false } : part,
  );
}

/** A call that was only a thought is shown as one. */
function withStep(parts: readonly RunPart[], { content, reasoning_content: words }: ReceivedFrame) {
  const { title } = reasoningStepSchema.safeParse(content).data ?? {};
  const at = parts.findLastIndex(
    (part) => part.kind === "tool" && part.state === "done" && part.tool.tool_args["title"] === title,
  );
  const call = parts[at];
  if (call === undefined) return parts;
  const thought: RunPart = {
    kind: "reasoning",
    firstIndex: call.firstIndex,
    text: text(words) ?? "",
    open: false,
  };
  return parts.with(at, thought);
}

/** What the agent's own model has said last is no answer once another begins to write it. */
function asDraft(parts: readonly RunPart[]): readonly RunPart[] {
  const closed = closeAll(parts);
  const last = closed.at(-1);
  if (last?.kind !== "text") return closed;
  return [...closed.slice(0, -1), { ...last, kind: "reasoning" }];
}

function withTool(
  parts: readonly RunPart[],
  index: number,
  tool: ToolExecution,
  state: ToolState,
): readonly RunPart[] {
  const known = parts.some((part) => part.kind === "tool" && part.tool.tool_call_id === tool.tool_call_id);
  if (!known) return [...parts, { kind: "tool", firstIndex: index, tool, state }];
  return parts.map((part) =>
    part.kind === "tool" && part.tool.tool_call_id === tool.tool_call_id ? { ...part, tool, state } : part,
  );
}

function withMedia(
  parts: readonly RunPart[],
  callId: string,
  media: readonly WireMedia[],
): readonly RunPart[] {
  if (media.length === 0) return parts;
  return parts.map((part) =>
    part.kind === "tool" && part.tool.tool_call_id === callId ? { ...part, media } : part,
  );
}

function mediaOf({ images, videos, audio, files }: ReceivedFrame): readonly WireMedia[] {
  return [images, videos, audio, files].flatMap((list) => (Array.isArray(list) ? (list as WireMedia[]) : []));
}
