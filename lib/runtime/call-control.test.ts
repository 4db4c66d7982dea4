import { expect, it } from "vitest";
import { z } from "zod";
import type { Tool, ToolContext } from "#lib/core/tool.ts";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { defineTool } from "#lib/sdk/define-tool.ts";
import { stopRun } from "#lib/sdk/stop-run.ts";
import { toolResult } from "#lib/sdk/tool-result.ts";
import { tryAgain } from "#lib/sdk/try-again.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { answerTo, settleInMemory } from "#tests/support/settle-in-memory.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

const look = (parts: Partial<Tool> = {}): Tool => ({
  ...defineTool({
    name: "look",
    description: "Looks.",
    effect: "read",
    input: z.object({ at: z.string() }),
    execute: ({ at }) => Promise.resolve(`I see ${at}.`),
  }),
  ...parts,
});

async function lookOnce(tool: Tool, definition: Partial<AgentDefinition> = {}) {
  const model = streamModel(
    [...text("A moment."), call("c1", "look", { at: "the sea" }), finish("tool-calls")],
    [...text("Done."), finish()],
  );
  const world = runWorld({ model, tools: [tool] });
  const outcome = await runAgent(testAgent(definition), world.ports);
  return { ...world, model, outcome };
}

it("a tool that ends the run: its result is the answer, and the model is not asked again", async () => {
  const { outcome, model, journal } = await lookOnce(look({ stopAfterCall: true }));
  expect(outcome).toEqual({ status: "COMPLETED", content: "A moment.\n\nI see the sea." });
  expect(model.calls).toHaveLength(1);
  expect(journal.bodies("ToolCallCompleted")[0]?.tool.stop_after_tool_call).toBe(true);
  expect(journal.bodies("RunContent").map(({ content }) => content)).toEqual([
    "A moment.",
    "\n\nI see the sea.",
  ]);
});

it("a run that was stopped by its tool and then lost its process ends likewise, wherever it was", async () => {
  const whole = await lookOnce(look({ stopAfterCall: true }));
  let length = 1;
  for (const append of whole.journal.appends.slice(0, -1)) {
    length += append.events.length;
    const events = whole.journal.events.slice(0, length);
    const left = { events, internals: whole.journal.internals, blobs: whole.blobs };
    const { ports, journal } = resumedPorts(left, whole.ports, {
      model: streamModel([...text("A moment."), call("c2", "look", { at: "the sea" }), finish("tool-calls")]),
    });
    await runAgent(testAgent(), ports);
    expect(journal.bodies("RunCompleted").at(-1)?.content, `cut at ${length}`).toContain("I see the sea.");
  }
});

it("a run that was stopped by its tool asks no model when it goes on", async () => {
  const whole = await lookOnce(look({ stopAfterCall: true }));
  const shown = whole.journal.events.findLastIndex(({ body }) => body.type === "RunContent");
  const events = whole.journal.events.slice(0, shown + 1);
  const model = streamModel([...text("Never said."), finish()]);
  const left = { events, internals: whole.journal.internals, blobs: whole.blobs };
  const { ports, journal } = resumedPorts(left, whole.ports, { model });
  expect(await runAgent(testAgent(), ports)).toMatchObject({ content: "A moment.\n\nI see the sea." });
  expect(model.calls).toEqual([]);
  expect(journal.bodies("RunCompleted")).toHaveLength(1);
});

it("a tool that fails does not end the run, though its success would", async () => {
  const { outcome } = await lookOnce(
    look({ stopAfterCall: true, execute: () => Promise.reject(new Error("Fog.")) }),
  );
  expect(outcome).toMatchObject({ status: "COMPLETED", content: "Done." });
});

it("a result that is shown is a part of the answer's stream, and the model goes on", async () => {
  const { outcome, journal, model, ports, blobs } = await lookOnce(look({ showResult: true }));
  expect(journal.bodies("RunContent").map(({ content }) => content)).toContain("\n\nI see the sea.");
  expect(outcome).toMatchObject({ content: "Done." });
  // The model has not said it: it is told of the result once.
  expect(JSON.stringify(model.calls[1]?.prompt).match(/I see the sea/g)).toHaveLength(1);
  const shown = journal.events.findIndex(
    ({ body }) => body.type === "RunContent" && body.content.includes("the sea"),
  );
  const left = { events: journal.events.slice(0, shown + 1), internals: journal.internals, blobs };
  const next = streamModel([...text("Done."), finish()]);
  await runAgent(testAgent(), resumedPorts(left, ports, { model: next }).ports);
  expect(next.calls[0]?.prompt).toEqual(model.calls[1]?.prompt);
});

it("a tool may stop the run with words of its own", async () => {
  const { outcome, model } = await lookOnce(
    look({ execute: () => Promise.reject(stopRun("Nothing more to see here.")) }),
  );
  expect(outcome).toEqual({ status: "COMPLETED", content: "A moment.\n\nNothing more to see here." });
  expect(model.calls).toHaveLength(1);
});

it("a tool may tell the model to call it otherwise", async () => {
  const { model, outcome } = await lookOnce(
    look({ execute: () => Promise.reject(tryAgain("Name a country.")) }),
  );
  expect(outcome).toMatchObject({ content: "Done." });
  expect(JSON.stringify(model.calls[1]?.prompt)).toContain(
    "Nothing was done. Call the tool again, differently: Name a country.",
  );
});

