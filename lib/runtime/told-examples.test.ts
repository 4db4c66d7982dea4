import type { LanguageModelV4Message } from "@ai-sdk/provider";
import { expect, it } from "vitest";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { add } from "#tests/support/sum-tools.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import type { HistoryRun } from "./ports.ts";
import { runAgent } from "./run-agent.ts";

const agent = testAgent({
  instructions: "Be brief.",
  tools: ["add"],
  location: "Oslo, Norway",
  add_location_to_context: true,
  additional_input: [
    { role: "user", content: "Example question" },
    { role: "assistant", content: "Example answer" },
  ],
});

const told = (prompt: readonly LanguageModelV4Message[] = []) =>
  prompt.map(({ role, content }) => {
    if (typeof content === "string") return `${role}: …`;
    return `${role}: ${content.map((part) => (part.type === "text" ? part.text : part.type)).join(" ")}`;
  });

/** Asks in a session with this history; returns what the model was told, call by call, and the run as history. */
async function ask(question: string, history: readonly HistoryRun[] = []) {
  const model = streamModel(
    [...text("Let me add."), call("c", "add", { a: 1, b: 2 }), finish("tool-calls")],
    [...text(`Answer to ${question}`), finish()],
  );
  const world = runWorld({ model, tools: [add], history, input: { content: question, files: [] } });
  world.clock.advance(history.length * 86_400_000);
  await runAgent(agent, world.ports);
  const run: HistoryRun = { runId: question, messages: messagesFromEvents(world.journal.events) };
  return { world, prompts: model.calls.map(({ prompt }) => prompt), run };
}

it("examples stand behind the system part, before all that was said, in every call, and are told once", async () => {
  const first = await ask("one");
  const second = await ask("two", [first.run]);
  const third = await ask("three", [first.run, second.run]);
  const examples = ["system: …", "user: Example question", "assistant: Example answer"];
  const turns = (question: string) => [
    `user: ${question}`,
    "assistant: Let me add. tool-call",
    "tool: tool-result",
    `assistant: Answer to ${question}`,
  ];
  expect(told(third.prompts[0])).toEqual([...examples, ...turns("one"), ...turns("two"), "user: three"]);
  expect(told(third.prompts[1])).toEqual([
    ...examples,
    ...turns("one"),
    ...turns("two"),
    ...turns("three").slice(0, -1),
  ]);
});

it("examples are no part of what a run has said: neither its journal nor later runs have them", async () => {
  const { world, run } = await ask("one");
  expect(JSON.stringify([world.journal.appends, run.messages])).not.toContain("Example");
});

it("the system part names the place where the agent wants it, and is the same bytes in every call of every run", async () => {
  const first = await ask("one");
  const second = await ask("two", [first.run]);
  const systems = [...first.prompts, ...second.prompts].map(([system]) => system);
  expect(systems[0]?.content).toContain(
    "<additional_information>\n- Use markdown to format your answers.\n- Your approximate location is: Oslo, Norway.\n</additional_information>",
  );
  expect(new Set(systems.map((system) => JSON.stringify(system))).size).toBe(1);
});

it.each([{ add_location_to_context: false }, { location: undefined }])(
  "no place is named with %j",
  async (changes) => {
    const model = streamModel([...text("Hi"), finish()]);
    await runAgent(testAgent({ ...agent, ...changes }), runWorld({ model }).ports);
    expect(JSON.stringify(model.calls[0]?.prompt)).not.toMatch(/location|Oslo/);
  },
);

it("whoever goes on with a run after a restart tells the very same beginning", async () => {
  const { world, prompts } = await ask("one");
  const called = world.journal.events.findLast(({ body }) => body.type === "ToolCallCompleted")?.index ?? 0;
  const left = {
    events: world.journal.events.filter(({ index }) => index <= called),
    internals: world.journal.internals,
    blobs: world.blobs,
  };
  const model = streamModel([...text("Done."), finish()]);
  await runAgent(agent, resumedPorts(left, world.ports, { model }).ports);
  expect(JSON.stringify(model.calls[0]?.prompt)).toBe(JSON.stringify(prompts[1]));
});
