import { describe, expect, it } from "vitest";
import type { JournalEvent, RunIdentity } from "./journal.ts";
import type { RunEventBody } from "./run-event.ts";
import { encodeFrame, toFrame } from "./run-frame.ts";
import type { ToolExecution } from "./tool-execution.ts";

const run: RunIdentity = {
  organizationId: "org_1",
  runId: "744d70ae",
  rootRunId: "744d70ae",
  parentRunId: null,
  sessionId: "s1",
  componentType: "agent",
  componentId: "plain",
  componentName: "Plain",
  nestedDepth: 0,
};

const base = '"agent_id":"plain","agent_name":"Plain","run_id":"744d70ae","session_id":"s1","nested_depth":0';

function frameText(body: RunEventBody, identity = run, lastIndex = 7): string {
  const event: JournalEvent = {
    rootRunId: identity.rootRunId,
    runId: identity.runId,
    index: 7,
    lastIndex,
    schemaVersion: 1,
    createdAtMs: 1_795_446_471_999,
    body,
  };
  return encodeFrame(toFrame(event, identity));
}

const tool: ToolExecution = {
  tool_name: "add",
  tool_call_id: "call_1",
  tool_args: { b: 2, a: 1 },
  tool_call_error: null,
  result: null,
  metrics: null,
  child_run_id: null,
  stop_after_tool_call: false,
  created_at: 1_795_446_471,
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

describe("a frame of an agent's run", () => {
  it("starts with what every frame repeats, leaves nulls out and ends with its index", () => {
    expect(frameText({ type: "RunStarted", model: "gpt-4o-mini", model_provider: "OpenAI" })).toBe(
      `event: RunStarted\ndata: {"created_at":1795446471,"event":"RunStarted",${base},"model":"gpt-4o-mini","model_provider":"OpenAI","event_index":7}\n\n`,
    );
  });

  it("never shows the question of RunStarted or the cuts of a compacted text", () => {
    expect(frameText({ type: "RunStarted", input: { content: "secret" } })).not.toContain("secret");
    expect(frameText({ type: "RunContent", content: "ab", content_type: "str", cuts: [1, 2] }, run, 8)).toBe(
      `event: RunContent\ndata: {"created_at":1795446471,"event":"RunContent",${base},"content":"ab","workflow_agent":false,"content_type":"str","reasoning_content":"","event_index":8}\n\n`,
    );
  });

  it("keeps nulls inside a tool and puts its keys in the wire's order", () => {
    expect(
      frameText({ type: "ToolCallCompleted", tool, content: "add(a=1, b=2) completed in 0.0118s. " }),
    ).toBe(
      `event: ToolCallCompleted\ndata: {"created_at":1795446471,"event":"ToolCallCompleted",${base},"content":"add(a=1, b=2) completed in 0.0118s. ","tool":{"tool_call_id":"call_1","tool_name":"add","tool_args":{"b":2,"a":1},"tool_call_error":null,"result":null,"metrics":null,"child_run_id":null,"stop_after_tool_call":false,"created_at":1795446471,"requires_confirmation":null,"confirmed":null,"confirmation_note":null,"requires_user_input":null,"user_input_schema":null,"user_feedback_schema":null,"answered":null,"external_execution_required":null,"external_execution_silent":null,"approval_type":null,"approval_id":null},"event_index":7}\n\n`,
    );
  });

  it("ends a run with content, state and metrics in the wire's order", () => {
    const body: RunEventBody = {
      type: "RunCompleted",
      metrics: { duration: 0.5, input_tokens: 10, details: { model: [{ id: "m", provider: "P" }] } },
      session_state: { z: null, a: 1 },
      content: "Echo",
      content_type: "str",
    };
    expect(frameText(body)).toBe(
      `event: RunCompleted\ndata: {"created_at":1795446471,"event":"RunCompleted",${base},"content":"Echo","content_type":"str","session_state":{"z":null,"a":1},"metrics":{"input_tokens":10,"duration":0.5,"details":{"model":[{"id":"m","provider":"P"}]}},"event_index":7}\n\n`,
    );
  });

  it("tells a cancelled run's partial text before the reason", () => {
    expect(frameText({ type: "RunCancelled", reason: "Run x was cancelled", content: "Echo: " })).toContain(
      '"nested_depth":0,"content":"Echo: ","reason":"Run x was cancelled","event_index":7}',
    );
  });
});

describe("a frame of another component's run", () => {
  it("names a team's events and keys as the wire does, with the parent between run and session", () => {
    const team: RunIdentity = {
      ...run,
      componentType: "team",
      componentId: "t",
      componentName: "T",
      parentRunId: "p",
    };
    expect(frameText({ type: "RunContent", content: "x", content_type: "str" }, team)).toBe(
      'event: TeamRunContent\ndata: {"created_at":1795446471,"event":"TeamRunContent","team_id":"t","team_name":"T","run_id":"744d70ae","parent_run_id":"p","session_id":"s1","nested_depth":0,"content":"x","content_type":"str","reasoning_content":"","event_index":7}\n\n',
    );
  });

  it("names a workflow's events and keys as the wire does", () => {
    const workflow: RunIdentity = { ...run, componentType: "workflow", componentId: "w", componentName: "W" };
    expect(frameText({ type: "RunStarted" }, workflow)).toBe(
      'event: WorkflowStarted\ndata: {"created_at":1795446471,"event":"WorkflowStarted","workflow_id":"w","workflow_name":"W","session_id":"s1","run_id":"744d70ae","nested_depth":0,"event_index":7}\n\n',
    );
  });
});
