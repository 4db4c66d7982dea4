import { expect, test } from "vitest";
import type { JournalEvent } from "./journal.ts";
import type { RunEventBody } from "./run-event.ts";
import { runTimeline } from "./run-timeline.ts";
import type { ToolExecution } from "./tool-execution.ts";

const START_MS = 1_000_000;

function journal(...entries: readonly [number, RunEventBody][]): JournalEvent[] {
  return entries.map(([offsetMs, body], index) => ({
    rootRunId: "r",
    runId: "r",
    index,
    lastIndex: index,
    schemaVersion: 1,
    createdAtMs: START_MS + offsetMs,
    body,
  }));
}

function tool(id: string, changes: Partial<ToolExecution> = {}): ToolExecution {
  return {
    tool_call_id: id,
    tool_name: "calculator",
    tool_args: { expression: "6*7" },
    tool_call_error: null,
    result: null,
    metrics: null,
    child_run_id: null,
    stop_after_tool_call: false,
    created_at: 0,
    requires_confirmation: null,
    confirmed: null,
    confirmation_note: null,
    requires_user_input: null,
    user_input_schema: null,
    user_feedback_schema: null,
    answered: null,
    external_execution_required: null,
    external_execution_silent: null,
    approval_type: null,
    approval_id: null,
    ...changes,
  };
}

const USAGE = {
  input_tokens: 10,
  output_tokens: 5,
  total_tokens: 15,
  reasoning_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
};
const completed: RunEventBody = {
  type: "RunCompleted",
  content: "It is 42.",
  content_type: "str",
  metrics: {},
  session_state: {},
};

test("steps stand in the order in which they began, with their durations", () => {
  const steps = runTimeline(
    journal(
      [0, { type: "RunStarted" }],
      [5, { type: "ModelRequestStarted", model: "m" }],
      [20, { type: "ReasoningStarted" }],
      [30, { type: "ReasoningContentDelta", reasoning_content: "hm" }],
      [40, { type: "ReasoningCompleted", content_type: "str" }],
      [105, { type: "ModelRequestCompleted", model: "m", ...USAGE }],
      [110, { type: "ToolCallStarted", tool: tool("a") }],
      [170, { type: "ToolCallCompleted", tool: tool("a", { result: "42" }), content: "42" }],
      [180, { type: "ModelRequestStarted", model: "m" }],
      [200, { type: "RunContent", content: "It is ", content_type: "str" }],
      [220, { type: "RunContent", content: "42.", content_type: "str" }],
      [230, { type: "RunContentCompleted" }],
      [231, { type: "ModelRequestCompleted", model: "m", ...USAGE }],
      [240, completed],
    ),
  );
  expect(steps.map((step) => [step.kind, step.offsetMs, step.durationMs])).toEqual([
    ["started", 0, null],
    ["model", 5, 100],
    ["reasoning", 20, 20],
    ["tool", 110, 60],
    ["model", 180, 51],
    ["answer", 200, 30],
    ["completed", 240, null],
  ]);
  expect(steps[5]).toMatchObject({ text: "It is 42.", index: 9 });
});

test("a thought stands with the call that brought it, and a draft is told from the answer", () => {
  const thought = { title: "North", reasoning: "Look for the sun.", action: null, result: null };
  const steps = runTimeline(
    journal(
      [0, { type: "RunStarted" }],
      [10, { type: "ToolCallStarted", tool: tool("a") }],
      [10, { type: "ToolCallStarted", tool: tool("b") }],
      [20, { type: "ToolCallCompleted", tool: tool("a", { result: "Noted." }), content: "a" }],
      [
        20,
        {
          type: "ReasoningStep",
          content: { ...thought, next_action: "continue", confidence: 1 },
          content_type: "ReasoningStep",
          reasoning_content: "",
        },
      ],
      [30, { type: "ToolCallCompleted", tool: tool("b", { result: "3" }), content: "b" }],
      [40, { type: "RunContent", content: "It's 3", content_type: "str", intermediate: true }],
      [50, { type: "OutputModelResponseStarted" }],
      [60, { type: "RunContent", content: "It is 3.", content_type: "str" }],
    ),
  );
  expect(steps.slice(1)).toMatchObject([
    { kind: "tool", thought: "North: Look for the sun." },
    { kind: "tool" },
    { kind: "answer", text: "It's 3", isDraft: true },
    { kind: "output" },
    { kind: "answer", text: "It is 3." },
  ]);
  expect(steps[2]).not.toHaveProperty("thought");
  expect(steps[5]).not.toHaveProperty("isDraft");
});