it("a tool gets the run's files, dependencies and metadata, and nothing that the model makes up", async () => {
  let given: { input: unknown; context: ToolContext } | null = null;
  const tool = look({
    execute: (input, context) => {
      given = {
        input: structuredClone(input),
        context: { ...context, dependencies: { ...context.dependencies } },
      };
      context.dependencies.a = "spoiled";
      return Promise.resolve("ok");
    },
  });
  const model = streamModel(
    [call("c1", "look", { at: "x", dependencies: { a: 2 }, files: [], scope: "all" }), finish("tool-calls")],
    [...text("Done."), finish()],
  );
  const file = { filename: "a.txt", mediaType: "text/plain", bytes: new TextEncoder().encode("hi") };
  const { ports } = runWorld({ model, tools: [tool], input: { content: "hello", files: [file] } });
  const agent = testAgent({ dependencies: { a: 1 }, metadata: { plan: "pro" } });
  await runAgent(agent, ports);
  expect(agent.dependencies).toEqual({ a: 1 });
  expect(given).toMatchObject({
    input: { at: "x" },
    context: { dependencies: { a: 1 }, metadata: { plan: "pro" }, files: [file] },
  });
  expect(Object.keys((given as never as { input: object }).input)).toEqual(["at"]);
  expect(JSON.stringify(model.calls[0])).not.toContain("dependencies");
});

it("dependencies are told to the model where the agent wants it", async () => {
  const { model } = await lookOnce(look(), { dependencies: { a: 1 }, add_dependencies_to_context: true });
  expect(JSON.stringify(model.calls[0]?.prompt)).toContain('<dependencies>\\n{\\"a\\":1}\\n</dependencies>');
});

it("a tool's files are kept by reference, named, and given to the model with its next turn, after a restart, too", async () => {
  const tool = look({
    execute: () =>
      Promise.resolve(
        toolResult({
          content: "A chart.",
          media: [
            { filename: "chart.png", mediaType: "image/png", bytes: PNG },
            { filename: "a.bin", mediaType: "application/x-unheard", bytes: PNG },
          ],
        }),
      ),
  });
  const { model, journal, blobs, ports } = await lookOnce(tool);
  const [completed] = journal.bodies("ToolCallCompleted");
  expect(completed?.tool.result).toContain("[File: chart.png (image/png)]");
  expect(completed?.media?.map(({ filename, mime_type, size }) => [filename, mime_type, size])).toEqual([
    ["chart.png", "image/png", 4],
    ["a.bin", "application/x-unheard", 4],
  ]);
  expect(JSON.stringify(journal.events)).not.toContain(Buffer.from(PNG).toString("base64"));
  const prompt = model.calls[1]?.prompt.slice(-1);
  expect(prompt).toMatchObject([
    { role: "user", content: [{ type: "file", mediaType: "image/png", filename: "chart.png" }, {}] },
  ]);
  // Lost before the next model call came to its end.
  const cut = journal.events.findIndex(({ body }) => body.type === "ToolCallCompleted") + 1;
  const left = { events: journal.events.slice(0, cut), internals: journal.internals, blobs };
  const next = streamModel([...text("Done."), finish()]);
  const again = resumedPorts(left, ports, { model: next });
  const files = new Map(
    [...blobs].map(([hash, base64]) => [hash, new Uint8Array(Buffer.from(base64, "base64"))]),
  );
  const { resumption } = again.ports;
  if (resumption === undefined) throw new Error("The run goes on.");
  await runAgent(testAgent(), { ...again.ports, resumption: { ...resumption, files } });
  expect(next.calls[0]?.prompt.slice(-1)).toEqual(prompt);
});

it("files of no media type are an error of the tool, and the run goes on", async () => {
  const media = [{ filename: "x", mediaType: "nonsense", bytes: PNG }];
  const { outcome, journal } = await lookOnce(
    look({ execute: () => Promise.resolve(toolResult({ content: "x", media })) }),
  );
  expect(journal.bodies("ToolCallError")[0]?.error).toContain("no media type");
  expect(outcome).toMatchObject({ content: "Done." });
});

it("the limit of tool calls counts on after a pause: a run gets no more calls by waiting for a person", async () => {
  let executed = 0;
  const tool = look({
    hold: { kind: "confirmation" },
    execute: () => Promise.resolve(++executed),
  });
  // It calls the tool whenever it is asked, even when it may not.
  const model = streamModel([call("c", "look", { at: "x" }), finish("tool-calls")]);
  const agent = testAgent({ tool_call_limit: 2 });
  const world = runWorld({ model, tools: [tool] });
  let { ports, journal } = world;
  let outcome = await runAgent(agent, ports);
  let pauses = 0;
  while (outcome.status === "PAUSED" && pauses < 5) {
    pauses += 1;
    settleInMemory(journal, [tool], (asked) => answerTo(asked, { confirmed: true }));
    const left = { events: [...journal.events], internals: new Map(journal.internals), blobs: world.blobs };
    ({ ports, journal } = resumedPorts(left, ports));
    outcome = await runAgent(agent, ports);
  }
  expect(pauses).toBe(2);
  expect(executed).toBe(2);
  expect(journal.bodies("ToolCallCompleted").at(-1)?.tool.result).toContain("limit of 2 tool calls");
  expect(outcome).toMatchObject({ status: "ERROR" });
});
