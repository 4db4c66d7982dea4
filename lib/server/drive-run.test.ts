import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createComponentSchema } from "#lib/core/component.ts";
import type { JournalEvent } from "#lib/core/journal.ts";
import { createModelProviderSchema } from "#lib/core/model-provider.ts";
import { runRequestSchema } from "#lib/core/run-request.ts";
import type { Scope } from "#lib/core/scope.ts";
import { isTextEvent, textOf as textOfPiece } from "#lib/core/text-part.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { type Heartbeat, startHeartbeat } from "#lib/db/leases.ts";
import { listNotes } from "#lib/db/notes.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { claimRun } from "#lib/db/run-leases.ts";
import { getRun } from "#lib/db/runs.ts";
import { fenceOffDriver } from "#tests/support/fence-off-driver.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { type MockServer, startMockOpenAi } from "#tests/support/mock-openai.ts";
import { newEvent, newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { bootId } from "./boot-id.ts";
import { cancelRun } from "./cancel-run.ts";
import { createComponent } from "./create-component.ts";
import { createModelProvider } from "./create-model-provider.ts";
import { deleteComponent } from "./delete-component.ts";
import { driveRun } from "./drive-run.ts";
import { runDrivers } from "./run-drivers.ts";
import { type StartRunInput, startRun } from "./start-run.ts";

let db: TestDatabase;
let heartbeat: Heartbeat;
let mock: MockServer;
let scope: Scope;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment({ SCRIPTED_WORD_DELAY_MS: "4" });
  db = await openTestDatabase();
  heartbeat = await startHeartbeat(bootId());
  mock = await startMockOpenAi({ chunks: ["The ", "boat ", "is ", "called ", "Halcyon."], delayMs: 15 });
});
beforeEach(async () => {
  scope = await makeScope({ subject: "ann" });
});
afterAll(async () => {
  await journalWriter().drain();
  await heartbeat.stop();
  await mock.close();
  await db.close();
  removeFolder();
});

function everyone(): Scope {
  return { ...scope, subject: null };
}

async function start(message: string, more: Partial<StartRunInput> = {}, sessionId: string = randomUUID()) {
  const { run, watch } = await startRun(scope, {
    agentId: "assistant",
    request: runRequestSchema.parse({ message, session_id: sessionId }),
    files: [],
    subject: "ann",
    boundSessionId: null,
    idempotencyKey: null,
    ...more,
  });
  watch.close();
  return run.runId;
}

async function journalOf(runId: string): Promise<JournalEvent[]> {
  return readRunEvents(everyone(), runId, -1, 10_000);
}

/** The names of a run's events; pieces of one text count once. */
async function namesOf(runId: string): Promise<string[]> {
  const names = (await journalOf(runId)).map(({ body }) => body.type as string);
  return names.filter((name, at) => name !== names[at - 1]);
}

function textOf(events: readonly JournalEvent[]): string {
  return events.flatMap((event) => (isTextEvent(event) ? [textOfPiece(event.body)] : [])).join("");
}

async function until(runId: string, type: string, count = 1): Promise<void> {
  await vi.waitUntil(
    async () => (await journalOf(runId)).filter(({ body }) => body.type === type).length >= count,
    { timeout: 20_000, interval: 5 },
  );
}

/** Everything that was numbered, in order and without a gap. */
async function expectWhole(runId: string): Promise<void> {
  let next = 0;
  for (const event of await journalOf(runId)) {
    expect(event.index).toBe(next);
    next = event.lastIndex + 1;
  }
}

