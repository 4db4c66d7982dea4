import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { DurableEvent } from "#lib/core/durable-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";
import { createJournalWriter } from "#lib/db/journal-writer.ts";
import { claimOutboxMessages, deleteDeliveredMessages, freeOutboxClaims } from "#lib/db/outbox.ts";
import { outboxBell } from "#lib/db/outbox-bell.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startOutboxRelay } from "./outbox-relay.ts";

let db: TestDatabase;
let scope: Scope;
const writer = createJournalWriter();

beforeAll(async () => {
  vi.stubEnv("LOG_LEVEL", "silent");
  db = await openTestDatabase();
});
beforeEach(async () => {
  await database().pool.query(`DELETE FROM "Outbox"`);
  scope = await makeScope();
});
afterAll(() => db.close());

/** Writes a message as a background run's start does, and returns the id that it is to be sent under. */
async function write(): Promise<string> {
  const run = newRun({ bootId: null });
  const { organizationId } = scope;
  const data = { organizationId, runId: run.runId, subject: null, generation: 0 };
  run.outbox = [{ name: "gatehouse/run.requested", data }];
  await writer.createRun(scope, run);
  return `run-${run.runId}-0`;
}

async function undelivered(): Promise<number> {
  const { rows } = await database().pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "Outbox" WHERE "deliveredAt" IS NULL`,
  );
  return rows[0]?.count ?? -1;
}

function engine() {
  const sent: string[] = [];
  return {
    sent,
    send: (events: (DurableEvent & { id: string })[]) => {
      sent.push(...events.map(({ id }) => id));
      return Promise.resolve();
    },
  };
}

describe("the outbox's relay", () => {
  it("sends what lay there before it started and what is written then, in order, and marks it", async () => {
    const before = [await write(), await write()];
    const { sent, send } = engine();
    const relay = startOutboxRelay(send);
    await expect.poll(() => sent.length).toBe(2);
    const startedAt = performance.now();
    const after = [await write(), await write(), await write()];
    await expect.poll(() => sent.length).toBe(5);
    // The bell, not the next look.
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await relay.stop();
    expect(sent).toEqual([...before, ...after]);
    expect(await undelivered()).toBe(0);
  });

  it("sends again, under the same ids, what it could not send", async () => {
    const ids = [await write(), await write()];
    const attempts: string[][] = [];
    const relay = startOutboxRelay((events) => {
      attempts.push(events.map(({ id }) => id));
      return attempts.length < 2 ? Promise.reject(new Error("The engine is away.")) : Promise.resolve();
    });
    await expect.poll(undelivered, { timeout: 10_000 }).toBe(0);
    await relay.stop();
    expect(attempts).toEqual([ids, ids]);
  });

  it("sends again what a relay that died may have sent, once its claim has run out", async () => {
    const id = await write();
    expect(await claimOutboxMessages(10)).toMatchObject([{ event: { name: "gatehouse/run.requested" } }]);
    expect(await claimOutboxMessages(10)).toEqual([]);
    await database().pool.query(`UPDATE "Outbox" SET "claimedUntil" = now() - interval '1 second'`);
    const { sent, send } = engine();
    const relay = startOutboxRelay(send);
    await expect.poll(undelivered).toBe(0);
    await relay.stop();
    expect(sent).toEqual([id]);
  });

  it("need not wait for a dead relay's claim where every other process is dead", async () => {
    await write();
    expect(await claimOutboxMessages(10)).toHaveLength(1);
    await freeOutboxClaims();
    expect(await claimOutboxMessages(10)).toHaveLength(database().kind === "embedded" ? 1 : 0);
  });

  it("shares the work with other processes' relays: each message goes out once", async () => {
    const { sent, send } = engine();
    const relays = [1, 2, 3].map(() => startOutboxRelay(send));
    const ids = await Promise.all(Array.from({ length: 300 }, write));
    await expect.poll(undelivered).toBe(0);
    await Promise.all(relays.map((relay) => relay.stop()));
    expect(sent.toSorted()).toEqual(ids.toSorted());
  });

  it("leaves what it does not know to a newer version, and is not held up by it", async () => {
    await database().pool.query(
      `INSERT INTO "Outbox" ("organizationId", topic, payload) VALUES ($1, 'gatehouse/of.tomorrow', '{}')`,
      [scope.organizationId],
    );
    const id = await write();
    const { sent, send } = engine();
    const relay = startOutboxRelay(send);
    await expect.poll(() => sent).toEqual([id]);
    await relay.stop();
    expect(await undelivered()).toBe(1);
  });
});

it("delivered messages are deleted when they are old, in batches, and no others", async () => {
  for (let n = 0; n < 4; n += 1) await write();
  const { rows } = await database().pool.query<{ id: string }>(`SELECT id FROM "Outbox" ORDER BY id`);
  await database().pool.query(
    `UPDATE "Outbox" SET "deliveredAt" = now() - CASE WHEN id = $1 THEN interval '1 hour' ELSE interval '3 hours' END
     WHERE id <> $2`,
    [rows[0]?.id, rows[1]?.id],
  );
  expect(await deleteDeliveredMessages(2, 1)).toBe(1);
  expect(await deleteDeliveredMessages(2, 10)).toBe(1);
  expect(await deleteDeliveredMessages(2, 10)).toBe(0);
  const left = await database().pool.query<{ id: string }>(`SELECT id FROM "Outbox" ORDER BY id`);
  expect(left.rows).toEqual(rows.slice(0, 2));
});

it("the bell tells all who listen, and nobody who has stopped", () => {
  let heard = 0;
  const stops = [1, 2].map(() => outboxBell().listen(() => void (heard += 1)));
  outboxBell().ring();
  stops[0]?.();
  outboxBell().ring();
  stops[1]?.();
  outboxBell().ring();
  expect(heard).toBe(3);
});
