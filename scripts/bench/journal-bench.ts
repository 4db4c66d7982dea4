import { randomUUID } from "node:crypto";
import type { NewEvent } from "#lib/core/journal.ts";
import type { RunEventBody } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";

/** How fast runs reach the journal at one level of concurrency. */
export interface JournalBenchResult {
  concurrency: number;
  runs: number;
  runsPerSecond: number;
  /** Milliseconds from the call to the committed creation. */
  createP50Ms: number;
  createP95Ms: number;
}

/**
 * Measures the journal's writer on the process's registered database: each run is a new session with its run and first
 * event, three more commits with seven events, and the end with its totals. `organizationId` must exist; the rows stay.
 */
export async function benchJournal(
  organizationId: string,
  concurrency: number,
  runs: number,
): Promise<JournalBenchResult> {
  const scope: Scope = { organizationId, subject: null, actor: { kind: "system", id: "bench" } };
  const createMs: number[] = [];
  let started = 0;
  const begin = performance.now();
  async function work(): Promise<void> {
    while (started < runs) {
      started += 1;
      createMs.push(await persistRun(scope));
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (performance.now() - begin) / 1000;
  await journalWriter().drain();
  createMs.sort((a, b) => a - b);
  return {
    concurrency,
    runs,
    runsPerSecond: runs / seconds,
    createP50Ms: createMs[Math.floor(createMs.length * 0.5)] ?? 0,
    createP95Ms: createMs[Math.floor(createMs.length * 0.95)] ?? 0,
  };
}

async function persistRun(scope: Scope): Promise<number> {
  const runId = randomUUID();
  const sessionId = randomUUID();
  const model = { model: "demo-1", model_provider: "Scripted" };
  const event = (body: RunEventBody): NewEvent => ({ runId, createdAtMs: Date.now(), body });
  const text = (content: string) => event({ type: "RunContent", content, content_type: "str" });
  const writer = journalWriter();
  const before = performance.now();
  const created = await writer.createRun(scope, {
    runId,
    rootRunId: runId,
    parentRunId: null,
    session: { id: sessionId, title: null, state: {} },
    subject: "bench",
    componentType: "agent",
    componentId: "bench",
    componentName: "Bench",
    componentVersion: null,
    modelProvider: model.model_provider,
    modelId: model.model,
    input: { content: "What is the answer?" },
    inputPreview: "What is the answer?",
    events: [event({ type: "RunStarted", ...model })],
    bootId: "boot_bench",
  });
  const createMs = performance.now() - before;
  if (created.kind !== "created") throw new Error(`The bench's run was not created: ${created.kind}`);
  const { lease } = created;
  await writer.append({
    lease,
    events: [event({ type: "ModelRequestStarted", ...model }), text("The answer ")],
  });
  await writer.append({ lease, events: [text("is "), text("42.")] });
  const tokens = { inputTokens: 10, outputTokens: 5, totalTokens: 15, reasoningTokens: 0 };
  await writer.append({
    lease,
    events: [
      event({
        type: "ModelRequestCompleted",
        ...model,
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        reasoning_tokens: 0,
        cache_read_tokens: 0,
        cache_write_tokens: 0,
      }),
      event({ type: "RunContentCompleted" }),
      event({
        type: "RunCompleted",
        content: "The answer is 42.",
        content_type: "str",
        metrics: { input_tokens: 10, output_tokens: 5, total_tokens: 15, duration: 0.01 },
        session_state: {},
      }),
    ],
    patches: [
      {
        runId,
        patch: {
          status: "COMPLETED",
          content: "The answer is 42.",
          ...tokens,
          durationMs: 10,
          endedAtMs: Date.now(),
        },
      },
    ],
  });
  writer.compact(lease, 2, 4);
  return createMs;
}
