import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { toFrame } from "#lib/core/run-frame.ts";
import { createScriptedModel } from "#lib/models/scripted/scripted-model.ts";
import type { BoundModel } from "#lib/runtime/ports.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { add } from "#tests/support/sum-tools.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import { runAgent } from "./run-agent.ts";

const CITY = {
  title: "City",
  type: "object",
  properties: { name: { type: "string" } },
  required: ["name"],
  additionalProperties: false,
};
const AGENT = testAgent({ output_schema: CITY });

const roles = (options: LanguageModelV4CallOptions | undefined) => options?.prompt.map(({ role }) => role);

describe("an agent with an output schema", () => {
  it("streams its answer as text and ends with the value and the schema's name", async () => {
    const model = streamModel([...text('{"name":', '"Oslo"}'), finish()]);
    const { ports, journal } = runWorld({ model });
    expect(await runAgent(AGENT, ports)).toEqual({ status: "COMPLETED", content: '{"name":"Oslo"}' });
    expect(model.calls[0]?.responseFormat).toMatchObject({ type: "json", schema: CITY });
    expect(journal.bodies("RunContent")[0]).toMatchObject({ content: '{"name":', content_type: "str" });
    const completed = journal.events.findLast(({ body }) => body.type === "RunCompleted");
    expect(completed && toFrame(completed, ports.run)).toMatchObject({
      content: { name: "Oslo" },
      content_type: "City",
    });
    expect(journal.appends.at(-1)?.patches?.[0]?.patch.content).toBe('{"name":"Oslo"}');
  });

  it("parses only what it says after its last tool call", async () => {
    const model = streamModel(
      [...text("Let me add."), call("c", "add", { a: 1, b: 2 }), finish("tool-calls")],
      [...text('{"name":"3"}'), finish()],
    );
    const { ports, journal } = runWorld({ model, tools: [add] });
    await runAgent(AGENT, ports);
    expect(model.calls).toHaveLength(2);
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({ content_type: "City" });
  });

  it("asks once more for an answer that does not fit, without tools, and says why", async () => {
    const model = streamModel([...text("Oslo"), finish()], [...text('{"name":"Oslo"}'), finish()]);
    const { ports, journal } = runWorld({ model, tools: [add] });
    await runAgent(AGENT, ports);
    expect(roles(model.calls[1])).toEqual(["user", "assistant", "user"]);
    expect(JSON.stringify(model.calls[1]?.prompt.at(-1))).toContain("It is not JSON.");
    expect(model.calls[1]?.toolChoice).toEqual({ type: "none" });
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({
      content: '{"name":"Oslo"}',
      content_type: "City",
      metrics: { total_tokens: 30 },
    });
    const roleOf = messagesFromEvents(journal.events).map(({ role }) => role);
    expect(roleOf).toEqual(["user", "assistant", "user", "assistant"]);
  });

  it("keeps a second misfit as text with a warning", async () => {
    const model = streamModel([...text("Oslo"), finish()]);
    const { ports, journal } = runWorld({ model });
    expect(await runAgent(AGENT, ports)).toEqual({ status: "COMPLETED", content: "Oslo" });
    expect(model.calls).toHaveLength(2);
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({
      content: "Oslo",
      content_type: "str",
      warning: "The answer was kept as text. It is not JSON.",
    });
  });

  it("repairs what a driver that died has left, and not twice", async () => {
    const first = streamModel([...text("Oslo"), finish()], [...text('{"name":"Oslo"}'), finish()]);
    const whole = runWorld({ model: first });
    await runAgent(AGENT, whole.ports);
    const ends = whole.journal.events.flatMap(({ body, index }) =>
      ["ModelRequestCompleted", "ModelRequestStarted"].includes(body.type) ? [index + 1] : [],
    );
    for (const [at, cut] of ends.entries()) {
      const again = streamModel([...text('{"name":"Bergen"}'), finish()]);
      const events = whole.journal.events.filter(({ index }) => index < cut);
      const left = { events, internals: whole.journal.internals, blobs: whole.blobs };
      const resumed = resumedPorts(left, whole.ports, { model: again });
      await runAgent(AGENT, resumed.ports);
      expect(resumed.journal.bodies("RunCompleted")[0]).toMatchObject({ content_type: "City" });
      // Cut behind its beginning, after the misfit, in the repair, after the repair.
      expect(again.calls).toHaveLength(at === 3 ? 0 : 1);
      if (at === 1 || at === 2) expect(roles(again.calls[0])?.slice(-2)).toEqual(["assistant", "user"]);
    }
  });
});

it.each(["schema", "json", "prompt"] as const)(
  "the scripted model answers with what fits when it takes a schema as %s",
  async (structuredOutput) => {
    const model: BoundModel = {
      model: createScriptedModel({ wordDelayMs: 0 }),
      id: "demo-1",
      provider: "scripted",
      structuredOutput,
      costMicroUsd: () => 0,
    };
    const { ports, journal } = runWorld({ model });
    await runAgent(AGENT, ports);
    expect(journal.types.filter((type) => type === "ModelRequestStarted")).toHaveLength(1);
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({ content_type: "City" });
  },
);
