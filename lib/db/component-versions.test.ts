import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { deleteComponentVersion, findCurrentVersion, insertComponentVersion } from "./component-versions.ts";
import { insertComponent, setCurrentVersion } from "./components.ts";

let db: TestDatabase;
let scope: Scope;

beforeAll(async () => {
  db = await openTestDatabase();
  scope = await makeScope();
});
afterAll(() => db.close());

const version = { stage: "published", label: null, notes: null, config: { name: "A" } } as const;

/** A component with versions 1 and 2, of which the first is current. */
async function twoVersions(id: string): Promise<void> {
  const component = { id, type: "agent", name: "A", description: null, metadata: null } as const;
  await insertComponent(scope, { ...component, version: { ...version, isCurrent: true } });
  await insertComponentVersion(scope, id, {
    ...version,
    isCurrent: false,
    version: null,
    expectedCurrent: null,
  });
}

test("a version is not deleted while somebody makes it the current one", async () => {
  await twoVersions("slow");
  const other = await db.pool.connect();
  await other.query("BEGIN");
  await other.query(
    `UPDATE "Component" SET "currentVersion" = 2 WHERE "organizationId" = $1 AND id = 'slow'`,
    [scope.organizationId],
  );
  const deleting = deleteComponentVersion(scope, "slow", 2);
  let isOver = false;
  void deleting.finally(() => {
    isOver = true;
  });
  // On Postgres the deletion waits for the row; on the embedded database nobody gets a turn before this commit.
  for (let looks = 0; looks < 200 && !isOver; looks += 1) {
    const { rows } = await other.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
    if (rows.length > 0) break;
  }
  await other.query("COMMIT");
  other.release();
  expect(await deleting).toBe(false);
  expect(await findCurrentVersion(scope, "slow")).toMatchObject({ version: 2 });
});

test("of one who deletes a version and one who makes it current, one is refused, whoever is first", async () => {
  for (let round = 0; round < 20; round += 1) {
    const id = `race-${round}`;
    await twoVersions(id);
    const [deleted, current] = await Promise.all(
      round % 2 === 0
        ? [deleteComponentVersion(scope, id, 2), setCurrentVersion(scope, id, 2)]
        : [setCurrentVersion(scope, id, 2), deleteComponentVersion(scope, id, 2)].toReversed(),
    );
    expect([deleted === true, current !== null].filter(Boolean)).toHaveLength(1);
    expect(await findCurrentVersion(scope, id)).toMatchObject({ version: deleted === true ? 1 : 2 });
  }
});
