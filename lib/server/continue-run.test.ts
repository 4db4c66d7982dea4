import { describe, expect, it } from "vitest";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
import { getRun } from "#lib/db/runs.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  continueWith,
  heldCalls,
  namesOf,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { driveRun } from "./drive-run.ts";
import { getRunOutput } from "./get-run-output.ts";

const world = pauseWorld();

describe("a call that a person has to confirm", () => {
  it("waits: the stream ends with what is asked, nothing was done and nobody drives", async () => {
    const frames = await askAgent(world.ann, await world.confirming(), NOTE);
    expect(namesOf(frames).slice(-3)).toEqual(["ModelRequestCompleted", "RunContentCompleted", "RunPaused"]);
    expect(heldCalls(frames)).toMatchObject([
      { tool_name: "take_note", tool_args: { text: "milk" }, requires_confirmation: true, confirmed: null },
    ]);
    const { runId, sessionId } = runOf(frames);
    expect(await world.notes()).toEqual([]);
    expect(await getRun(world.everyone, runId)).toMatchObject({ status: "PAUSED", driverBootId: null });
    expect(await listRunRequirements(world.scope, runId)).toMatchObject([
      { kind: "confirmation", status: "open", subject: "ann", toolName: "take_note", outcome: null },
    ]);
    expect(await getRunOutput(world.scope, runId, sessionId)).toMatchObject({
      status: "PAUSED",
      content: "I have tools to execute, but I need confirmation.",
      requirements: [{ tool_execution: { requires_confirmation: true } }],
    });
    // Who asks for its driving finds nothing to do.
    expect(await driveRun(world.everyone, runId)).toMatchObject({ status: "PAUSED" });
  });

  it("is made once it is confirmed, and the run goes on under its id", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const [held] = heldCalls(asked);
    const frames = await continueWith(world.ann, runOf(asked), [{ ...held, confirmed: true }]);
    expect(namesOf(frames)).toEqual([
      "RunContinued",
      "ToolCallStarted",
      "ToolCallCompleted",
      "ModelRequestStarted",
      "ReasoningStarted",
      "ReasoningContentDelta",
      "ReasoningCompleted",
      "RunContent",
      "ModelRequestCompleted",
      "RunContentCompleted",
      "RunCompleted",
    ]);
    expect(frames[0]?.event_index).toBe((asked.at(-1)?.event_index ?? 0) + 1);
    expect(await world.notes()).toEqual(["milk"]);
    expect(await listRunRequirements(world.scope, runOf(asked).runId)).toMatchObject([
      { status: "settled", outcome: "approved", resolvedBy: "ann" },
    ]);
    expect(await world.audited()).toMatchObject([
      { action: "requirement.approved", actorId: "ann", details: { tool_name: "take_note" } },
    ]);
    await world.expectWhole(asked);
  });

  it("is not made when it is refused; the model is told why", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const { runId, sessionId } = runOf(asked);
    const [held] = heldCalls(asked);
    const frames = await continueWith(world.ann, runOf(asked), [
      { ...held, confirmed: false, confirmation_note: "not now" },
    ]);
    expect(namesOf(frames)).not.toContain("ToolCallStarted");
    expect(String(frames.at(-1)?.content)).toContain("not now");
    expect(await world.notes()).toEqual([]);
    const run = await getRunOutput(world.scope, runId, sessionId);
    expect(run.tools).toMatchObject([{ confirmed: false, tool_call_error: true, result: null }]);
    expect(run.messages.find(({ role }) => role === "tool")).toMatchObject({
      content: "not now",
      tool_call_error: true,
    });
  });

  it("is refused in the default words when nothing is said", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const frames = await continueWith(world.ann, runOf(asked), [
      { ...heldCalls(asked)[0], confirmed: false },
    ]);
    expect(String(frames.at(-1)?.content)).toContain("Function call was rejected by the user");
  });

  it("is made with the arguments that the person has changed; both versions are kept", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const { runId, sessionId } = runOf(asked);
    const [held] = heldCalls(asked);
    await continueWith(world.ann, runOf(asked), [
      { ...held, tool_args: { text: "oat milk" }, confirmed: true },
    ]);
    expect(await world.notes()).toEqual(["oat milk"]);
    const [requirement] = await listRunRequirements(world.scope, runId);
    expect(requirement?.asked.tool_args).toEqual({ text: "milk" });
    expect(requirement?.settled?.tool_args).toEqual({ text: "oat milk" });
    expect(requirement?.settledHash).not.toBe(requirement?.argumentsHash);
    const messages = (await getRunOutput(world.scope, runId, sessionId)).messages;
    expect(messages.find(({ tool_calls: calls }) => calls)?.tool_calls?.[0]?.function.arguments).toContain(
      '"milk"',
    );
    expect(messages.find(({ role }) => role === "tool")?.tool_args).toEqual({ text: "oat milk" });
    expect((await world.audited())[0]?.details.changed_arguments_hash).toBe(requirement?.settledHash);
  });

  it("stays open when the changed arguments do not fit the tool", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const [held] = heldCalls(asked);
    const answer = { ...held, tool_args: { text: "" }, confirmed: true };
    expect(await refusal(continueWith(world.ann, runOf(asked), [answer]))).toEqual([
      422,
      expect.stringMatching(/do not fit the tool take_note: text/),
    ]);
    expect(await listRunRequirements(world.scope, runOf(asked).runId)).toMatchObject([{ status: "open" }]);
    expect(await world.audited()).toEqual([]);
    await continueWith(world.ann, runOf(asked), [{ ...held, confirmed: true }]);
    expect(await world.notes()).toEqual(["milk"]);
  });
});

