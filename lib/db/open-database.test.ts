import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { embeddedTemplate } from "#tests/support/embedded-template.ts";
import { database, registerDatabase } from "./database.ts";
import { openDatabase } from "./open-database.ts";

let dataDirectory: string;
let snapshotFile: string;
beforeAll(async () => {
  snapshotFile = await embeddedTemplate();
});
beforeEach(() => {
  dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-open-"));
});
afterEach(() => rmSync(dataDirectory, { recursive: true, force: true }));

describe("the embedded database", { timeout: 60_000 }, () => {
  test("keeps its rows from one opening to the next", async () => {
    const first = await openDatabase({ dataDirectory, snapshotFile });
    await first.pool.query("CREATE TABLE kept AS SELECT 7 AS n");
    await first.close();
    const second = await openDatabase({ dataDirectory });
    expect((await second.pool.query("SELECT n FROM kept")).rows).toEqual([{ n: 7 }]);
    await second.close();
  });

  test("does not hold up the process while it works", async () => {
    const opened = await openDatabase({ dataDirectory: null, snapshotFile });
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 5);
    const started = performance.now();
    await opened.pool.query("SELECT count(*) FROM generate_series(1, 4000000)");
    const elapsedMs = performance.now() - started;
    clearInterval(timer);
    await opened.close();
    // A query on the same thread would leave the timer at nought, however long it took.
    expect(turns).toBeGreaterThan(elapsedMs / 5 / 4);
  });

  test("a query after closing fails instead of hanging", async () => {
    const opened = await openDatabase({ dataDirectory: null, snapshotFile });
    await opened.close();
    await expect(opened.pool.query("SELECT 1")).rejects.toThrow();
  });

  test("a folder that cannot hold a database rejects with its cause", async () => {
    await expect(openDatabase({ dataDirectory: path.join(dataDirectory, "\0") })).rejects.toThrow();
  });
});

test("an unreachable DATABASE_URL is one sentence, and no connection stays behind", async () => {
  const databaseUrl = "postgresql://nobody@127.0.0.1:1/none";
  await expect(openDatabase({ dataDirectory, databaseUrl })).rejects.toThrow(
    "The database in DATABASE_URL could not be reached; check the URL and the server.",
  );
});

test("asking for the database before one is open says how to start", () => {
  registerDatabase(null);
  expect(() => database()).toThrow("No database is open in this process");
});
