import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createComponentSchema } from "#lib/core/component.ts";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { listRuns } from "#lib/db/runs.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { refusal } from "#tests/support/pause-world.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { createComponent } from "./create-component.ts";
import { getRunOutput } from "./get-run-output.ts";
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

it("an agent with an input schema takes a message that fits, and starts nothing for one that does not", async () => {
  const scope = await makeScope();
  const { component_id: agentId } = await createComponent(
    scope,
    createComponentSchema.parse({
      component_type: "agent",
      name: "Trip planner",
      stage: "published",
      config: {
        model: { provider: "scripted", id: "demo-1" },
        input_schema: {
          type: "object",
          properties: { city: { type: "string" }, days: { type: "integer", default: 3 } },
          required: ["city"],
        },
      },
    }),
  );
  const sessionId = randomUUID();
  const start = (message: string) =>
    startRun(scope, {
      agentId,
      request: runRequestSchema.parse({ message, session_id: sessionId, background: true }),
      files: [],
      subject: "ann",
      boundSessionId: null,
      idempotencyKey: null,
    });
  expect(await refusal(start('{"days":2}'))).toEqual([422, "body.message.city: Field required"]);
  expect(await refusal(start("Oslo"))).toEqual([
    422,
    expect.stringContaining("This agent takes a JSON object"),
  ]);
  const { runs } = await listRuns(scope, {}, { order: "oldest_first", limit: 10, offset: 0 });
  expect(runs).toEqual([]);
  const { run, watch } = await start('{ "city": "Oslo" }');
  watch.close();
  const output = await getRunOutput(scope, run.runId, sessionId);
  expect(output.input.input_content).toBe('{"city":"Oslo","days":3}');
});
