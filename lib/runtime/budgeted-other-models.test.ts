import { beforeEach, describe, expect, it } from "vitest";
import { liveEvents } from "#lib/core/live-events.ts";
import { goOnAfter } from "#tests/support/go-on-after.ts";
import { MemoryBudget } from "#tests/support/memory-budget.ts";
import type { MemoryJournal } from "#tests/support/memory-journal.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { add } from "#tests/support/sum-tools.ts";
import type { RunPorts } from "./ports.ts";
import { runAgent } from "./run-agent.ts";

const PLENTY = 1_000_000_000;
const WRITER = { provider: "other", id: "writer" };
const PARSER = { provider: "other", id: "parser" };
const SUM = {
  title: "Sum",
  type: "object",
  properties: { sum: { type: "number" } },
  required: ["sum"],
  additionalProperties: false,
};

type StreamModel = ReturnType<typeof streamModel>;

let made: number;
let writer: StreamModel;
let parser: StreamModel;
let own: StreamModel;
let budget: MemoryBudget;

const counted = {
  ...add,
  execute: () => {
    made += 1;
    return Promise.resolve(3);
  },
};

beforeEach(() => {
  made = 0;
  own = streamModel([call("c", "add", { a: 1, b: 2 }), finish("tool-calls")], [...text("it's 3"), finish()]);
  writer = streamModel([...text("The sum ", "is 3."), finish()]);
  parser = streamModel([...text('{"sum":3}'), finish()]);
  budget = new MemoryBudget(PLENTY);
});

const bindModel: RunPorts["bindModel"] = ({ provider, id }) =>
  Promise.resolve({ ...(id === "writer" ? writer : parser), provider, id });

/** A run that has no money left once so many calls of models were paid for. */
function worldShortAfter(paidCalls: number) {
  const end = budget.end.bind(budget);
  budget.end = async (id, how) => {
    await end(id, how);
    if (budget.limitMicroUsd === PLENTY && budget.entries.length === paidCalls) {
      budget.limitMicroUsd = budget.spentMicroUsd;
    }
  };
  return runWorld({ model: own, tools: [counted], budget, bindModel });
}

const since = (journal: MemoryJournal, type: string) =>
  journal.types.slice(journal.types.lastIndexOf(type) + 1);

/** What the reader of the stream has of the answer. */
const answerOf = (journal: MemoryJournal, runId: string) =>
  liveEvents(journal.events, runId)
    .flatMap(({ body }) => (body.type === "RunContent" && body.intermediate !== true ? [body.content] : []))
    .join("");

const writing = testAgent({ tools: ["add"], output_model: WRITER });
const parsing = testAgent({ tools: ["add"], parser_model: PARSER, output_schema: SUM });
const both = testAgent({ ...parsing, output_model: WRITER });

