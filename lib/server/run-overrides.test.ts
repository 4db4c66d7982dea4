import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { type Heartbeat, startHeartbeat } from "#lib/db/leases.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { refusal } from "#tests/support/pause-world.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { bootId } from "./boot-id.ts";
import { driveRun } from "./drive-run.ts";
import { getRunOutput } from "./get-run-output.ts";
import { startRun } from "./start-run.ts";

const CITY = { title: "City", type: "object", properties: { name: { type: "string" } }, required: ["name"] };

let db: TestDatabase;
let heartbeat: Heartbeat;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment({ SCRIPTED_WORD_DELAY_MS: "0" });
  db = await openTestDatabase();
  heartbeat = await startHeartbeat(bootId());
});
afterAll(async () => {
  await journalWriter().drain();
  await heartbeat.stop();
  await db.close();
  removeFolder();
});

function starter(scope: Awaited<ReturnType<typeof makeScope>>, sessionId: string) {
  return (fields: object, idempotencyKey: string | null = null) =>
    startRun(scope, {
      agentId: "assistant",
      request: runRequestSchema.parse({ message: "Oslo", session_id: sessionId, ...fields }),
      files: [],
      subject: "ann",
      boundSessionId: null,
      idempotencyKey,
    });
}

it("a run has the output schema that its request gave, whoever drives it", async () => {
  const scope = await makeScope({ subject: "ann" });
  const sessionId = randomUUID();
  const start = starter(scope, sessionId);
  const { run, watch } = await start({ output_schema: JSON.stringify(CITY), background: "true" });
  watch.close();
  expect(await driveRun(scope, run.runId)).toMatchObject({ status: "COMPLETED" });
  const output = await getRunOutput(scope, run.runId, sessionId);
  expect(output).toMatchObject({ content_type: "City", content: { name: expect.any(String) } });
});

it("a repeated start with another output schema is another request", async () => {
  const scope = await makeScope({ subject: "ann" });
  const start = starter(scope, randomUUID());
  const key = randomUUID();
  const first = await start({ output_schema: CITY, background: true }, key);
  first.watch.close();
  const again = await start({ output_schema: CITY, background: true }, key);
  again.watch.close();
  expect(again.run.runId).toBe(first.run.runId);
  expect(await refusal(start({ background: true }, key))).toEqual([
    422,
    expect.stringContaining("Idempotency-Key"),
  ]);
});
