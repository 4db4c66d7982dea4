import { afterAll, beforeAll, expect, it } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newEvent, newRun, newText } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { readJournals } from "./read-journals.ts";

let db: TestDatabase;
const writer = createJournalWriter();

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await writer.drain();
  await db.close();
});

async function written(scope: Scope, subject: string): Promise<string> {
  const run = newRun({ subject });
  run.events = [
    ...run.events,
    { ...newEvent(run.runId, { type: "ModelRequestStarted" }), internal: { history: [] } },
    newText(run.runId, "hello"),
  ];
  await writer.createRun(scope, run);
  return run.runId;
}

it("reads several runs at once, each in order and to the limit, with what is internal", async () => {
  const scope = await makeScope();
  const ids = [await written(scope, "ada"), await written(scope, "ada")];
  const journals = await readJournals(scope, [...ids, "gone"], 10);
  expect([...journals.keys()].sort()).toEqual(ids.toSorted());
  for (const { events, internals } of journals.values()) {
    expect(events.map(({ index, body }) => [index, body.type])).toEqual([
      [0, "RunStarted"],
      [1, "ModelRequestStarted"],
      [2, "RunContent"],
    ]);
    expect([...internals]).toEqual([[1, { history: [] }]]);
  }
  const short = await readJournals(scope, ids, 2);
  expect([...short.values()].map(({ events }) => events.length)).toEqual([2, 2]);
});

it("shows no run to another subject or organization", async () => {
  const scope = await makeScope();
  const id = await written(scope, "ada");
  const { organizationId } = scope;
  expect((await readJournals(await makeScope({ organizationId, subject: "ada" }), [id], 10)).size).toBe(1);
  expect((await readJournals(await makeScope({ organizationId, subject: "eve" }), [id], 10)).size).toBe(0);
  expect((await readJournals(await makeScope(), [id], 10)).size).toBe(0);
});
