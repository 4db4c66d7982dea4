import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { CallAnswer } from "#lib/core/posted-tools.ts";
import type { Tool, ToolHold } from "#lib/core/tool.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import type { BoundModel } from "#lib/runtime/ports.ts";
import { expectNoOrphans } from "#tests/support/expect-no-orphans.ts";
import type { MemoryJournal } from "#tests/support/memory-journal.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { type Death, runUntilDeath } from "#tests/support/run-until-death.ts";
import { answerTo, settleInMemory } from "#tests/support/settle-in-memory.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

const KINDS = ["free", "confirmed", "refused", "edited", "filled", "outside"] as const;
type Kind = (typeof KINDS)[number];
/** The calls of each turn of a model. */
type Turns = readonly (readonly Kind[])[];

const AGENT = testAgent({ tool_call_limit: 20 });
const HOLDS: Partial<Record<Kind, ToolHold>> = {
  confirmed: { kind: "confirmation" },
  refused: { kind: "confirmation" },
  edited: { kind: "confirmation" },
  filled: { kind: "user_input", fields: ["key"] },
  outside: { kind: "external_execution", silent: false },
};

/** Answers by what the prompt holds, as a model does: asked again with the same prompt it says the same. */
function modelOf(turns: Turns): BoundModel & { calls: LanguageModelV4CallOptions[] } {
  return streamModel(
    (options) =>
      new ReadableStream<LanguageModelV4StreamPart>({
        start(controller) {
          const at = options.prompt.filter((message) => message.role === "assistant").length;
          const calls = (turns[at] ?? []).map((kind, n) =>
            call(`${at}-${n}`, kind, kind === "filled" ? {} : { key: `${at}-${n}` }),
          );
          const end = calls.length > 0 ? finish("tool-calls") : finish();
          for (const part of [...text(`Turn ${at}. `), ...calls, end]) controller.enqueue(part);
          controller.close();
        },
      }),
  );
}

/** Tools of every kind that change the world, and what they did: by call, how often and with which argument. */
function countingTools() {
  const done = new Map<string, string[]>();
  const tools = KINDS.map((name): Tool => {
    const hold = HOLDS[name];
    return {
      name,
      title: name,
      description: name,
      effect: "write",
      input: z.object({ key: z.string() }),
      ...(hold === undefined ? {} : { hold }),
      execute: (input, { toolCallId }) => {
        const { key } = input as { key: string };
        done.set(toolCallId, [...(done.get(toolCallId) ?? []), key]);
        return Promise.resolve(`did ${key}`);
      },
    };
  });
  return { tools, done };
}

function decide(tool: ToolExecution): CallAnswer {
  const id = tool.tool_call_id;
  switch (tool.tool_name as Kind) {
    case "refused":
      return answerTo(tool, { confirmed: false, note: `not ${id}` });
    case "edited":
      return answerTo(tool, { confirmed: true, args: { key: `${id} better` } });
    case "filled":
      return answerTo(tool, { answered: true, values: new Map([["key", `${id} by hand`]]) });
    case "outside":
      return answerTo(tool, { result: `${id} elsewhere` });
    case "confirmed":
    case "free":
      return answerTo(tool, { confirmed: true });
  }
}

/** Drives a run with all its pauses; at each death the process is gone and another goes on. */
async function wholeRun(turns: Turns, deaths: readonly Death[] = []) {
  const { tools, done } = countingTools();
  const model = modelOf(turns);
  const world = runWorld({ model, tools });
  let { ports, journal } = world;
  const next = () => {
    const left = { events: [...journal.events], internals: new Map(journal.internals), blobs: world.blobs };
    ({ ports, journal } = resumedPorts(left, ports));
  };
  const left = [...deaths];
  let unknown = 0;
  for (let drives = 0; drives < 50; drives++) {
    const death = left.shift();
    if (death === undefined) await runAgent(AGENT, ports);
    else await runUntilDeath(AGENT, { ports, journal }, death);
    if (isOver(journal)) break;
    if (journal.events.at(-1)?.body.type === "RunPaused") {
      settleInMemory(journal, tools, (tool, kind) => {
        if (kind !== "effect_unknown") return decide(tool);
        unknown += 1;
        // Somebody goes and looks.
        const [key] = done.get(tool.tool_call_id) ?? [];
        return answerTo(tool, key === undefined ? { confirmed: true } : { result: `did ${key}` });
      });
    }
    next();
  }
  return { journal, model, done, unknown };
}