describe("a run short of money for its output model", () => {
  it("waits before it has begun to write, and says for which model", async () => {
    const world = worldShortAfter(2);
    expect((await runAgent(writing, world.ports)).status).toBe("PAUSED");
    expect(writer.calls).toEqual([]);
    expect(since(world.journal, "ModelRequestCompleted")).toEqual(["RunContentCompleted", "RunPaused"]);
    expect(world.journal.bodies("RunPaused")[0]?.requirements).toMatchObject([
      { kind: "budget", tool_execution: { tool_args: { needed_for: "writer" } } },
    ]);
  });

  it("goes on exactly there once it is granted: nothing else is asked or made again, and its events are in order", async () => {
    const world = worldShortAfter(2);
    await runAgent(writing, world.ports);
    budget.grantedMicroUsd = PLENTY;
    const { outcome, journal } = await goOnAfter(world, { agent: writing });
    expect(outcome).toEqual({ status: "COMPLETED", content: "The sum is 3." });
    expect([own.calls.length, made, writer.calls.length]).toEqual([2, 1, 1]);
    expect(since(journal, "RunContinued")).toEqual([
      "OutputModelResponseStarted",
      "RunContent",
      "OutputModelResponseCompleted",
      "RunContentCompleted",
      "RunCompleted",
    ]);
    expect(JSON.stringify(writer.calls[0]?.prompt)).toMatch(/"tool-result".*it's 3/);
    expect(journal.bodies("RunCompleted")[0]?.metrics).toMatchObject({
      total_tokens: 45,
      details: { model: [{ total_tokens: 30 }], output_model: [{ total_tokens: 15 }] },
    });
  });

  it("wherever its drivers die, waits again or goes on, and the output model is asked once for an answer it has ended", async () => {
    const world = worldShortAfter(2);
    await runAgent(writing, world.ports);
    const drafted = world.journal.events.findLast(({ body }) => body.type === "ModelRequestCompleted")?.index;
    const { blobs, ports } = world;
    for (let cut = (drafted ?? 0) + 1; cut < world.journal.events.length; cut += 1) {
      const events = world.journal.events.slice(0, cut);
      const next = resumedPorts({ events, internals: world.journal.internals, blobs }, ports);
      expect((await runAgent(writing, next.ports)).status, `cut at ${cut}`).toBe("PAUSED");
    }
    expect([own.calls.length, made, writer.calls.length]).toEqual([2, 1, 0]);

    budget.grantedMicroUsd = PLENTY;
    const { journal } = await goOnAfter(world, { agent: writing });
    const retold =
      journal.events.find(({ body }) => body.type === "OutputModelResponseCompleted")?.index ?? 0;
    const granted = journal.events.findLast(({ body }) => body.type === "RunContinued")?.index ?? 0;
    for (let cut = granted + 1; cut < journal.events.length; cut += 1) {
      writer = streamModel([...text("Three."), finish()]);
      const left = { events: journal.events.slice(0, cut), internals: journal.internals, blobs };
      const next = resumedPorts(left, ports);
      const content = cut > retold ? "The sum is 3." : "Three.";
      expect(await runAgent(writing, next.ports), `cut at ${cut}`).toEqual({ status: "COMPLETED", content });
      expect([own.calls.length, made, writer.calls.length]).toEqual([2, 1, cut > retold ? 0 : 1]);
      expect(answerOf(next.journal, ports.run.runId)).toBe(content);
      const after = next.journal.events.filter(({ index }) => index > granted);
      const completed = after.filter(({ body }) => body.type === "RunContentCompleted");
      expect(completed).toHaveLength(1);
    }
  });

  it("that is refused it ends with budget_refused and keeps what was written", async () => {
    const world = worldShortAfter(2);
    await runAgent(writing, world.ports);
    const decided = { ends_with: "Nobody pays for this.", ends_with_type: "budget_refused" };
    const { outcome, journal } = await goOnAfter(world, { agent: writing, decided });
    expect(outcome).toMatchObject({
      status: "ERROR",
      content: "it's 3",
      error: { type: "budget_refused", sentence: "Nobody pays for this." },
    });
    expect(journal.bodies("RunError")).toMatchObject([{ error_type: "budget_refused" }]);
    expect([own.calls.length, writer.calls.length]).toEqual([2, 0]);
  });
});

describe("a run short of money for its parser model", () => {
  it("waits before the parser has begun, and goes on with it alone once it is granted", async () => {
    const world = worldShortAfter(2);
    expect((await runAgent(parsing, world.ports)).status).toBe("PAUSED");
    expect(since(world.journal, "ModelRequestCompleted")).toEqual(["RunContentCompleted", "RunPaused"]);
    expect(parser.calls).toEqual([]);
    budget.grantedMicroUsd = PLENTY;
    const { outcome, journal } = await goOnAfter(world, { agent: parsing });
    expect(outcome).toEqual({ status: "COMPLETED", content: '{"sum":3}' });
    expect([own.calls.length, made, parser.calls.length]).toEqual([2, 1, 1]);
    expect(since(journal, "RunContinued")).toEqual([
      "ParserModelResponseStarted",
      "ParserModelResponseCompleted",
      "RunContentCompleted",
      "RunCompleted",
    ]);
  });

  it("does not let the output model write again what it has written before", async () => {
    const world = worldShortAfter(3);
    expect((await runAgent(both, world.ports)).status).toBe("PAUSED");
    expect([writer.calls.length, parser.calls.length]).toEqual([1, 0]);
    budget.grantedMicroUsd = PLENTY;
    const { outcome, journal } = await goOnAfter(world, { agent: both });
    expect(outcome).toEqual({ status: "COMPLETED", content: '{"sum":3}' });
    expect([own.calls.length, made, writer.calls.length, parser.calls.length]).toEqual([2, 1, 1, 1]);
    expect(JSON.stringify(parser.calls[0]?.prompt)).toContain("The sum is 3.");
    expect(journal.bodies("RunCompleted")[0]?.metrics.total_tokens).toBe(60);
    const parsed =
      journal.events.find(({ body }) => body.type === "ParserModelResponseCompleted")?.index ?? 0;
    const granted = journal.events.findLast(({ body }) => body.type === "RunContinued")?.index ?? 0;
    for (let cut = granted + 1; cut < journal.events.length; cut += 1) {
      parser = streamModel([...text('{"sum":4}'), finish()]);
      const left = { events: journal.events.slice(0, cut), internals: journal.internals, blobs: world.blobs };
      const next = resumedPorts(left, world.ports);
      const content = cut > parsed ? '{"sum":3}' : '{"sum":4}';
      expect(await runAgent(both, next.ports), `cut at ${cut}`).toEqual({ status: "COMPLETED", content });
      expect([own.calls.length, writer.calls.length]).toEqual([2, 1]);
    }
  });

  it("that is refused it ends with budget_refused and keeps the answer in words", async () => {
    const world = worldShortAfter(3);
    await runAgent(both, world.ports);
    const decided = { ends_with: "Nobody pays for this.", ends_with_type: "budget_refused" };
    const { outcome } = await goOnAfter(world, { agent: both, decided });
    expect(outcome).toMatchObject({
      status: "ERROR",
      content: "The sum is 3.",
      error: { type: "budget_refused" },
    });
    expect(parser.calls).toEqual([]);
  });
});
