import { createHook } from "node:async_hooks";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { eventually } from "#tests/support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { type BenchApp, startBenchApp } from "./durable-app.ts";
import { type Measurement, percentile } from "./measurement.ts";
import { residentMegabytes } from "./resident-memory.ts";

const STEPS = 300;
const SLEEPERS = 1_000;
const SHORT_RUNS = 2_000;
const STARTS = 200;

/** Measures the embedded engine with the genuine SDK: on the embedded database, and on a Postgres that two share. */
export async function durableBench(): Promise<Measurement[]> {
  const embedded = await openTestDatabase({ kind: "embedded" });
  const app = await startBenchApp();
  const line = (what: string, value: string, against: string): Measurement => ({
    area: "durable",
    what,
    value,
    against,
  });
  const measurements: Measurement[] = [];
  try {
    await stepsMs(embedded, app, 10);
    const steps = Math.min(await stepsMs(embedded, app, STEPS), await stepsMs(embedded, app, STEPS));
    measurements.push(
      line(`${STEPS} steps of 16 KB, checkpointed, PGlite`, `${steps.toFixed(0)} ms`, "goal 500 ms"),
    );
    const starts = await startLatencies(app);
    const p50 = percentile(starts, 0.5).toFixed(1);
    const p95 = percentile(starts, 0.95).toFixed(1);
    measurements.push(
      line("event to function start, p50 / p95, PGlite", `${p50} / ${p95} ms`, "goal p50 15 ms"),
    );
    const perSecond = await shortRunsPerSecond(embedded, (count) => app.send("short", count));
    measurements.push(line("short function runs, PGlite", `${perSecond.toFixed(0)} runs/s`, "report"));
    const { megabytes, timers } = await sleepers(embedded, app);
    measurements.push(
      line(`${SLEEPERS} sleeping runs: heap / resident`, megabytes, "goal 10 MB"),
      line(
        `${SLEEPERS} sleeping runs: timers set since and still there`,
        String(timers),
        "goal 1, for whatever is next",
      ),
    );
    await app.engine.stop(1_000);
  } finally {
    await embedded.close();
  }
  for (const replicas of [1, 2]) {
    const perSecond = await replicasPerSecond(replicas);
    measurements.push(
      line(
        `short function runs, Postgres, ${replicas} process${replicas > 1 ? "es" : ""}`,
        perSecond,
        "report",
      ),
    );
  }
  return measurements;
}

async function countEnded(database: TestDatabase, functionId: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "DurableRun" WHERE "functionId" = $1 AND status = 'COMPLETED'`,
    [functionId],
  );
  return rows[0]?.count ?? 0;
}

async function untilEnded(database: TestDatabase, functionId: string, count: number): Promise<void> {
  const isReached = async () => ((await countEnded(database, functionId)) >= count ? true : null);
  await eventually(isReached, { timeoutMs: 120_000, everyMs: 5 });
}

async function stepsMs(database: TestDatabase, app: BenchApp, steps: number): Promise<number> {
  const before = await countEnded(database, "bench-steps");
  const begin = performance.now();
  await app.send("steps", 1, { steps });
  await untilEnded(database, "bench-steps", before + 1);
  return performance.now() - begin;
}

/** Milliseconds from the sending of an event to the first line of its function, one at a time. */
async function startLatencies(app: BenchApp): Promise<number[]> {
  const latencies: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const known = app.starts.length;
    const begin = performance.now();
    await app.send("short", 1);
    const started = await eventually(() => app.starts[known], { everyMs: 1 });
    latencies.push(started - begin);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return latencies.slice(STARTS / 10);
}

/** Runs a second from the first event to the last run's end; events come in by the hundred. */
async function shortRunsPerSecond(
  database: TestDatabase,
  send: (count: number) => Promise<void> | void,
): Promise<number> {
  const before = await countEnded(database, "bench-short");
  const begin = performance.now();
  for (let sent = 0; sent < SHORT_RUNS; sent += 100) await send(100);
  await untilEnded(database, "bench-short", before + SHORT_RUNS);
  return (SHORT_RUNS * 1_000) / (performance.now() - begin);
}

async function sleepers(
  database: TestDatabase,
  app: BenchApp,
): Promise<{ megabytes: string; timers: number }> {
  const timers = new Set<number>();
  const hook = createHook({
    init: (id, type) => void (type === "Timeout" && timers.add(id)),
    destroy: (id) => void timers.delete(id),
  }).enable();
  const measure = () => {
    collectGarbage();
    return { heap: process.memoryUsage().heapUsed / 1_000_000, resident: residentMegabytes(process.pid) };
  };
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = measure();
  for (let sent = 0; sent < SLEEPERS; sent += 100) await app.send("sleep", 100);
  const areAsleep = async () => {
    const { rowCount } = await database.pool.query(`SELECT 1 FROM "DurableJob" WHERE kind = 'sleep'`);
    return rowCount === SLEEPERS ? true : null;
  };
  await eventually(areAsleep, { timeoutMs: 120_000 });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = measure();
  await new Promise(setImmediate);
  hook.disable();
  const megabytes = [after.heap - before.heap, after.resident - before.resident].map((one) => one.toFixed(1));
  return { megabytes: `${megabytes.join(" / ")} MB`, timers: timers.size };
}

/** Two processes share the work of a Postgres; each sends half of the events. */
async function replicasPerSecond(count: number): Promise<string> {
  const database = await openTestDatabase({ kind: "postgres" });
  const replicas: ChildProcess[] = [];
  try {
    for (let place = 0; place < count; place += 1) {
      const replica = fork(path.join(import.meta.dirname, "durable-replica.ts"), [database.url ?? ""]);
      replicas.push(replica);
      await once(replica, "message");
    }
    const send = (events: number) => {
      for (const replica of replicas) replica.send(events / count);
    };
    await shortRunsPerSecond(database, send);
    return `${(await shortRunsPerSecond(database, send)).toFixed(0)} runs/s`;
  } finally {
    for (const replica of replicas) {
      replica.disconnect();
      await once(replica, "exit");
    }
    await database.close();
  }
}