function isOver(journal: MemoryJournal): boolean {
  return journal.bodies("RunCompleted").length + journal.bodies("RunError").length > 0;
}

function resultsIn(prompt: LanguageModelV4Prompt | undefined) {
  return (prompt ?? []).filter(({ role }) => role === "tool" || role === "assistant");
}

const turnsArbitrary = fc.array(fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 4 }), {
  maxLength: 3,
});

describe("a run that waits for people", () => {
  it("makes what may be made once, with what people left of it, and tells the model in call order", async () => {
    await fc.assert(
      fc.asyncProperty(turnsArbitrary, async (turns) => {
        const { journal, model, done } = await wholeRun(turns);
        expect(journal.bodies("RunCompleted")).toHaveLength(1);
        expect(journal.bodies("RunRecovered")).toEqual([]);
        const waits = turns.filter((kinds) => kinds.some((kind) => kind !== "free")).length;
        expect(journal.bodies("RunPaused")).toHaveLength(waits);
        expect(journal.bodies("RunContinued")).toHaveLength(waits);
        const expected = turns.flatMap((kinds, at) =>
          kinds.flatMap((kind, n): [string, string[]][] => {
            const id = `${at}-${n}`;
            if (kind === "refused" || kind === "outside") return [];
            const suffix = { edited: " better", filled: " by hand" }[kind as string] ?? "";
            return [[id, [`${id}${suffix}`]]];
          }),
        );
        expect(done).toEqual(new Map(expected));
        for (const { prompt } of model.calls) expectNoOrphans(prompt);
      }),
      { numRuns: 200 },
    );
  });

  it("does the same, and nothing twice, when its processes die on the way and people look what happened", async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(
        turnsArbitrary,
        fc.array(fc.record({ appends: fc.nat(5), committed: fc.boolean() }), { minLength: 1, maxLength: 5 }),
        async (turns, deaths) => {
          const whole = await wholeRun(turns);
          const { journal, model, done, unknown } = await wholeRun(turns, deaths);
          asked += unknown;
          for (const times of done.values()) expect(times).toHaveLength(1);
          for (const { prompt } of model.calls) expectNoOrphans(prompt);
          expect(journal.events.map(({ index }) => index)).toEqual(journal.events.map((_, index) => index));
          expect(done).toEqual(whole.done);
          expect(resultsIn(model.calls.at(-1)?.prompt)).toEqual(resultsIn(whole.model.calls.at(-1)?.prompt));
        },
      ),
      { numRuns: 300 },
    );
    // Else the test would say nothing of them.
    expect(asked).toBeGreaterThan(20);
  });
});

it("time that a run waits for people is no part of its duration", async () => {
  const { tools } = countingTools();
  const world = runWorld({ model: modelOf([["confirmed"]]), tools });
  expect(await runAgent(AGENT, world.ports)).toEqual({ status: "PAUSED" });
  const pausedAppend = world.journal.appends.at(-1);
  expect(pausedAppend).toMatchObject({
    patches: [{ patch: { status: "PAUSED", durationMs: 0 } }],
    requirements: [{ kind: "confirmation", position: 0, asked: { tool_name: "confirmed" } }],
  });
  world.clock.advance(3_600_000);
  settleInMemory(world.journal, tools, decide);
  const at = world.journal.events.at(-1);
  if (at !== undefined) at.createdAtMs = world.clock.nowMs();
  const { events, internals } = world.journal;
  const { ports, journal } = resumedPorts({ events, internals, blobs: world.blobs }, world.ports);
  expect(await runAgent(AGENT, ports)).toMatchObject({ status: "COMPLETED" });
  expect(journal.bodies("RunCompleted")[0]?.metrics.duration ?? 0).toBeLessThan(1);
  expect(journal.appends.at(-1)).toMatchObject({ cancelRequirements: true });
});
