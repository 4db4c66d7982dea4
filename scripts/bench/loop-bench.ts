import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { z } from "zod";
import { type AgentDefinition, agentDefinitionSchema } from "#lib/core/agent-definition.ts";
import type { JournalPort } from "#lib/core/journal.ts";
import type { Tool } from "#lib/core/tool.ts";
import { NO_BUDGET } from "#tests/support/no-budget.ts";
import type { BoundModel, RunPorts } from "#lib/runtime/ports.ts";
import { runAgent } from "#lib/runtime/run-agent.ts";
import { SYSTEM_CLOCK } from "#lib/runtime/system-clock.ts";
import type { Measurement } from "./measurement.ts";

const DELTAS = 20;
const MANY_DELTAS = 1_000;
/** Microseconds of the bare loop on the same kind of machine: models-and-mcp.md, section 2.2. */
const BARE = { text: "9-16", tool: "13-22", chunk: "0.3-0.45" };

/**
 * Measures the loop alone: a model in this process that answers at once, a journal that takes everything at once.
 * Takes about five seconds.
 */
export async function benchLoop(): Promise<Measurement[]> {
  const [short, many, called] = [textTurn(DELTAS), textTurn(MANY_DELTAS), toolTurn()];
  const bare = await fastestMicros(2_000, () => readOnce(short));
  const text = await fastestMicros(2_000, () => runOnce([short]));
  const tool = await fastestMicros(2_000, () => runOnce([called, short]));
  const long = await fastestMicros(200, () => runOnce([many]));
  const chunk = (long - text) / (MANY_DELTAS - DELTAS);
  const line = (what: string, value: number, goal: string): Measurement => ({
    area: "loop",
    what,
    value: `${value.toFixed(value < 10 ? 2 : 1)} µs`,
    against: `${goal} µs bare loop, goal within 2x`,
  });
  return [
    {
      area: "loop",
      what: `reading a stream of ${DELTAS} pieces, nothing else`,
      value: `${bare.toFixed(1)} µs`,
      against: "the floor on this machine now",
    },
    line(`run of ${DELTAS} pieces, journal stubbed`, text, BARE.text),
    line(`run of a tool call and ${DELTAS} pieces`, tool, BARE.tool),
    line("one streamed piece", chunk, BARE.chunk),
  ];
}

/** The mean of `runs` runs in the fastest of seven rounds, in microseconds: other work on the machine only adds. */
async function fastestMicros(runs: number, run: () => Promise<void>): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 7; round++) {
    const startedAt = performance.now();
    for (let done = 0; done < runs; done++) await run();
    fastest = Math.min(fastest, ((performance.now() - startedAt) * 1_000) / runs);
  }
  return fastest;
}

/** What reading a model's stream costs without any loop. */
async function readOnce(parts: readonly LanguageModelV4StreamPart[]): Promise<void> {
  const reader = streamOf(parts).getReader();
  while (!(await reader.read()).done);
}

const journal: JournalPort = {
  append: () => Promise.resolve({ firstIndex: 1 }),
  compact: () => undefined,
};

const adder: Tool = {
  name: "add",
  title: "Add",
  description: "Adds two numbers.",
  effect: "read",
  input: z.object({ a: z.number(), b: z.number() }),
  execute: () => Promise.resolve(3),
};

const definition: AgentDefinition = agentDefinitionSchema.parse({
  id: "bench",
  name: "Bench",
  model: { provider: "bench", id: "bench" },
  tools: ["add"],
});

const run: RunPorts["run"] = {
  organizationId: "org_bench",
  runId: "00000000-0000-4000-8000-000000000001",
  rootRunId: "00000000-0000-4000-8000-000000000001",
  parentRunId: null,
  sessionId: "bench",
  componentType: "agent",
  componentId: "bench",
  componentName: "Bench",
  nestedDepth: 0,
};
const signal = new AbortController().signal;

async function runOnce(turns: readonly (readonly LanguageModelV4StreamPart[])[]): Promise<void> {
  const outcome = await runAgent(definition, {
    scope: { organizationId: run.organizationId, subject: null, actor: { kind: "system", id: "bench" } },
    run,
    lease: { organizationId: run.organizationId, rootRunId: run.rootRunId, generation: 1 },
    journal,
    blobs: {
      putText: () => Promise.resolve("0".repeat(64)),
      putBytes: () => Promise.resolve("0".repeat(64)),
    },
    model: instantModel(turns),
    bindModel: () => Promise.reject(new Error("There is no other model.")),
    tools: [adder],
    budget: NO_BUDGET,
    approvalRules: () => Promise.resolve([]),
    clock: SYSTEM_CLOCK,
    newId: () => "00000000-0000-4000-8000-000000000002",
    signal,
    history: [],
    input: { content: "hello", files: [] },
    sessionState: {},
  });
  if (outcome.status !== "COMPLETED" || outcome.content.length < DELTAS)
    throw new Error("The run went wrong.");
}

function instantModel(turns: readonly (readonly LanguageModelV4StreamPart[])[]): BoundModel {
  let asked = 0;
  const model: LanguageModelV4 = {
    specificationVersion: "v4",
    provider: "bench",
    modelId: "bench",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("The loop only streams.")),
    doStream: () => Promise.resolve({ stream: streamOf(turns[asked++] ?? []) }),
  };
  return { model, id: "bench", provider: "Bench", costMicroUsd: () => 0, structuredOutput: "schema" };
}

function streamOf(parts: readonly LanguageModelV4StreamPart[]): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

function textTurn(deltas: number): LanguageModelV4StreamPart[] {
  return [
    { type: "stream-start", warnings: [] },
    { type: "text-start", id: "t" },
    ...Array.from({ length: deltas }, () => ({ type: "text-delta" as const, id: "t", delta: "word " })),
    { type: "text-end", id: "t" },
    finish("stop"),
  ];
}

function toolTurn(): LanguageModelV4StreamPart[] {
  return [
    { type: "stream-start", warnings: [] },
    { type: "tool-call", toolCallId: "c", toolName: "add", input: '{"a":1,"b":2}' },
    finish("tool-calls"),
  ];
}

function finish(unified: "stop" | "tool-calls"): LanguageModelV4StreamPart {
  const inputTokens = { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 };
  const outputTokens = { total: 5, text: 5, reasoning: 0 };
  return { type: "finish", finishReason: { unified, raw: undefined }, usage: { inputTokens, outputTokens } };
}