test("parallel tool calls keep apart, and an error stays with its call", () => {
  const steps = runTimeline(
    journal(
      [0, { type: "RunStarted" }],
      [10, { type: "ToolCallStarted", tool: tool("a") }],
      [10, { type: "ToolCallStarted", tool: tool("b") }],
      [30, { type: "ToolCallError", tool: tool("b", { tool_call_error: true }), error: "No such file" }],
      [
        30,
        { type: "ToolCallCompleted", tool: tool("b", { tool_call_error: true }), content: "No such file" },
      ],
      [50, { type: "ToolCallCompleted", tool: tool("a", { metrics: { duration: 0.025 } }), content: "42" }],
    ),
  );
  expect(steps.slice(1).map((step) => [step.durationMs, step.kind === "tool" ? step.error : ""])).toEqual([
    [25, null],
    [20, "No such file"],
  ]);
});

test("a cancelled run ends once, as cancelled, with nothing left open", () => {
  const steps = runTimeline(
    journal(
      [0, { type: "RunStarted" }],
      [10, { type: "ModelRequestStarted" }],
      [20, { type: "RunContent", content: "It", content_type: "str" }],
      [40, { type: "RunCancelled", reason: "Cancelled by the user" }],
      [41, completed],
    ),
  );
  expect(steps.map((step) => step.kind)).toEqual(["started", "model", "answer", "cancelled"]);
  expect(steps.every((step) => !step.open)).toBe(true);
});

test("a recovered run shows what it gave up, how much that was, and what it did anew", () => {
  const steps = runTimeline(
    journal(
      [0, { type: "RunStarted" }],
      [10, { type: "ModelRequestStarted" }],
      [20, { type: "RunContent", content: "It i", content_type: "str" }],
      [900, { type: "RunRecovered", discarded_from_index: 1 }],
      [910, { type: "ModelRequestStarted" }],
      [920, { type: "RunContent", content: "It is 42.", content_type: "str" }],
      [930, { type: "ModelRequestCompleted", ...USAGE }],
      [931, completed],
    ),
  );
  expect(steps.map(({ kind, givenUp, open }) => [kind, givenUp, open])).toEqual([
    ["started", false, false],
    ["model", true, false],
    ["answer", true, false],
    ["recovered", false, false],
    ["model", false, false],
    ["answer", false, false],
    ["completed", false, false],
  ]);
  expect(steps[3]).toMatchObject({ characters: 4, steps: 1, index: 3 });
});

test("a tool that was begun before the restart ends after it, as one step", () => {
  const steps = runTimeline(
    journal(
      [0, { type: "RunStarted" }],
      [10, { type: "ToolCallStarted", tool: tool("a") }],
      [900, { type: "RunRecovered", discarded_from_index: 2 }],
      [950, { type: "ToolCallCompleted", tool: tool("a", { metrics: { duration: 0.01 } }), content: "" }],
    ),
  );
  expect(steps.map((step) => [step.kind, step.durationMs])).toEqual([
    ["started", null],
    ["tool", 10],
    ["recovered", null],
  ]);
  expect(steps[2]).toMatchObject({ characters: 0, steps: 0 });
});

test("a run under way has its last steps open", () => {
  const steps = runTimeline(journal([0, { type: "RunStarted" }], [10, { type: "ModelRequestStarted" }]));
  expect(steps.at(-1)).toMatchObject({ kind: "model", open: true, durationMs: null });
});

test("an empty journal has no steps", () => {
  expect(runTimeline([])).toEqual([]);
});

test("what helpers did are steps of their own, with what they used", () => {
  const call = {
    role: "followup_model" as const,
    model: "m",
    model_provider: "p",
    cost_micro_usd: null,
    ...USAGE,
  };
  const steps = runTimeline(
    journal(
      [0, { type: "RunStarted" }],
      [10, { type: "CompressionStarted" }],
      [
        40,
        {
          type: "CompressionCompleted",
          tool_results_compressed: 1,
          original_size: 300,
          compressed_size: 30,
          results: [{ tool_call_id: "c1", content: "short" }],
          calls: [call],
        },
      ],
      [50, { type: "FollowupsStarted" }],
    ),
  );
  expect(steps).toMatchObject([
    { kind: "started" },
    { kind: "compression", offsetMs: 10, durationMs: 30, open: false, usage: { tool_results_compressed: 1 } },
    { kind: "followups", offsetMs: 50, durationMs: null, open: true, usage: null },
  ]);
});

test("a call that hooks have prepared tells what the model wrote, and what a hook around it made of that", () => {
  const args = { expression: "6*7", digits: 2 };
  const prepared = tool("c1", { tool_args: args });
  const started: RunEventBody = {
    type: "ToolCallStarted",
    tool: prepared,
    asked_args: { expression: "6*7" },
  };
  const completed: RunEventBody = {
    type: "ToolCallCompleted",
    tool: { ...prepared, result: "42" },
    content: "",
    changed_args: { expression: "6*8" },
  };
  const [, step] = runTimeline(journal([0, { type: "RunStarted" }], [1, started], [2, completed]));
  expect(step).toMatchObject({
    kind: "tool",
    tool: { tool_args: args, result: "42" },
    askedArgs: { expression: "6*7" },
    changedArgs: { expression: "6*8" },
  });
});
