import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { JournalEvent } from "#lib/core/journal.ts";
import { messageSchema } from "#lib/core/message.ts";
import { messagesOfRun } from "#lib/core/messages-of-run.ts";
import { runOutput, type RunOutputRow } from "#lib/core/run-output.ts";
import { runOutputSchema } from "#lib/core/run-wire.ts";
import { compactPart } from "#lib/core/compact-part.ts";
import type { Tool } from "#lib/core/tool.ts";
import type { MemoryJournal } from "#tests/support/memory-journal.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, type StreamAnswer, streamModel, text } from "#tests/support/stream-model.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import { runAgent } from "./run-agent.ts";

const add: Tool = {
  name: "add",
  title: "Add",
  description: "Adds.",
  effect: "read",
  input: z.object({ a: z.number(), b: z.number() }),
  execute: () => Promise.resolve(3),
};

async function runWith(...answers: StreamAnswer[]) {
  const world = runWorld({ model: streamModel(...answers), tools: [add] });
  await runAgent(testAgent({ description: "A plain agent" }), world.ports);
  return world;
}

const toolRun = () =>
  runWith(
    [...text("Adding. "), call("c1", "add", { a: 1, b: 2 }), finish("tool-calls")],
    [...text("It ", "is ", "3."), finish()],
  );

/** The row of a run as its patches have left it. */
function rowOf(journal: MemoryJournal): RunOutputRow {
  const patch = Object.assign(
    {},
    ...journal.appends.flatMap((one) => one.patches?.map((p) => p.patch) ?? []),
  );
  return {
    id: "345a9cfb-e961-4692-9c1a-6cb17aac12b8",
    parentRunId: null,
    sessionId: "s1",
    subject: "u1",
    componentType: "agent",
    componentId: "plain",
    componentName: "Plain",
    content: null,
    reasoningContent: null,
    errorMessage: null,
    timeToFirstTokenMs: null,
    forkedFromRunId: null,
    forkedFromMessageIndex: null,
    forkedFromSessionId: null,
    regeneratedFrom: null,
    createdAt: new Date(1_795_446_471_900),
    ...patch,
  };
}

describe("the messages of a run on the wire", () => {
  it("are the system part, the question, what was said and called, and the results", async () => {
    const { journal, runId } = await toolRun();
    const messages = messagesOfRun(runId, journal.events, { system: "A plain agent" });
    for (const message of messages) messageSchema.parse(message);
    expect(messages).toMatchObject([
      { role: "system", content: "A plain agent", from_history: false },
      { role: "user", content: "hello" },
      {
        role: "assistant",
        content: "Adding. ",
        tool_calls: [{ id: "c1", type: "function", function: { name: "add", arguments: '{"a":1,"b":2}' } }],
        metrics: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
      },
      { role: "tool", content: "3", tool_call_id: "c1", tool_name: "add", tool_args: { a: 1, b: 2 } },
      { role: "assistant", content: "It is 3." },
    ]);
    expect(messages[3]?.tool_call_error).toBe(false);
    expect(messages[4]).not.toHaveProperty("tool_calls");
  });

  it("have ids of their own that stay the same, with or without the system part", async () => {
    const { journal, runId } = await toolRun();
    const whole = messagesOfRun(runId, journal.events, { system: "A" }).map((message) => message.id);
    const history = messagesOfRun(runId, journal.events, { fromHistory: true });
    expect(new Set(whole).size).toBe(5);
    expect(history.map((message) => message.id)).toEqual(whole.slice(1));
    expect(history.every((message) => message.from_history)).toBe(true);
    for (const id of whole) expect(z.uuid().safeParse(id).success).toBe(true);
  });
});

describe("a run on the wire", () => {
  it("has what the reference server answers", async () => {
    const { journal, runId } = await toolRun();
    const output = runOutput(rowOf(journal), journal.events, messagesOfRun(runId, journal.events), {});
    runOutputSchema.parse(output);
    expect(output).toMatchObject({
      run_id: runId,
      agent_id: "plain",
      agent_name: "Plain",
      session_id: "s1",
      user_id: "u1",
      content: "It is 3.",
      content_type: "str",
      model: "test-1",
      model_provider: "Test",
      session_state: {},
      created_at: 1_795_446_471,
      status: "COMPLETED",
      metrics: { total_tokens: 30, details: { model: [{ id: "test-1" }] } },
      tools: [{ tool_call_id: "c1", result: "3" }],
      input: { input_content: "hello" },
    });
  });

  it("says why it failed when it wrote nothing, and shows what it wrote when it did", async () => {
    const broken = (before: string) =>
      runWith([...text(before), { type: "error", error: new Error("Overloaded") }]);
    const silent = await broken("");
    expect(runOutput(rowOf(silent.journal), silent.journal.events, [], { kept: 1 })).toMatchObject({
      status: "ERROR",
      content: "Test failed: Overloaded",
      session_state: { kept: 1 },
    });
    const half = await broken("Half");
    expect(runOutput(rowOf(half.journal), half.journal.events, [], {}).content).toBe("Half");
  });
});

describe("what later runs are told of a run", () => {
  it("is the same before and after its text was compacted", async () => {
    const { journal } = await toolRun();
    const merged = compactPart(journal.events);
    const compacted: JournalEvent[] = journal.events.flatMap((event) => {
      const row = merged.find((one) => one.index <= event.index && event.index <= one.lastIndex);
      if (row === undefined) return [event];
      return row.index === event.index ? [row] : [];
    });
    expect(messagesFromEvents(compacted)).toEqual(messagesFromEvents(journal.events));
  });

  it("names an attachment whose bytes are gone, and shows one that is there", async () => {
    const { journal } = await runWith([...text("ok"), finish()]);
    const attachment = { id: "f", filename: "a.txt", mime_type: "text/plain", size: 2, hash: "h" };
    const first = journal.events[0];
    if (first?.body.type !== "RunStarted") throw new Error("A run begins with RunStarted.");
    first.body.input = { content: "read it", attachments: [attachment] };
    const question = (files?: Map<string, Uint8Array>) =>
      messagesFromEvents(journal.events, { files })[0]?.content;
    expect(question()).toEqual([{ type: "text", text: "[Attached: a.txt]\nread it" }]);
    expect(question(new Map([["h", Buffer.from("hi")]]))).toEqual([
      { type: "text", text: '<file name="a.txt">\nhi\n</file>' },
      { type: "text", text: "read it" },
    ]);
  });
});
