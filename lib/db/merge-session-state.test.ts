import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "#lib/core/json.ts";
import { JSON_MERGE_DEPTH, mergeJson } from "#lib/core/merge-json.ts";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import type { CreateRun } from "./create-run.ts";
import { insertRuns, toRunInsert } from "./insert-runs.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

/** Few keys, so that the two sides meet. */
const key = fc.constantFrom("a", "b", "c", "", "__proto__", "ü", "a.b");
const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom("x", "y", ""));
const { tree } = fc.letrec<{ tree: JsonObject }>((tie) => ({
  tree: fc.dictionary(key, fc.oneof({ maxDepth: 4 }, leaf, fc.array(leaf, { maxLength: 3 }), tie("tree")), {
    maxKeys: 5,
  }),
}));

async function mergedBySql(base: JsonObject, overlay: JsonObject, depth: number): Promise<JsonObject> {
  const { rows } = await database().pool.query<{ merged: JsonObject }>(
    "SELECT merge_json($1::jsonb, $2::jsonb, $3) AS merged",
    [JSON.stringify(base), JSON.stringify(overlay), depth],
  );
  return rows[0]?.merged ?? {};
}

/** Values as JSON has them: a dictionary of fast-check may have no prototype. */
const plain = (value: JsonObject) => JSON.parse(JSON.stringify(value)) as JsonObject;

it("the database merges states as the reference does, whatever is in them", async () => {
  await fc.assert(
    fc.asyncProperty(tree, tree, fc.integer({ min: 1, max: 5 }), async (one, other, depth) => {
      const [base, overlay] = [plain(one), plain(other)];
      expect(await mergedBySql(base, overlay, depth)).toEqual(mergeJson(base, overlay, depth));
    }),
    { numRuns: 150 },
  );
});

it("takes states that are nested as deep as anything can be, and replaces what is deeper than it merges", async () => {
  const nested = (depth: number, end: JsonObject) => {
    let value = end;
    for (let level = 0; level < depth; level++) value = { in: value };
    return value;
  };
  for (const depth of [JSON_MERGE_DEPTH - 1, 1_000]) {
    const [base, overlay] = [nested(depth, { base: 1 }), nested(depth, { over: 1 })];
    const merged = depth < JSON_MERGE_DEPTH ? nested(depth, { base: 1, over: 1 }) : overlay;
    expect(await mergedBySql(base, overlay, JSON_MERGE_DEPTH)).toEqual(merged);
  }
});

it("a run's state counts before the stored one, and that before the agent's", async () => {
  const { organizationId } = await makeScope();
  const sessionId = randomUUID();
  const start = async (session: Partial<CreateRun["session"]>) => {
    const run = newRun({ session: { id: sessionId, title: null, state: {}, ...session } });
    const [result] = await insertRuns([toRunInsert(organizationId, run)]);
    return result?.kind === "created" ? result.sessionState : result;
  };
  const state = { user: { name: "Nobody", plan: "free" }, tags: ["new"] };
  expect(await start({ state, stateOverride: { user: { name: "Ada" } } })).toEqual({
    user: { name: "Ada", plan: "free" },
    tags: ["new"],
  });
  expect(await start({ state, stateOverride: { user: { plan: "team" }, tags: ["old"] } })).toEqual({
    user: { name: "Ada", plan: "team" },
    tags: ["old"],
  });
  expect(await start({ state })).toEqual({ user: { name: "Ada", plan: "team" }, tags: ["old"] });
  // What is stored gives way where the agent wants it so, and a run that gives no state leaves it.
  expect(await start({ state, overwritesState: true })).toMatchObject({ user: { name: "Ada" } });
  const overwritten = await start({ state, overwritesState: true, stateOverride: { user: { name: "Eve" } } });
  expect(overwritten).toEqual({ user: { name: "Eve", plan: "free" }, tags: ["new"] });
});
