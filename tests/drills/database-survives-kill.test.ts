import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#lib/db/open-database.ts";

const WRITER = path.join(import.meta.dirname, "..", "support", "acknowledging-writer.ts");
const ROUNDS = Number(process.env["DATABASE_KILL_ROUNDS"] ?? 5);

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = path.join(mkdtempSync(path.join(tmpdir(), "gatehouse-kill-")), "data");
  mkdirSync(dataDirectory);
});
afterEach(() => rmSync(path.dirname(dataDirectory), { recursive: true, force: true }));

/** Lets a process write until it has acknowledged `rows` rows, then kills it; returns what it acknowledged. */
async function writeUntilKilled(first: number, rows: number): Promise<number[]> {
  const child = spawn(process.execPath, [WRITER, dataDirectory, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const acknowledged: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (line !== "ready") acknowledged.push(Number(line));
    if (acknowledged.length >= rows) child.kill("SIGKILL");
  }
  await exited;
  return acknowledged;
}

test(`${ROUNDS} kills in mid-write lose no acknowledged row of the embedded database`, async () => {
  const acknowledged = new Set<number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const written = await writeUntilKilled(round * 1_000_000, 150 + round * 173);
    for (const n of written) acknowledged.add(n);

    const database = await openDatabase({ dataDirectory });
    const { rows } = await database.pool.query<{ n: number; whole: boolean }>(
      "SELECT n, length(filler) = 50 + ((n::bigint * 37) % 9000) AS whole FROM acknowledged",
    );
    await database.close();
    const stored = new Set(rows.map((row) => row.n));
    expect([...acknowledged].filter((n) => !stored.has(n))).toEqual([]);
    expect(rows.filter((row) => !row.whole)).toEqual([]);
  }
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 100);
});

test("a kill during the first start leaves a folder that the next start opens", async () => {
  for (const delayMs of [300, 900, 1_800]) {
    const child = spawn(process.execPath, [WRITER, dataDirectory, "0"], { stdio: "ignore" });
    const exited = once(child, "exit");
    setTimeout(() => child.kill("SIGKILL"), delayMs);
    await exited;
  }
  const database = await openDatabase({ dataDirectory });
  expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await database.close();
});
