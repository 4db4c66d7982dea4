import { expect, it } from "vitest";
import { approvalResolution } from "./approval-resolution.ts";
import { postedTool } from "./posted-tool.ts";
import { postedToolsSchema } from "./posted-tools.ts";
import type { ToolExecution } from "./tool-execution.ts";

const asked = {
  tool_call_id: "c1",
  tool_name: "note",
  user_input_schema: [{ name: "city", field_type: "str", description: null, value: null }],
  user_feedback_schema: [
    { question: "Which?", header: null, multi_select: false, options: [], selected_options: null },
  ],
} as unknown as ToolExecution;

it("posts what a person has decided as the server reads it", () => {
  const [approved, rejected, filled, chosen, given] = postedToolsSchema.parse([
    postedTool("req_1", asked, { kind: "approve", args: { text: "mine" } }),
    postedTool("req_1", asked, { kind: "reject", note: "too early" }),
    postedTool("req_1", asked, { kind: "values", values: { city: "Oslo" } }),
    postedTool("req_1", asked, { kind: "choices", choices: { "Which?": ["this"] } }),
    postedTool("req_1", asked, { kind: "result", result: { ok: true } }),
  ]);
  expect(approved).toMatchObject({
    toolCallId: "c1",
    requirementId: "req_1",
    confirmed: true,
    args: { text: "mine" },
  });
  expect(rejected).toMatchObject({ confirmed: false, note: "too early" });
  expect(filled?.values?.get("city")).toBe("Oslo");
  expect(chosen?.choices?.get("Which?")).toEqual(["this"]);
  expect(given?.result).toBe('{"ok":true}');
});

it("resolves an approval with the same", () => {
  expect(approvalResolution({ kind: "approve", args: null })).toEqual({ status: "approved" });
  expect(approvalResolution({ kind: "reject", note: "no" })).toEqual({
    status: "rejected",
    resolution_data: { note: "no" },
  });
  expect(approvalResolution({ kind: "values", values: { a: 1 } }).resolution_data).toEqual({
    values: { a: 1 },
  });
});
