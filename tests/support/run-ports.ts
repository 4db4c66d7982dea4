import { type AgentDefinition, agentDefinitionSchema } from "#lib/core/agent-definition.ts";
import { NO_BUDGET } from "./no-budget.ts";
import type { RunPorts } from "#lib/runtime/ports.ts";
import { FakeClock } from "./fake-clock.ts";
import { MemoryJournal } from "./memory-journal.ts";

const RUN_ID = "345a9cfb-e961-4692-9c1a-6cb17aac12b8";

/** An agent with what a test needs of it. */
export function testAgent(definition: Partial<AgentDefinition> = {}): AgentDefinition {
  const model = { provider: "test", id: "test-1" };
  return agentDefinitionSchema.parse({ id: "plain", name: "Plain", model, ...definition });
}

/** A world for one run: its journal holds RunStarted already, as after the run's creation. */
export function runWorld(ports: Pick<RunPorts, "model"> & Partial<RunPorts>) {
  const journal = new MemoryJournal();
  const clock = new FakeClock();
  const cancel = new AbortController();
  const blobs = new Map<string, string>();
  let ids = 0;
  const content = ports.input?.content ?? "hello";
  journal.events.push({
    rootRunId: RUN_ID,
    runId: RUN_ID,
    index: 0,
    lastIndex: 0,
    schemaVersion: 1,
    createdAtMs: clock.nowMs(),
    body: {
      type: "RunStarted",
      model: ports.model.id,
      model_provider: ports.model.provider,
      input: { content },
    },
  });
  const all: RunPorts = {
    scope: { organizationId: "org_1", subject: "u1", actor: { kind: "user", id: "u1" } },
    run: {
      organizationId: "org_1",
      runId: RUN_ID,
      rootRunId: RUN_ID,
      parentRunId: null,
      sessionId: "s1",
      componentType: "agent",
      componentId: "plain",
      componentName: "Plain",
      nestedDepth: 0,
    },
    lease: { organizationId: "org_1", rootRunId: RUN_ID, generation: 1 },
    journal,
    blobs: {
      putText(text) {
        const hash = `hash-${blobs.size}`;
        blobs.set(hash, text);
        return Promise.resolve(hash);
      },
      putBytes(bytes) {
        const hash = `hash-${blobs.size}`;
        blobs.set(hash, Buffer.from(bytes).toString("base64"));
        return Promise.resolve(hash);
      },
    },
    bindModel: () => Promise.reject(new Error("There is no other model.")),
    tools: [],
    budget: NO_BUDGET,
    approvalRules: () => Promise.resolve([]),
    clock,
    newId: () => `id-${++ids}`,
    signal: cancel.signal,
    history: [],
    input: { content, files: [] },
    sessionState: {},
    ...ports,
  };
  return { ports: all, journal, clock, cancel, blobs, runId: RUN_ID };
}

/** Waits until `condition` holds, letting promises and streams move on. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000; turn++) {
    if (condition()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("The condition never came true.");
}