describe("other ways to wait", () => {
  it("a person fills in the arguments, of which the model is not told", async () => {
    const agentId = await pausingAgent(world.scope, {
      take_note: { requires_user_input: true, user_input_fields: ["text"] },
    });
    const asked = await askAgent(world.ann, agentId, "/tool take_note");
    const [held] = heldCalls(asked);
    expect(held).toMatchObject({ requires_user_input: true, answered: null });
    expect(held?.user_input_schema).toEqual([
      { name: "text", field_type: "str", description: "The note's text.", value: null },
    ]);
    const field = held?.user_input_schema?.[0];
    // What was only shown is no answer.
    expect(await refusal(continueWith(world.ann, runOf(asked), [{ ...held }]))).toEqual([
      400,
      expect.stringMatching(/waits for a decision about take_note/),
    ]);
    const filled = [{ name: "text", field_type: "str" as const, description: null, value: "bread" }];
    const frames = await continueWith(world.ann, runOf(asked), [
      { ...held, user_input_schema: filled, answered: true },
    ]);
    expect(field?.value).toBeNull();
    const started = frames.find(({ event }) => event === "ToolCallStarted")?.tool as ToolExecution;
    expect(started).toMatchObject({ tool_args: { text: "bread" }, answered: true });
    expect(await world.notes()).toEqual(["bread"]);
  });

  it("the caller does the work and gives the result", async () => {
    const agentId = await pausingAgent(world.scope, { take_note: { external_execution: true } });
    const asked = await askAgent(world.ann, agentId, NOTE);
    const [held] = heldCalls(asked);
    expect(held).toMatchObject({ external_execution_required: true, result: null });
    expect(await refusal(continueWith(world.ann, runOf(asked), [{ ...held }]))).toEqual([
      400,
      expect.any(String),
    ]);
    const frames = await continueWith(world.ann, runOf(asked), [{ ...held, result: "on paper" }]);
    expect(namesOf(frames)).not.toContain("ToolCallStarted");
    expect(String(frames.at(-1)?.content)).toContain("on paper");
    expect(await world.notes()).toEqual([]);
  });

  it("silent work outside pauses without a sentence", async () => {
    const settings = { external_execution: true, external_execution_silent: true };
    const asked = await askAgent(world.ann, await pausingAgent(world.scope, { take_note: settings }), NOTE);
    expect(asked.at(-1)).toMatchObject({ event: "RunPaused", content: "" });
  });

  it("an agent asks for values, and gets them as its tool's result", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["get_user_input"]);
    const fields = [
      { field_name: "city", field_description: "Where you live." },
      { field_name: "age", field_type: "int" },
    ];
    const asked = await askAgent(
      world.ann,
      agentId,
      `/tool get_user_input ${JSON.stringify({ user_input_fields: fields })}`,
    );
    const [held] = heldCalls(asked);
    expect(held?.user_input_schema).toEqual([
      { name: "city", field_type: "str", description: "Where you live.", value: null },
      { name: "age", field_type: "int", description: null, value: null },
    ]);
    const filled = (held?.user_input_schema ?? []).map((field) => ({
      ...field,
      value: field.name === "age" ? "41" : "Oslo",
    }));
    await continueWith(world.ann, runOf(asked), [{ ...held, user_input_schema: filled, answered: true }]);
    const { runId, sessionId } = runOf(asked);
    const run = await getRunOutput(world.scope, runId, sessionId);
    expect(run.messages.find(({ role }) => role === "tool")?.content).toBe(
      'User inputs retrieved: [{"name": "city", "value": "Oslo"}, {"name": "age", "value": 41}]',
    );
  });

  it("an agent lets a person choose", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["ask_user"]);
    const question = { question: "Which?", options: [{ label: "Tea" }, { label: "Coffee" }] };
    const asked = await askAgent(
      world.ann,
      agentId,
      `/tool ask_user ${JSON.stringify({ questions: [question] })}`,
    );
    const [held] = heldCalls(asked);
    const [shown] = held?.user_feedback_schema ?? [];
    expect(shown).toMatchObject({ question: "Which?", multi_select: false, selected_options: null });
    const answer = (selected: string[]) => ({
      ...held,
      answered: true,
      user_feedback_schema: shown === undefined ? [] : [{ ...shown, selected_options: selected }],
    });
    expect(await refusal(continueWith(world.ann, runOf(asked), [answer(["Tea", "Coffee"])]))).toEqual([
      422,
      'Choose one answer to "Which?".',
    ]);
    await continueWith(world.ann, runOf(asked), [answer(["Tea"])]);
    const { runId, sessionId } = runOf(asked);
    const run = await getRunOutput(world.scope, runId, sessionId);
    expect(run.messages.find(({ role }) => role === "tool")?.content).toBe(
      'User feedback received: [{"question": "Which?", "selected": ["Tea"]}]',
    );
  });
});

