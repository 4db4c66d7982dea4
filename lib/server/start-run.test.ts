import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { listRuns } from "#lib/db/runs.ts";
import { getSession } from "#lib/db/sessions.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { refusal } from "#tests/support/pause-world.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startRun } from "./start-run.ts";

let db: TestDatabase;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment({ SCRIPTED_WORD_DELAY_MS: "0" });
  db = await openTestDatabase();
});
afterAll(async () => {
  await journalWriter().drain();
  await db.close();
  removeFolder();
});

it("a start whose keys would make the session's state too large is refused, and nothing of it is kept", async () => {
  const scope = await makeScope();
  const sessionId = randomUUID();
  const start = async (key: string) => {
    const started = await startRun(scope, {
      agentId: "assistant",
      request: runRequestSchema.parse({
        message: "hello",
        session_id: sessionId,
        session_state: { [key]: "x".repeat(1_900_000) },
        background: true,
      }),
      files: [],
      subject: "ann",
      boundSessionId: null,
      idempotencyKey: null,
    });
    started.watch.close();
  };
  await start("first");
  await start("second");
  const [status, sentence] = await refusal(start("third"));
  expect([status, sentence]).toEqual([
    422,
    expect.stringContaining("the session's state would take more than 4,000,000 characters"),
  ]);
  expect(Object.keys((await getSession(scope, sessionId))?.state ?? {}).toSorted()).toEqual([
    "first",
    "second",
  ]);
  const { runs } = await listRuns(scope, {}, { order: "oldest_first", limit: 10, offset: 0 });
  expect(runs).toHaveLength(2);
});
