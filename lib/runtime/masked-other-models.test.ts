import { expect, it } from "vitest";
import { z } from "zod";
import { liveEvents } from "#lib/core/live-events.ts";
import type { Tool } from "#lib/core/tool.ts";
import { analyze, think } from "#lib/tools/reasoning-tools.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, reasoning, streamModel, text } from "#tests/support/stream-model.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import type { RunPorts } from "./ports.ts";
import { runAgent } from "./run-agent.ts";

const CARD = "4111 1111 1111 1111";
const STARS = "*".repeat(CARD.length);
/** The same digits as escapes of JSON: no pattern finds them before they are read. */
const ESCAPED = CARD.replaceAll("1", "\\u0031");
const PAYMENT = {
  title: "Payment",
  type: "object",
  properties: { card: { type: "string" } },
  required: ["card"],
  additionalProperties: false,
};
const masking = {
  guardrails: [{ kind: "pii", action: "mask", types: ["card"], patterns: [], applies_to: ["output"] }],
} as never as Partial<ReturnType<typeof testAgent>>;
const tools = [think, analyze] as unknown as Tool[];

type StreamModel = ReturnType<typeof streamModel>;

function worldOf(own: StreamModel, others: Record<string, StreamModel>) {
  const bindModel: RunPorts["bindModel"] = ({ provider, id }) => {
    const model = others[id];
    if (model === undefined) return Promise.reject(new Error(`Nobody asks ${id}.`));
    return Promise.resolve({ ...model, provider, id });
  };
  return runWorld({ model: own, tools, bindModel });
}

/** All that anybody may ever read of a run: its events, its rows' columns, what stands beside them, its prompts. */
const keptOf = ({ journal, blobs }: ReturnType<typeof runWorld>) =>
  JSON.stringify([journal.appends, [...journal.internals], [...blobs]]);

it("neither the draft nor the output model's answer nor what was thought for them is kept unmasked", async () => {
  const own = streamModel(
    [
      ...reasoning(`The card is ${CARD}.`),
      call("a", "think", { title: `Card ${CARD}`, thought: `It is ${CARD}.`, action: `Say ${CARD}.` }),
      call("b", "analyze", { title: "Card", result: `Found ${CARD}`, analysis: `So it is ${CARD}.` }),
      finish("tool-calls"),
    ],
    [...text("draft: 4111 1111", " 1111 1111"), finish()],
  );
  const writer = streamModel([
    ...reasoning(`I may say ${CARD}.`),
    ...text("Your card is 4111 ", "1111 1111 1111."),
    finish(),
  ]);
  const world = worldOf(own, { writer });
  const agent = testAgent({ ...masking, output_model: { provider: "o", id: "writer" } });
  expect(await runAgent(agent, world.ports)).toEqual({
    status: "COMPLETED",
    content: `Your card is ${STARS}.`,
  });
  expect(keptOf(world)).not.toMatch(/4111/);
  const said = liveEvents(world.journal.events, world.runId).flatMap(({ body }) =>
    body.type === "RunContent" ? [[body.intermediate === true, body.content]] : [],
  );
  expect(said).toEqual([
    [true, `draft: ${STARS}`],
    [false, `Your card is ${STARS}.`],
  ]);
  expect(world.journal.bodies("RunCompleted")[0]?.reasoning_steps).toMatchObject([
    { title: `Card ${STARS}`, reasoning: `It is ${STARS}.`, action: `Say ${STARS}.` },
    { result: `Found ${STARS}`, reasoning: `So it is ${STARS}.` },
  ]);
  // Neither are later runs told, nor was the output model.
  expect(JSON.stringify(messagesFromEvents(world.journal.events))).not.toContain("4111");
  expect(JSON.stringify([own.calls[1]?.prompt, writer.calls[0]?.prompt])).not.toContain("4111");
});

it("thoughts that are no JSON are masked as they stand, in the call and in what the model is told of it", async () => {
  const own = streamModel(
    [call("a", "think", `No ${CARD}`), finish("tool-calls")],
    [...text("Done."), finish()],
  );
  const world = worldOf(own, {});
  await runAgent(testAgent(masking), world.ports);
  expect(world.journal.bodies("ToolCallCompleted")[0]?.tool.tool_call_error).toBe(true);
  expect(keptOf(world)).not.toContain("4111");
});

it("what is given to a tool that works with it stays as it is", async () => {
  const own = streamModel(
    [call("a", "charge", { card: CARD }), finish("tool-calls")],
    [...text("Done."), finish()],
  );
  const charged: unknown[] = [];
  const charge = {
    ...analyze,
    name: "charge",
    reasoningStep: undefined,
    input: z.object({ card: z.string() }),
    execute: (input: unknown) => {
      charged.push(input);
      return Promise.resolve("Paid.");
    },
  } as unknown as Tool;
  const { ports } = runWorld({ model: own, tools: [charge] });
  await runAgent(testAgent(masking), ports);
  expect(charged).toMatchObject([{ card: CARD }]);
});

it("neither an answer in words nor the JSON that a parser model makes of it is kept unmasked", async () => {
  const own = streamModel([...text(`The card is ${CARD}.`), finish()]);
  for (const json of [`{"card":"${CARD}"}`, `{"card":"${ESCAPED}"}`]) {
    const parser = streamModel([...text(json), finish()]);
    const world = worldOf(own, { parser });
    const agent = testAgent({
      ...masking,
      output_schema: PAYMENT,
      parser_model: { provider: "o", id: "parser" },
    });
    const content = `{"card":"${STARS}"}`;
    expect(await runAgent(agent, world.ports)).toEqual({ status: "COMPLETED", content });
    expect(world.journal.bodies("ParserModelResponseCompleted")[0]?.content).toBe(content);
    expect(keptOf(world)).not.toMatch(/4111|\\u0031/);
    expect(JSON.stringify(parser.calls[0]?.prompt)).not.toContain("4111");
  }
});

it("an answer in JSON is masked with its escapes read, wherever it is kept", async () => {
  const world = worldOf(streamModel([...text(`{"card":`, `"${ESCAPED}"}`), finish()]), {});
  const agent = testAgent({ ...masking, output_schema: PAYMENT });
  expect(await runAgent(agent, world.ports)).toMatchObject({ content: `{"card":"${STARS}"}` });
  expect(keptOf(world)).not.toMatch(/4111|\\u0031/);
});

it("JSON among other words is masked with its escapes read in the answer that it becomes", async () => {
  const fenced = `\`\`\`json\n{"card":"${ESCAPED}"}\n\`\`\``;
  const world = worldOf(streamModel([...text(fenced), finish()]), {});
  const agent = testAgent({ ...masking, output_schema: PAYMENT });
  expect(await runAgent(agent, world.ports)).toMatchObject({ content: `{"card":"${STARS}"}` });
});

it("what is suggested to be asked next is masked, too", async () => {
  const own = streamModel([...text("Fine."), finish()]);
  const next = streamModel([...text(JSON.stringify({ followups: [`Is it ${CARD}?`] })), finish()]);
  const world = worldOf(own, { next });
  await runAgent(
    testAgent({ ...masking, followups: true, followup_model: { provider: "o", id: "next" } }),
    world.ports,
  );
  expect(world.journal.bodies("RunCompleted")[0]?.followups).toEqual([`Is it ${STARS}?`]);
  expect(keptOf(world)).not.toContain("4111");
});