describe("several calls in one turn", () => {
  const MIXED = [
    '/parallel /tool take_note {"text":"one"}',
    '/tool calculator {"expression":"6*7"}',
    '/tool send_request {"url":"https://example.com/","json":{}}',
  ].join("\n");

  async function mixed(): Promise<string> {
    return pausingAgent(
      world.scope,
      { take_note: { requires_confirmation: true }, send_request: { external_execution: true } },
      ["take_note", "calculator", "send_request"],
    );
  }

  it("those that wait for nobody are made at once; answers are kept one by one; the rest is listed again", async () => {
    const asked = await askAgent(world.ann, await mixed(), MIXED);
    const { runId, sessionId } = runOf(asked);
    const calls = asked.filter(({ event }) => event.startsWith("ToolCall"));
    expect(calls.map(({ event, tool }) => [event, (tool as ToolExecution).tool_name])).toEqual([
      ["ToolCallStarted", "calculator"],
      ["ToolCallCompleted", "calculator"],
    ]);
    expect(asked.at(-1)?.content).toBe(
      "I have tools to execute, but I need confirmation or external execution.",
    );
    const [note, request] = heldCalls(asked);
    expect([note?.tool_name, request?.tool_name]).toEqual(["take_note", "send_request"]);

    const partial = await continueWith(world.ann, runOf(asked), [{ ...request, result: "sent by hand" }]);
    expect(namesOf(partial)).toEqual(["RunPaused"]);
    expect(heldCalls(partial).map(({ tool_name: name }) => name)).toEqual(["take_note"]);
    expect(await getRun(world.everyone, runId)).toMatchObject({ status: "PAUSED" });
    expect(await world.notes()).toEqual([]);

    // Callers post copies of all calls, decided ones included.
    const rest = await continueWith(world.ann, runOf(asked), [
      { ...note, confirmed: true },
      { ...request, result: "sent by hand" },
    ]);
    expect(namesOf(rest).slice(0, 3)).toEqual(["RunContinued", "ToolCallStarted", "ToolCallCompleted"]);
    expect(await world.notes()).toEqual(["one"]);
    const run = await getRunOutput(world.scope, runId, sessionId);
    expect(run.status).toBe("COMPLETED");
    // In the order of the calls, whoever was first.
    const results = run.messages.filter(({ role }) => role === "tool").map(({ tool_name: name }) => name);
    expect(results).toEqual(["take_note", "calculator", "send_request"]);
    expect(run.requirements).toHaveLength(2);
    await world.expectWhole(asked);
  });

  it("an answer that differs from the one given before is refused", async () => {
    const asked = await askAgent(world.ann, await mixed(), MIXED);
    const [note, request] = heldCalls(asked);
    await continueWith(world.ann, runOf(asked), [{ ...request, result: "sent by hand" }]);
    const other = [
      { ...note, confirmed: true },
      { ...request, result: "not sent" },
    ];
    expect(await refusal(continueWith(world.ann, runOf(asked), other))).toEqual([
      409,
      "The call of send_request was decided already by ann.",
    ]);
    expect(await world.notes()).toEqual([]);
  });

  it("the run can come to wait again, under ids that were never used", async () => {
    const message = ['/tool take_note {"text":"a"}', '/tool take_note {"text":"b"}'].join("\n");
    const asked = await askAgent(world.ann, await world.confirming(), message);
    const [first] = heldCalls(asked);
    const again = await continueWith(world.ann, runOf(asked), [{ ...first, confirmed: true }]);
    const [second] = heldCalls(again);
    expect(second?.tool_args).toEqual({ text: "b" });
    expect(second?.tool_call_id).not.toBe(first?.tool_call_id);
    expect(heldCalls(again)).toHaveLength(1);
    await continueWith(world.ann, runOf(asked), [{ ...second, confirmed: true }]);
    expect(await world.notes()).toEqual(["a", "b"]);
    await world.expectWhole(asked);
  });

  it("calls that waited count towards the limit of the run", async () => {
    const agentId = await world.confirming();
    await world.db.pool.query(
      `UPDATE "ComponentVersion" SET config = jsonb_set(config, '{tool_call_limit}', '1')
       WHERE "organizationId" = $1 AND "componentId" = $2`,
      [world.scope.organizationId, agentId],
    );
    const message = ['/tool take_note {"text":"a"}', '/tool take_note {"text":"b"}'].join("\n");
    const asked = await askAgent(world.ann, agentId, message);
    const frames = await continueWith(world.ann, runOf(asked), [{ ...heldCalls(asked)[0], confirmed: true }]);
    const refused = frames.find(({ event }) => event === "ToolCallError");
    expect(refused?.error).toMatch(/limit of 1 tool calls/);
    expect(await world.notes()).toEqual(["a"]);
  });
});
