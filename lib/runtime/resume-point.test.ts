import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { compactPart } from "#lib/core/compact-part.ts";
import type { JournalEvent } from "#lib/core/journal.ts";
import { liveEvents } from "#lib/core/live-events.ts";
import type { Tool, ToolEffect } from "#lib/core/tool.ts";
import { isTextEvent, textOf } from "#lib/core/text-part.ts";
import type { BoundModel, RunPorts } from "#lib/runtime/ports.ts";
import type { MemoryJournal } from "#tests/support/memory-journal.ts";
import { type LeftBehind, resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { call, finish, reasoning, streamModel, text } from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

/** One turn of a model: what it thinks, says and calls. */
interface Turn {
  thought: string[];
  said: string[];
  calls: ("read" | "idempotent" | "write" | "failing" | "broken")[];
}

const turnArbitrary: fc.Arbitrary<Turn> = fc.record({
  thought: fc.array(fc.constantFrom("Let me ", "see. ", "ﷺ"), { maxLength: 2 }),
  said: fc.array(fc.constantFrom("I look. ", "Well, ", "👩‍👩‍👧"), { maxLength: 3 }),
  calls: fc.array(fc.constantFrom("read", "idempotent", "write", "failing", "broken"), {
    minLength: 1,
    maxLength: 3,
  }),
});
const answer: Turn = { thought: ["So."], said: ["It ", "is ", "so."], calls: [] };
const AGENT = testAgent({ instructions: "Be brief.", tool_call_limit: 5 });

/** Answers by what the prompt holds, as a model does: asked again with the same prompt it says the same. */
function modelOf(turns: readonly Turn[]): BoundModel & { calls: LanguageModelV4CallOptions[] } {
  return streamModel(
    (options) =>
      new ReadableStream<LanguageModelV4StreamPart>({
        start(controller) {
          const at = options.prompt.filter((message) => message.role === "assistant").length;
          const refused = options.toolChoice?.type === "none";
          for (const part of partsOf(refused ? answer : (turns[at] ?? answer), at)) controller.enqueue(part);
          controller.close();
        },
      }),
  );
}

function partsOf(turn: Turn, at: number): LanguageModelV4StreamPart[] {
  const calls = turn.calls.map((name, n) =>
    name === "broken"
      ? call(`${at}-${n}`, "write", '{"key":')
      : { ...call(`${at}-${n}`, name, { key: `${at}-${n}` }), providerMetadata: { test: { item: at } } },
  );
  return [
    ...(turn.thought.length === 0 ? [] : reasoning(...turn.thought)),
    ...(turn.said.length === 0 ? [] : text(...turn.said)),
    ...(calls as LanguageModelV4StreamPart[]),
    finish(calls.length > 0 ? "tool-calls" : "stop"),
  ];
}

/** Tools of every effect, which keep count of what they did. */
function countingTools() {
  const writes = new Map<string, number>();
  const tool = (name: string, effect: ToolEffect, execute: (key: string) => string): Tool => ({
    name,
    title: name,
    description: name,
    effect,
    input: z.object({ key: z.string() }),
    execute: (input) => Promise.resolve(execute((input as { key: string }).key)),
  });
  const tools = [
    tool("read", "read", (key) => `read ${key}`),
    tool("idempotent", "idempotent", (key) => `set ${key}`),
    tool("failing", "read", (key) => {
      throw new Error(`no ${key}`);
    }),
    tool("write", "write", (key) => {
      writes.set(key, (writes.get(key) ?? 0) + 1);
      return `wrote ${key}`;
    }),
  ];
  return { tools, writes };
}

/** A run from its beginning, uninterrupted. */
async function wholeRun(turns: readonly Turn[]) {
  const model = modelOf(turns);
  const { tools, writes } = countingTools();
  const world = runWorld({ model, tools });
  const outcome = await runAgent(AGENT, world.ports);
  return { ...world, model, writes, outcome };
}

function left(journal: MemoryJournal, blobs: LeftBehind["blobs"]): LeftBehind {
  return { events: [...journal.events], internals: new Map(journal.internals), blobs };
}

/** Lets a run's process die at its n-th append: before it is committed, or after, unheard. Resolves when it is dead. */
async function runUntilDeath(ports: RunPorts, journal: MemoryJournal, appends: number, committed: boolean) {
  let passed = 0;
  let dead = false;
  const append = journal.append.bind(journal);
  journal.append = async (request) => {
    passed += 1;
    if (passed <= appends && !dead) return append(request);
    if (committed && !dead) await append(request);
    dead = true;
    return new Promise(() => undefined);
  };
  let over = false;
  void runAgent(AGENT, ports).then(() => {
    over = true;
  });
  await until(() => dead || over);
  // Whatever the dead process had begun beside the append goes as far as it gets.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** What counts in a journal: texts, calls and results in order, whatever pieces they came in. */
function standing(events: readonly JournalEvent[]): string[] {
  const lines: string[] = [];
  for (const event of liveEvents(events, events[0]?.runId ?? "")) {
    const { body } = event;
    if (isTextEvent(event)) {
      const label = `${body.type} `;
      const last = lines.at(-1) ?? "";
      if (last.startsWith(label)) lines[lines.length - 1] = last + textOf(event.body);
      else lines.push(label + textOf(event.body));
    } else if (body.type === "ToolCallStarted") lines.push(`call ${body.tool.tool_name}`);
    else if (body.type === "ToolCallCompleted") {
      lines.push(`result of ${body.tool.tool_name}: ${body.tool.result ?? ""}`);
    } else lines.push(body.type === "RunCompleted" ? `RunCompleted ${body.content}` : body.type);
  }
  // Calls of one turn end in any order.
  return lines.filter((line) => line !== "ToolCallError").toSorted();
}

describe("a run whose process died", () => {
  it("ends as if nothing had happened, or asks a person what a tool did; no write happens twice", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(turnArbitrary, { maxLength: 3 }),
        fc.array(fc.record({ appends: fc.nat(9), committed: fc.boolean() }), { minLength: 1, maxLength: 3 }),
        async (turns, deaths) => {
          const whole = await wholeRun(turns);
          const { tools, writes } = countingTools();
          const model = modelOf(turns);
          const world = runWorld({ model, tools });
          let { ports, journal } = world;
          for (const { appends, committed } of deaths) {
            await runUntilDeath(ports, journal, appends, committed);
            if (isOver(journal)) break;
            ({ ports, journal } = resumedPorts(left(journal, world.blobs), ports));
          }
          const drivers = ports.lease.generation;
          const outcome = isOver(journal) ? null : await runAgent(AGENT, ports);
          for (const count of writes.values()) expect(count).toBe(1);
          // A driver that died before its first commit has left no trace.
          const recoveries = journal.bodies("RunRecovered").length;
          expect(recoveries).toBeLessThan(drivers);
          if (drivers > 1 && outcome !== null) expect(recoveries).toBeGreaterThan(0);
          const [pause] = journal.bodies("RunPaused");
          if (pause !== undefined) {
            const finished = new Set(
              journal.bodies("ToolCallCompleted").map((body) => body.tool.tool_call_id),
            );
            const begun = journal.bodies("ToolCallStarted").map(({ tool }) => tool);
            for (const { kind, tool_execution: asked } of pause.requirements) {
              expect(kind).toBe("effect_unknown");
              expect(asked.tool_name).toBe("write");
              // A call whose arguments were not understood has certainly done nothing.
              expect(Object.keys(asked.tool_args).length).toBeGreaterThan(0);
              expect(begun.map((tool) => tool.tool_call_id)).toContain(asked.tool_call_id);
              expect(finished).not.toContain(asked.tool_call_id);
            }
            return;
          }
          expect(outcome?.status ?? "COMPLETED").toBe("COMPLETED");
          expect(writes).toEqual(whole.writes);
          expect(standing(journal.events)).toEqual(standing(whole.journal.events));
          expect(journal.bodies("RunCompleted")[0]).toMatchObject({
            content: whole.journal.bodies("RunCompleted")[0]?.content,
            reasoning_content: whole.journal.bodies("RunCompleted")[0]?.reasoning_content,
          });
          // The model is told the same as if one process had done it all.
          const last = model.calls.at(-1);
          if (outcome !== null && last !== undefined) {
            expect(last.prompt).toEqual(whole.model.calls.at(-1)?.prompt);
            expect(last.toolChoice).toEqual(whole.model.calls.at(-1)?.toolChoice);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("goes on from any index of its journal, compacted or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(turnArbitrary, { maxLength: 2 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.boolean(),
        async (turns, at, compacted) => {
          const whole = await wholeRun(turns);
          const rows = compacted ? compact(whole.journal.events) : whole.journal.events;
          // At least RunStarted stands, and the run's end does not.
          const kept = rows.slice(0, 1 + (at % (rows.length - 1)));
          const { tools, writes } = countingTools();
          const changes = { tools, model: modelOf(turns) };
          const { ports, journal, point } = resumedPorts(
            { events: kept, internals: whole.journal.internals, blobs: whole.blobs },
            whole.ports,
            changes,
          );
          const outcome = await runAgent(AGENT, ports);
          for (const { body } of kept) {
            if (body.type !== "ToolCallCompleted" || body.tool.tool_name !== "write") continue;
            expect(writes.has(body.tool.tool_call_id)).toBe(false);
          }
          const ids = journal.bodies("ToolCallStarted").map((body) => body.tool.tool_call_id);
          expect(new Set(ids).size).toBe(ids.length);
          const { next } = point;
          if (next.kind === "call_tools" && next.open.some(({ progress }) => progress === "unknown")) {
            expect(outcome).toEqual({ status: "PAUSED" });
            expect(writes.size).toBe(0);
          } else {
            expect(outcome).toEqual(whole.outcome);
            expect(standing(journal.events).filter((line) => line !== "RunContentCompleted")).toEqual(
              standing(whole.journal.events).filter((line) => line !== "RunContentCompleted"),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("may make only the tool calls that its former driver has left of the limit", async () => {
    const turn: Turn = { thought: [], said: ["I look."], calls: ["read", "read", "read"] };
    const turns = [turn, turn, turn];
    const refused = (of: MemoryJournal) =>
      of.bodies("ToolCallCompleted").flatMap(({ tool }) => (tool.tool_call_error ? [tool.tool_call_id] : []));
    const whole = await wholeRun(turns);
    expect(refused(whole.journal)).toEqual(["1-2"]);
    const { events } = whole.journal;
    const results = events.filter(({ body }) => body.type === "ToolCallCompleted");
    for (const calls of [3, 6]) {
      const died = (results[calls - 1]?.index ?? 0) + 1;
      const model = modelOf(turns);
      const { ports, journal } = resumedPorts(
        { events: events.slice(0, died), internals: whole.journal.internals, blobs: whole.blobs },
        whole.ports,
        { model },
      );
      expect(await runAgent(AGENT, ports)).toEqual(whole.outcome);
      expect(refused(journal)).toEqual(["1-2"]);
      expect(model.calls.at(-1)?.toolChoice).toEqual({ type: "none" });
    }
  });
});

function isOver(journal: MemoryJournal): boolean {
  return ["RunCompleted", "RunError", "RunPaused"].includes(journal.events.at(-1)?.body.type ?? "");
}

function compact(events: readonly JournalEvent[]): JournalEvent[] {
  const merged = compactPart(events);
  return events.flatMap((event) => {
    const row = merged.find((one) => one.index <= event.index && event.index <= one.lastIndex);
    if (row === undefined) return [event];
    return row.index === event.index ? [row] : [];
  });
}