describe("a run that nobody drives", () => {
  it("is driven from its beginning to its end when it has only been created, and only once", async () => {
    const run = newRun({ subject: "ann", componentId: "assistant", bootId: null });
    run.events = [newEvent(run.runId, { type: "RunStarted", input: { content: "hello" } })];
    await journalWriter().createRun(everyone(), run);
    const ended = await driveRun(everyone(), run.runId);
    expect(ended).toEqual({ index: (await journalOf(run.runId)).at(-1)?.lastIndex, status: "COMPLETED" });
    expect(await namesOf(run.runId)).not.toContain("RunRecovered");
    expect(await driveRun(everyone(), run.runId)).toEqual(ended);
    await expectWhole(run.runId);
  });

  it("goes on from its broken answer, which is written anew, when its process died in it", async () => {
    const runId = await start("/long 60");
    await until(runId, "RunContent", 3);
    await fenceOffDriver(scope, runId);
    const died = await journalOf(runId);
    expect(await driveRun(everyone(), runId)).toMatchObject({ status: "COMPLETED" });
    const whole = await journalOf(runId);
    const request = died.findLast(({ body }) => body.type === "ModelRequestStarted");
    const recovered = whole.find(({ body }) => body.type === "RunRecovered");
    expect(recovered).toMatchObject({
      index: (died.at(-1)?.lastIndex ?? 0) + 1,
      body: { discarded_from_index: request?.index },
    });
    // What a reader has received stays where it was.
    const at = recovered?.index ?? 0;
    expect(textOf(whole.filter(({ index }) => index < at))).toBe(textOf(died));
    const row = await getRun(everyone(), runId);
    expect(row).toMatchObject({ status: "COMPLETED", driverBootId: null });
    expect(row?.content?.split(" ")).toHaveLength(60);
    await expectWhole(runId);
  });

  it("does not use its tools again whose results it has", async () => {
    const runId = await start('/tool take_note {"text":"once"}');
    await until(runId, "ModelRequestStarted", 2);
    await fenceOffDriver(scope, runId);
    expect(await driveRun(everyone(), runId)).toMatchObject({ status: "COMPLETED" });
    expect((await listNotes(scope, 10)).map(({ text }) => text)).toEqual(["once"]);
    expect((await namesOf(runId)).filter((name) => name === "ToolCallCompleted")).toHaveLength(1);
  });

  it("asks a person when it is not known what a tool did that changes the world", async () => {
    const run = newRun({ subject: "ann", componentId: "assistant", bootId: "boot_dead" });
    const tool = toolCall("take_note", { text: "twice?" });
    run.events = [
      newEvent(run.runId, { type: "RunStarted", input: { content: "note" } }),
      newEvent(run.runId, { type: "ModelRequestStarted" }),
      {
        ...newEvent(run.runId, { type: "ModelRequestCompleted", ...NO_TOKENS }),
        internal: { finish_reason: "tool-calls", calls: 1 },
      },
      { ...newEvent(run.runId, { type: "ToolCallStarted", tool }), internal: { effect: "write" } },
    ];
    await journalWriter().createRun(everyone(), run);
    expect(await driveRun(everyone(), run.runId)).toMatchObject({ status: "PAUSED" });
    expect(await listNotes(scope, 10)).toEqual([]);
    expect(await listRunRequirements(scope, run.runId)).toMatchObject([
      { kind: "effect_unknown", status: "open", toolName: "take_note" },
    ]);
    const names = ["RunRecovered", "RunContentCompleted", "RunPaused"];
    expect((await namesOf(run.runId)).slice(-3)).toEqual(names);
  });

  it("tells the model what it was told before: system, history, files and question", async () => {
    const agentId = await boatAgent();
    const sessionId = randomUUID();
    const first = await start("My boat is called Halcyon.", { agentId }, sessionId);
    await until(first, "RunCompleted");
    const file = { filename: "log.txt", mediaType: "text/plain", bytes: Buffer.from("wind from the west") };
    const runId = await start("What is my boat called?", { agentId, files: [file] }, sessionId);
    await until(runId, "RunContent", 2);
    await fenceOffDriver(scope, runId);
    // A later run of the session is no part of what this one was told.
    const later = await start("And its mast?", { agentId }, sessionId);
    await until(later, "RunCompleted");
    mock.requests.splice(2, 1);
    expect(await driveRun(everyone(), runId)).toMatchObject({ status: "COMPLETED" });
    const [, asked, again] = mock.requests;
    expect(JSON.stringify(asked?.body)).toContain("wind from the west");
    expect(again?.body).toEqual(asked?.body);
  });

  it("ends with the reason when its agent is gone", async () => {
    const agentId = await boatAgent();
    const runId = await start("What is my boat called?", { agentId });
    await until(runId, "RunContent");
    await fenceOffDriver(scope, runId);
    await deleteComponent(everyone(), agentId);
    expect(await driveRun(everyone(), runId)).toMatchObject({ status: "ERROR" });
    expect(await getRun(everyone(), runId)).toMatchObject({
      errorMessage: "Agent not found",
      driverBootId: null,
    });
  });

  it("is not there for a stranger", async () => {
    const runId = await start("/long 20");
    await fenceOffDriver(scope, runId);
    for (const stranger of [await makeScope(), { ...scope, subject: "eve" }]) {
      expect(await driveRun(stranger, runId)).toBeNull();
    }
    expect((await getRun(everyone(), runId))?.driverBootId).toBe("boot_dead");
  });
});

describe("a run that somebody drives", () => {
  it("is left to them", async () => {
    const other = await startHeartbeat("boot_other");
    const run = newRun({ subject: "ann", componentId: "assistant", bootId: "boot_other" });
    await journalWriter().createRun(everyone(), run);
    expect(await driveRun(everyone(), run.runId)).toEqual({ index: 0, status: "RUNNING" });
    expect(await namesOf(run.runId)).toEqual(["RunStarted"]);
    await other.stop();
  });
});

