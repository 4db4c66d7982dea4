import { expect, it } from "vitest";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { toolSummary } from "./tool-summary.ts";

function call(tool_args: ToolExecution["tool_args"], result: string | null): ToolExecution {
  return {
    tool_call_id: "c1",
    tool_name: "calculator",
    tool_args,
    tool_call_error: null,
    result,
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
  };
}

it.each<[string, ToolExecution, "running" | "done" | "failed", string]>([
  ["what was asked while it runs", call({ expression: "1+1" }, null), "running", "1+1"],
  [
    "a result without the argument that it repeats",
    call({ expression: "1+1" }, '{"expression":"1+1","result":"2"}'),
    "done",
    "1+1 → 2",
  ],
  [
    "several results by their names",
    call({ city: "Oslo" }, '{"date":"3 May","time":"12:00"}'),
    "done",
    "Oslo → date 3 May, time 12:00",
  ],
  ["how many entries a list has", call({}, '{"notes":[1,2,3]}'), "done", "3 entries"],
  ["plain text in one line", call({ url: "u" }, "First\n\nsecond"), "done", "u → First second"],
  [
    "the error of a failed call alone",
    call({ expression: "1/" }, "Value expected"),
    "failed",
    "Value expected",
  ],
  ["nothing for a call without arguments and result", call({}, null), "running", ""],
])("a tool row says %s", (_promise, tool, state, line) => {
  expect(toolSummary(tool, state)).toBe(line);
});

it("a tool row stays one line however much came back", () => {
  expect(toolSummary(call({ text: "x".repeat(500) }, "y".repeat(5_000)), "done").length).toBeLessThan(240);
});
