import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startHousekeeping } from "./housekeeping.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let folder: string;
let stop: () => void;
let commands: string[];
let mux: { isFree: boolean; executedBatches: number };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-06-01T12:00:00Z") });
  folder = mkdtempSync(path.join(tmpdir(), "gatehouse-housekeeping-"));
  mkdirSync(path.join(folder, "database"));
  commands = [];
  mux = { isFree: true, executedBatches: 0 };
  stop = startHousekeeping({
    mux,
    directory: path.join(folder, "database"),
    execute: (bytes) => {
      commands.push(Buffer.from(bytes.subarray(5, -1)).toString());
    },
  });
  utimesSync(path.join(folder, "database-vacuumed-at"), new Date(), new Date());
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const pass = (minutes: number) => vi.advanceTimersByTime(minutes * MINUTE_MS);

test("a minute in which something ran ends with a checkpoint, one in which nothing ran does not", () => {
  mux.executedBatches = 10;
  pass(1);
  pass(5);
  expect(commands).toEqual(["CHECKPOINT"]);
});

test("nothing runs inside somebody's transaction; the checkpoint follows when it is over", () => {
  mux.executedBatches = 10;
  mux.isFree = false;
  pass(3);
  expect(commands).toEqual([]);
  mux.isFree = true;
  pass(1);
  expect(commands).toEqual(["CHECKPOINT"]);
});

test("once a day, in an idle minute, the tables are vacuumed", () => {
  pass(24 * 60 + 2);
  expect(commands).toEqual(["VACUUM (ANALYZE)"]);
  expect(Date.now() - statSync(path.join(folder, "database-vacuumed-at")).mtimeMs).toBeLessThan(
    3 * MINUTE_MS,
  );
});

test("a database that is never idle is vacuumed after two days all the same", () => {
  const longAgo = new Date(Date.now() - 2 * DAY_MS - MINUTE_MS);
  utimesSync(path.join(folder, "database-vacuumed-at"), longAgo, longAgo);
  mux.executedBatches += 1;
  pass(1);
  expect(commands).toEqual(["VACUUM (ANALYZE)", "CHECKPOINT"]);
});