describe("cancelling", () => {
  it("ends a run at once that waits for its driver, before any model call, and asking again changes nothing", async () => {
    const run = newRun({ subject: "ann", componentId: "assistant", bootId: null });
    await journalWriter().createRun(everyone(), run);
    const sessionId = run.session.id;
    await Promise.all([1, 2].map(() => cancelRun(scope, run.runId, sessionId)));
    await cancelRun(scope, run.runId, sessionId);
    expect(await namesOf(run.runId)).toEqual(["RunStarted", "RunCancelled", "RunCompleted"]);
    expect(await getRun(everyone(), run.runId)).toMatchObject({ status: "CANCELLED", driverBootId: null });
    expect(await driveRun(everyone(), run.runId)).toMatchObject({ status: "CANCELLED" });
  });

  it("is honoured by whoever finds the run when its driver is dead; what was written is kept", async () => {
    const runId = await start("/long 400");
    await until(runId, "RunContent", 2);
    await fenceOffDriver(scope, runId);
    await db.pool.query(`UPDATE "Run" SET "cancelRequestedAt" = now() WHERE id = $1`, [runId]);
    const before = await namesOf(runId);
    expect(await driveRun(everyone(), runId)).toMatchObject({ status: "CANCELLED" });
    expect((await namesOf(runId)).slice(before.length)).toEqual(["RunCancelled", "RunCompleted"]);
    const written = (await journalOf(runId)).filter(({ body }) => body.type === "RunContent");
    expect((await getRun(everyone(), runId))?.content).toBe(textOf(written));
  });
});

describe("a driver whose journal fails", () => {
  it("hands the run over, and the next one goes on where the journal stands", async () => {
    const runId = await start("/long 300");
    await until(runId, "RunContent", 2);
    await db.pool.query(`ALTER TABLE "RunEvent" RENAME TO "RunEventAway"`);
    await vi.waitUntil(() => !runDrivers().runIds().includes(runId), { timeout: 20_000, interval: 5 });
    await db.pool.query(`ALTER TABLE "RunEventAway" RENAME TO "RunEvent"`);
    expect(await getRun(everyone(), runId)).toMatchObject({ status: "RUNNING", driverBootId: null });
    const { rows } = await db.pool.query(`SELECT payload FROM "Outbox" WHERE payload ->> 'runId' = $1`, [
      runId,
    ]);
    expect(rows).toMatchObject([{ payload: { generation: 1, subject: "ann" } }]);
    expect(await driveRun(everyone(), runId)).toMatchObject({ status: "COMPLETED" });
    expect((await getRun(everyone(), runId))?.content?.split(" ")).toHaveLength(300);
    await expectWhole(runId);
  });
});

describe("a process that stops", () => {
  it("lets its drivers go where they are, and claims nothing more", async () => {
    const runId = await start("/long 2000");
    const sessionRun = await start('/tool take_note {"text":"before the stop"}');
    await until(runId, "RunContent", 2);
    await until(sessionRun, "RunCompleted");
    const drivers = runDrivers();
    await drivers.drain(1);
    await drivers.handOver();
    expect(drivers.runIds()).toEqual([]);
    expect(await getRun(everyone(), runId)).toMatchObject({ status: "RUNNING", driverBootId: bootId() });
    const stopped = await journalOf(runId);
    expect(stopped.at(-1)?.body.type).toBe("RunContent");
    const waiting = newRun({ subject: "ann", componentId: "assistant", bootId: null });
    await journalWriter().createRun(everyone(), waiting);
    expect(await driveRun(everyone(), waiting.runId)).toEqual({ index: 0, status: "PENDING" });
    expect(await claimRun(everyone(), waiting.runId, "boot_next")).not.toBeNull();
  });
});

async function boatAgent(): Promise<string> {
  const name = `Boat ${randomUUID().slice(0, 8)}`;
  const provider = await createModelProvider(
    everyone(),
    createModelProviderSchema.parse({
      kind: "openai-compatible",
      name,
      base_url: mock.url,
      api_key: "sk-boat-boat-boat-boat",
      models: ["mock-1"],
    }),
  );
  const agent = await createComponent(
    everyone(),
    createComponentSchema.parse({
      component_type: "agent",
      name,
      stage: "published",
      config: { model: { provider: provider.id, id: "mock-1" }, instructions: "You know boats." },
    }),
  );
  mock.requests.length = 0;
  return agent.component_id;
}

const NO_TOKENS = {
  input_tokens: 1,
  output_tokens: 1,
  total_tokens: 2,
  reasoning_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
};

function toolCall(name: string, args: Record<string, string>) {
  return {
    tool_call_id: "call_1",
    tool_name: name,
    tool_args: args,
    tool_call_error: null,
    result: null,
    metrics: null,
    child_run_id: null,
    stop_after_tool_call: false,
    created_at: 1,
    requires_confirmation: null,
    confirmed: null,
    confirmation_note: null,
    requires_user_input: null,
    user_input_schema: null,
    user_feedback_schema: null,
    answered: null,
    external_execution_required: null,
    external_execution_silent: null,
    approval_type: null,
    approval_id: null,
  };
}
