import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readFrames } from "#lib/client/read-frames.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer } from "#tests/support/start-server.ts";
import { type Measurement, percentile } from "./measurement.ts";

const SUBJECTS = 10;
const RUNS_OF_EACH = 10;
const WORDS = 100;
const GOAL_S = 5;

interface Interrupted {
  client: ApiClient;
  runId: string;
  sessionId: string;
}

/** Measures how long 100 runs take to their ends that were in mid-answer when their server was killed with SIGKILL. */
export async function recoveryBench(): Promise<Measurement[]> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-recovery-"));
  const env = { LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY };
  try {
    // Slow enough that every run is in mid-answer when the last one has begun.
    const first = await startTestServer({ dataDirectory, env: { ...env, SCRIPTED_WORD_DELAY_MS: "300" } });
    const started = await startRuns(first.url);
    await first.kill();

    const spawnedAt = performance.now();
    const second = await startTestServer({ dataDirectory, env: { ...env, SCRIPTED_WORD_DELAY_MS: "0" } });
    const readyAt = performance.now();
    const endedMs = await Promise.all(
      started.map(async (run) => (await ended(await atServer(second.url, run))) - readyAt),
    );
    await second.stop();
    const all = Math.max(...endedMs) / 1_000;
    return [
      {
        area: "recovery",
        what: `${started.length} interrupted runs at their ends after the start, s`,
        value: all.toFixed(2),
        against: `goal under ${GOAL_S}; half of them after ${(percentile(endedMs, 0.5) / 1_000).toFixed(2)}`,
      },
      {
        area: "recovery",
        what: "from the start's beginning to its end, s",
        value: ((readyAt - spawnedAt) / 1_000).toFixed(2),
        against: "",
      },
    ];
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

/** Starts the runs and waits until each has written something. */
async function startRuns(url: string): Promise<Interrupted[]> {
  const runs = Array.from({ length: SUBJECTS }, async (_, subject) => {
    const client = await callerAt(url, `subject-${subject}`);
    return Promise.all(
      Array.from({ length: RUNS_OF_EACH }, async (__, n) => {
        const sessionId = `recovery-${subject}-${n}`;
        const response = await client.open("/agents/assistant/runs", {
          message: `/long ${WORDS}`,
          session_id: sessionId,
        });
        const frames = readFrames(response)[Symbol.asyncIterator]();
        for (;;) {
          const { value: frame, done } = await frames.next();
          if (done === true) throw new Error("A run ended before it was interrupted.");
          if (frame.event === "RunContent") return { client, runId: String(frame.run_id), sessionId };
        }
      }),
    );
  });
  return (await Promise.all(runs)).flat();
}

function callerAt(url: string, sub: string): Promise<ApiClient> {
  return apiClient(url, { sub, scopes: ["agents:read", "agents:run"] });
}

async function atServer(url: string, run: Interrupted): Promise<Interrupted> {
  const [, subject] = run.sessionId.split("-");
  return { ...run, client: await callerAt(url, `subject-${subject}`) };
}

/** Follows a run to its end, checks that it went on, and returns when that was. */
async function ended({ client, runId, sessionId }: Interrupted): Promise<number> {
  const path = `/agents/assistant/runs/${runId}/resume`;
  let recovered = false;
  let last = "";
  for await (const frame of readFrames(await client.open(path, { session_id: sessionId }))) {
    recovered ||= frame.event === "RunRecovered";
    last = frame.event;
  }
  if (!recovered || last !== "RunCompleted")
    throw new Error(`A run was not recovered: it ended with ${last}.`);
  return performance.now();
}
