import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { signTestToken, TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { applyLoad, type LoadRequest } from "./load-client.ts";
import { type Measurement, percentile } from "./measurement.ts";
import { residentMegabytes } from "./resident-memory.ts";

const IDLE_MS = 60_000;
const EMPTY_ROUTE: LoadRequest = { method: "GET", path: "/api/health", headers: {}, mustContain: "ok" };

/** Measures runs over HTTP on the embedded database with the scripted model, beside a nearly empty route. */
export async function httpBench(): Promise<Measurement[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-bench-"));
  const probeFile = path.join(folder, "event-loop.json");
  const probe = fileURLToPath(new URL("./event-loop-probe.mjs", import.meta.url));
  const server = await startTestServer({
    env: {
      SCRIPTED_WORD_DELAY_MS: "0",
      LOG_LEVEL: "error",
      JWT_VERIFICATION_KEY: TEST_JWT_KEY,
      NODE_OPTIONS: `--import ${probe}`,
      EVENT_LOOP_PROBE_FILE: probeFile,
    },
  });
  try {
    const results: Measurement[] = [];
    const run = await runRequest();
    await applyLoad(server.url, run, { count: 300, concurrency: 10 });
    await applyLoad(server.url, EMPTY_ROUTE, { count: 300, concurrency: 10 });
    for (const [concurrency, count] of [
      [1, 300],
      [10, 1_500],
      [100, 3_000],
    ] as const) {
      const empty = await applyLoad(server.url, EMPTY_ROUTE, { count, concurrency });
      await readLateness(server, probeFile);
      const load = await applyLoad(server.url, run, { count, concurrency });
      const lateness = await readLateness(server, probeFile);
      const first = load.samples.map((sample) => sample.firstMs);
      const emptyFirst = empty.samples.map((sample) => sample.firstMs);
      results.push({
        area: "HTTP",
        what: `runs/s at ${concurrency}`,
        value: load.requestsPerSecond.toFixed(0),
        against: `${concurrency === 1 ? "" : "goal 200; "}empty route ${empty.requestsPerSecond.toFixed(0)}/s, ratio ${(load.requestsPerSecond / empty.requestsPerSecond).toFixed(2)}`,
      });
      results.push({
        area: "HTTP",
        what: `first event p50 / p95 at ${concurrency}, ms`,
        value: `${percentile(first, 0.5).toFixed(1)} / ${percentile(first, 0.95).toFixed(1)}`,
        against: `${concurrency === 1 ? "goal p50 under 8; " : ""}empty route ${percentile(emptyFirst, 0.5).toFixed(1)} / ${percentile(emptyFirst, 0.95).toFixed(1)}`,
      });
      results.push({
        area: "HTTP",
        what: `event loop late p99 / max at ${concurrency}, ms`,
        value: `${lateness.p99.toFixed(1)} / ${lateness.max.toFixed(1)}`,
        against: "",
      });
    }
    const busyMb = residentMegabytes(server.pid);
    await wait(IDLE_MS);
    results.push({
      area: "memory",
      what: "server RSS after the load, then 60 s idle, MB",
      value: `${busyMb.toFixed(0)} / ${residentMegabytes(server.pid).toFixed(0)}`,
      against: "goal under 450 idle, embedded database included",
    });
    return results;
  } finally {
    await server.stop();
  }
}

async function runRequest(): Promise<LoadRequest> {
  return {
    method: "POST",
    path: "/api/agents/assistant/runs",
    headers: {
      authorization: `Bearer ${await signTestToken({ sub: "bench", scopes: ["agents:run"] })}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "message=hello&stream=true",
    mustContain: "event: RunCompleted",
  };
}

async function readLateness(server: TestServer, file: string): Promise<{ p99: number; max: number }> {
  process.kill(server.pid, "SIGUSR2");
  await wait(200);
  return JSON.parse(readFileSync(file, "utf8")) as { p99: number; max: number };
}
