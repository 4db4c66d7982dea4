import { afterAll, beforeAll, describe } from "vitest";
import type { Database } from "#lib/db/database.ts";
import { hasPostgres } from "#tests/support/find-postgres.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

/**
 * Runs the same tests on a fresh embedded database and on a fresh real Postgres, which both must pass.
 * Where the machine has no Postgres its half is skipped.
 */
export function onEachDatabase(
  name: string,
  tests: (database: () => TestDatabase, kind: Database["kind"]) => void,
): void {
  const available = { embedded: true, postgres: hasPostgres() };
  describe.each(["embedded", "postgres"] as const)(`${name}, %s`, (kind) => {
    describe.skipIf(!available[kind])("", () => {
      let opened: TestDatabase;
      beforeAll(async () => {
        opened = await openTestDatabase({ kind, idleTransactionTimeoutMs: 2_000 });
      });
      afterAll(() => opened.close());
      tests(() => opened, kind);
    });
  });
}
