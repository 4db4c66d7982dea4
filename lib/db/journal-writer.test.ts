import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LeaseLostError, type RunLease } from "#lib/core/journal.ts";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newEvent, newRun, newText } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import type { CreateRun } from "./create-run.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { readInternalRecords, readRunEvents } from "./run-events.ts";
import { durableEventSchema } from "../core/durable-event.ts";
import { getRun } from "./runs.ts";
import { getSession } from "./sessions.ts";

let db: TestDatabase;
const writer = createJournalWriter();

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await writer.drain();
  await db.close();
});

async function created(scope: Awaited<ReturnType<typeof makeScope>>, run: CreateRun): Promise<RunLease> {
  const result = await writer.createRun(scope, run);
  if (result.kind !== "created") throw new Error(`not created: ${result.kind}`);
  return result.lease;
}

async function countRows(organizationId: string): Promise<Record<string, number>> {
  const { rows } = await database().pool.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM "Session" WHERE "organizationId" = $1) AS sessions,
       (SELECT count(*)::int FROM "Run" WHERE "organizationId" = $1) AS runs,
       (SELECT count(*)::int FROM "RunEvent" WHERE "organizationId" = $1) AS events,
       (SELECT count(*)::int FROM "Outbox" WHERE "organizationId" = $1) AS messages`,
    [organizationId],
  );
  return rows[0] ?? {};
}

const wakeUp = durableEventSchema.parse({
  name: "gatehouse/run.requested",
  data: { organizationId: "org_test", runId: "run_test", subject: "ada", generation: 0 },
});

describe("creating a run", () => {
  it("writes session, run, first events and outbox in one step, with the driver's lease", async () => {
    const scope = await makeScope();
    const run = newRun({ subject: "ada", outbox: [wakeUp] });
    run.session = { id: run.session.id, title: "Greeting", state: { a: 1, b: 1 }, stateOverride: { b: 2 } };
    expect(await writer.createRun(scope, run)).toEqual({
      kind: "created",
      lease: { organizationId: scope.organizationId, rootRunId: run.runId, generation: 1 },
      sessionState: { a: 1, b: 2 },
      sessionCreated: true,
    });
    expect(await countRows(scope.organizationId)).toEqual({ sessions: 1, runs: 1, events: 1, messages: 1 });
    expect(await getRun(scope, run.runId)).toMatchObject({
      status: "RUNNING",
      driverBootId: "boot_test",
      generation: 1,
      nextIndex: 1,
      input: { content: "hello" },
    });
    expect(await getSession(scope, run.session.id)).toMatchObject({ title: "Greeting", subject: "ada" });
  });

  it("lays a later run's state over what the session has stored", async () => {
    const scope = await makeScope();
    const first = newRun();
    first.session.state = { a: 1 };
    await created(scope, first);
    const second = newRun();
    second.session = { id: first.session.id, title: null, state: { a: 9, z: 9 }, stateOverride: { b: 2 } };
    expect(await writer.createRun(scope, second)).toMatchObject({
      kind: "created",
      sessionState: { a: 1, b: 2 },
      sessionCreated: false,
    });
  });

  it("takes many first runs of one session at once, and says to one of them that it opened the session", async () => {
    const scope = await makeScope();
    const sessionId = randomUUID();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => writer.createRun(scope, newRun({ sessionId }))),
    );
    expect(results.every(({ kind }) => kind === "created")).toBe(true);
    expect(results.filter((result) => result.kind === "created" && result.sessionCreated)).toHaveLength(1);
    expect(await countRows(scope.organizationId)).toMatchObject({ sessions: 1, runs: 20 });
  });

  it("merges every state override when runs of one session start at once", async () => {
    const scope = await makeScope();
    const sessionId = randomUUID();
    const results = await Promise.all(
      ["a", "b", "c"].map((key) =>
        writer.createRun(
          scope,
          newRun({ session: { id: sessionId, title: null, state: {}, stateOverride: { [key]: 1 } } }),
        ),
      ),
    );
    expect(results.at(-1)).toMatchObject({ sessionState: { a: 1, b: 1, c: 1 } });
  });

  it("writes nothing into another subject's session, and tells nothing of it", async () => {
    const scope = await makeScope();
    const theirs = newRun({ subject: "ada" });
    theirs.session.state = { secret: 1 };
    await created(scope, theirs);
    const before = await countRows(scope.organizationId);
    const stranger = await makeScope({ organizationId: scope.organizationId, subject: "eve" });
    const mine = newRun({
      subject: "eve",
      session: { id: theirs.session.id, title: null, state: {}, stateOverride: { mine: 1 } },
      outbox: [wakeUp],
    });
    expect(await writer.createRun(stranger, mine)).toEqual({ kind: "session_of_other_subject" });
    expect(await countRows(scope.organizationId)).toEqual(before);
    expect((await getSession(scope, theirs.session.id))?.state).toEqual({ secret: 1 });
  });

  it("keeps two subjects apart who open the same session id in the same moment", async () => {
    const scope = await makeScope();
    const sessionId = randomUUID();
    const results = await Promise.all(
      ["ada", "eve"].map((subject) => writer.createRun(scope, newRun({ subject, sessionId }))),
    );
    expect(results.map(({ kind }) => kind)).toEqual(["created", "session_of_other_subject"]);
  });

  it("refuses a session of another component", async () => {
    const scope = await makeScope();
    const first = newRun();
    await created(scope, first);
    const second = newRun({ sessionId: first.session.id, componentId: "other" });
    expect(await writer.createRun(scope, second)).toEqual({ kind: "session_of_other_component" });
  });

  it("lets two organizations use the same session id", async () => {
    const sessionId = randomUUID();
    const results = [
      await writer.createRun(await makeScope(), newRun({ sessionId })),
      await writer.createRun(await makeScope(), newRun({ sessionId })),
    ];
    expect(results).toMatchObject([{ sessionCreated: true }, { sessionCreated: true }]);
  });

  it("answers a repeated idempotency key with the first run and writes nothing, session included", async () => {
    const scope = await makeScope();
    const first = newRun({ idempotencyKey: "k", requestHash: "h" });
    await created(scope, first);
    const before = await countRows(scope.organizationId);
    expect(await writer.createRun(scope, newRun({ idempotencyKey: "k", requestHash: "other" }))).toEqual({
      kind: "repeated",
      runId: first.runId,
      sessionId: first.session.id,
      requestHash: "h",
    });
    expect(await countRows(scope.organizationId)).toEqual(before);
  });

  it("creates one run when a key comes twice in the same moment, also through two processes", async () => {
    const scope = await makeScope();
    const other = createJournalWriter();
    const runs = Array.from({ length: 6 }, () => newRun({ idempotencyKey: "k", requestHash: "h" }));
    const results = await Promise.all(
      runs.map((run, n) => (n % 2 === 0 ? writer : other).createRun(scope, run)),
    );
    expect(results.filter(({ kind }) => kind === "created")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "repeated")).toHaveLength(5);
    expect(await countRows(scope.organizationId)).toMatchObject({ sessions: 1, runs: 1, events: 1 });
  });

  it("keeps the same key of two subjects apart", async () => {
    const scope = await makeScope();
    const results = await Promise.all(
      ["ada", "eve"].map((subject) => writer.createRun(scope, newRun({ subject, idempotencyKey: "k" }))),
    );
    expect(results.map(({ kind }) => kind)).toEqual(["created", "created"]);
  });

  it("refuses to create a run for somebody else than the caller is bound to", async () => {
    const scope = await makeScope({ subject: "eve" });
    await expect(writer.createRun(scope, newRun({ subject: "ada" }))).rejects.toThrow("bound to");
    expect(await countRows(scope.organizationId)).toMatchObject({ runs: 0 });
  });

  it("fails a run of an organization that is gone alone", async () => {
    const scope = await makeScope();
    const gone = { ...scope, organizationId: "org_gone" };
    const results = await Promise.allSettled([
      writer.createRun(scope, newRun()),
      writer.createRun(gone, newRun()),
      writer.createRun(scope, newRun()),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});

describe("appending to a journal", () => {
  it("numbers the events of 100 concurrent runs without a gap", async () => {
    const scope = await makeScope();
    const firstIndexes = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const run = newRun();
        const lease = await created(scope, run);
        const appended: { firstIndex: number }[] = [];
        for (let i = 0; i < 3; i += 1) {
          const events = [newText(run.runId, `${n}.${i}.a `), newText(run.runId, `${n}.${i}.b `)];
          appended.push(await writer.append({ lease, events }));
        }
        const events = await readRunEvents(scope, run.runId, -1, 100);
        expect(events.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
        expect(events.slice(1).map(({ body }) => "content" in body && body.content)).toEqual(
          [0, 1, 2].flatMap((i) => [`${n}.${i}.a `, `${n}.${i}.b `]),
        );
        return appended.map(({ firstIndex }) => firstIndex);
      }),
    );
    expect(firstIndexes.every((indexes) => indexes.join() === "1,3,5")).toBe(true);
  });

  it("keeps the order of one run's appends that are not awaited one by one", async () => {
    const scope = await makeScope();
    const run = newRun();
    const lease = await created(scope, run);
    const words = Array.from({ length: 50 }, (_, n) => `${n} `);
    await Promise.all(words.map((word) => writer.append({ lease, events: [newText(run.runId, word)] })));
    const events = await readRunEvents(scope, run.runId, 0, 100);
    expect(events.map(({ body }) => "content" in body && body.content)).toEqual(words);
  });

  it("refuses a stale generation with LeaseLostError, writes nothing of it, and lets its neighbours through", async () => {
    const scope = await makeScope();
    const run = newRun();
    const neighbour = newRun();
    const lease = await created(scope, run);
    const neighbourLease = await created(scope, neighbour);
    await database().pool.query(`UPDATE "Run" SET generation = 2 WHERE id = $1`, [run.runId]);
    const stale = writer.append({
      lease,
      events: [newText(run.runId, "stale")],
      patches: [{ runId: run.runId, patch: { content: "stale" } }],
      sessionState: { sessionId: run.session.id, state: { stale: true } },
      outbox: [wakeUp],
    });
    const fresh = writer.append({
      lease: { ...lease, generation: 2 },
      events: [newText(run.runId, "fresh")],
    });
    const beside = writer.append({ lease: neighbourLease, events: [newText(neighbour.runId, "beside")] });
    await expect(stale).rejects.toThrow(LeaseLostError);
    expect(await fresh).toEqual({ firstIndex: 1 });
    expect(await beside).toEqual({ firstIndex: 1 });
    const events = await readRunEvents(scope, run.runId, 0, 10);
    expect(events.map(({ body }) => body)).toEqual([
      { type: "RunContent", content: "fresh", content_type: "str" },
    ]);
    expect((await getRun(scope, run.runId))?.content).toBeNull();
    expect(await countRows(scope.organizationId)).toMatchObject({ messages: 0 });
    expect((await getSession(scope, run.session.id))?.state).toEqual({});
  });

  it("changes run, member runs and session in the same commit, and lets go of a run that has ended", async () => {
    const scope = await makeScope();
    const run = newRun();
    const member = newRun({
      rootRunId: run.runId,
      parentRunId: run.runId,
      events: [],
      sessionId: run.session.id,
    });
    const lease = await created(scope, run);
    await created(scope, member);
    await writer.append({
      lease,
      events: [newText(member.runId, "sub")],
      patches: [
        { runId: run.runId, patch: { costMicroUsd: 5, inputTokens: 7 } },
        { runId: member.runId, patch: { status: "COMPLETED", content: "sub" } },
      ],
      sessionState: { sessionId: run.session.id, state: { counted: 1 } },
    });
    expect(await getRun(scope, run.runId)).toMatchObject({
      status: "RUNNING",
      costMicroUsd: 5,
      inputTokens: 7,
    });
    expect(await getRun(scope, member.runId)).toMatchObject({ status: "COMPLETED", content: "sub" });
    expect((await getSession(scope, run.session.id))?.state).toEqual({ counted: 1 });
    await writer.append({
      lease,
      events: [],
      patches: [{ runId: run.runId, patch: { status: "COMPLETED", costMicroUsd: null, endedAtMs: 1_000 } }],
      outbox: [wakeUp],
    });
    expect(await countRows(scope.organizationId)).toMatchObject({ messages: 1 });
    expect(await getRun(scope, run.runId)).toMatchObject({
      status: "COMPLETED",
      driverBootId: null,
      costMicroUsd: null,
      inputTokens: 7,
      endedAt: new Date(1_000),
    });
  });

  it("stores NUL and lone surrogates as U+FFFD, in events, patches and what is internal", async () => {
    const scope = await makeScope();
    const run = newRun();
    const lease = await created(scope, run);
    const neighbour = newRun();
    const neighbourLease = await created(scope, neighbour);
    const [, beside] = await Promise.all([
      writer.append({
        lease,
        events: [{ ...newText(run.runId, "a\0b\ud83d"), internal: { prompt: "x\0" } }],
        patches: [{ runId: run.runId, patch: { content: "a\0b\ud83d" } }],
      }),
      writer.append({ lease: neighbourLease, events: [newText(neighbour.runId, "👋")] }),
    ]);
    expect(beside).toEqual({ firstIndex: 1 });
    expect((await readRunEvents(scope, run.runId, 0, 1))[0]?.body).toMatchObject({
      content: "a\uFFFDb\uFFFD",
    });
    expect((await getRun(scope, run.runId))?.content).toBe("a\uFFFDb\uFFFD");
    expect(await readInternalRecords(scope, run.runId)).toEqual([
      { runId: run.runId, index: 1, type: "RunContent", internal: { prompt: "x\uFFFD" } },
    ]);
  });

  it("fails an append alone whose values the database refuses", async () => {
    const scope = await makeScope();
    const [good, bad] = [newRun(), newRun()];
    const [goodLease, badLease] = [await created(scope, good), await created(scope, bad)];
    const results = await Promise.allSettled([
      writer.append({ lease: goodLease, events: [newText(good.runId, "one ")] }),
      writer.append({
        lease: badLease,
        events: [newText(bad.runId, "x")],
        patches: [{ runId: bad.runId, patch: { inputTokens: 2 ** 40 } }],
      }),
      writer.append({ lease: goodLease, events: [newText(good.runId, "two")] }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await readRunEvents(scope, good.runId, 0, 10)).map(({ index }) => index)).toEqual([1, 2]);
    expect(await readRunEvents(scope, bad.runId, 0, 10)).toEqual([]);
  });

  it("gives the keys of an event back in the order in which they were sent", async () => {
    const scope = await makeScope();
    const run = newRun();
    const lease = await created(scope, run);
    const error = newEvent(run.runId, {
      type: "RunError",
      content: "no",
      additional_data: { zebra: 1, a: { y: 1, b: 2 } },
    });
    await writer.append({ lease, events: [error] });
    const [event] = await readRunEvents(scope, run.runId, 0, 1);
    expect(JSON.stringify(event?.body)).toBe(JSON.stringify(error.body));
  });

  it("shows no event to another subject or organization", async () => {
    const scope = await makeScope();
    const run = newRun({ subject: "ada" });
    await created(scope, run);
    const sameSubject = await makeScope({ organizationId: scope.organizationId, subject: "ada" });
    const otherSubject = await makeScope({ organizationId: scope.organizationId, subject: "eve" });
    expect(await readRunEvents(sameSubject, run.runId, -1, 10)).toHaveLength(1);
    expect(await readRunEvents(otherSubject, run.runId, -1, 10)).toEqual([]);
    expect(await readRunEvents(await makeScope(), run.runId, -1, 10)).toEqual([]);
    expect(await readInternalRecords(otherSubject, run.runId)).toEqual([]);
  });
});
