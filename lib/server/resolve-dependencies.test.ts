import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type * as agents from "#agents/index.ts";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { listRuns } from "#lib/db/runs.ts";
import { defineAgent } from "#lib/sdk/define-agent.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { refusal } from "#tests/support/pause-world.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startRun } from "./start-run.ts";

const directory = vi.hoisted(() => ({ isDown: false }));

vi.mock("#agents/index.ts", async (load) => {
  const own = await load<typeof agents>();
  const base = { model: { provider: "scripted", id: "demo-1" } };
  const plans = defineAgent(
    { ...base, id: "plans", name: "Plans", dependencies: { unit: "km", plan: "none" } },
    {
      resolveDependencies: ({ scope, metadata }) => ({
        plan: `${scope.subject}'s`,
        region: metadata["region"] ?? null,
      }),
    },
  );
  const broken = defineAgent(
    { ...base, id: "broken", name: "Broken" },
    {
      resolveDependencies: ({ dependencies }) => {
        if (directory.isDown) throw new Error("The directory is down.");
        return { asked: dependencies["unit"] ?? null };
      },
    },
  );
  return { ...own, CODE_COMPONENTS: [...own.CODE_COMPONENTS, plans, broken] };
});

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

const questionTo = (agentId: string, fields: Record<string, unknown> = {}) => ({
  agentId,
  request: runRequestSchema.parse({ message: "hello", background: true, ...fields }),
  files: [],
  subject: "ann",
  boundSessionId: null,
  idempotencyKey: null,
});

it("what code resolves is kept with the run's start, over the agent's and over what the caller has sent", async () => {
  const scope = await makeScope();
  const fields = { dependencies: '{"unit":"mi","plan":"another\'s"}', metadata: '{"region":"north"}' };
  const { run, watch } = await startRun(scope, questionTo("plans", fields));
  watch.close();
  const [started] = await readRunEvents(scope, run.runId, -1, 1);
  expect(started?.body).toMatchObject({
    type: "RunStarted",
    overrides: { dependencies: { plan: "ann's", region: "north", unit: "mi" } },
  });
});

it("where code fails, the run is refused with a sentence that does not show why, and nothing is kept", async () => {
  const scope = await makeScope();
  directory.isDown = true;
  expect(await refusal(startRun(scope, questionTo("broken")))).toEqual([
    502,
    expect.stringContaining("could not be fetched"),
  ]);
  expect(await listRuns(scope, {}, { limit: 10, offset: 0, order: "newest_first" })).toMatchObject({
    totalCount: 0,
  });
});

it("a start that is repeated finds its run, though what that depends on is down now", async () => {
  const scope = await makeScope();
  const question = { ...questionTo("broken"), idempotencyKey: "once" };
  directory.isDown = false;
  const first = await startRun(scope, question);
  directory.isDown = true;
  const second = await startRun(scope, question);
  expect(second.run.runId).toBe(first.run.runId);
  for (const { watch } of [first, second]) watch.close();
});
