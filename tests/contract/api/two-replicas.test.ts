import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { allFrames, type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { hasPostgres } from "#tests/support/find-postgres.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { createPostgresDatabase } from "#tests/support/test-postgres.ts";

describe.runIf(hasPostgres())("two servers on one Postgres", () => {
  let drop: () => Promise<void>;
  let servers: TestServer[] = [];
  let here: ApiClient;
  let there: ApiClient;

  beforeAll(async () => {
    const database = await createPostgresDatabase();
    drop = database.drop;
    const env = {
      DATABASE_URL: database.url,
      SCRIPTED_WORD_DELAY_MS: "20",
      LOG_LEVEL: "error",
      JWT_VERIFICATION_KEY: TEST_JWT_KEY,
    };
    servers = [await startTestServer({ env }), await startTestServer({ env })];
    const caller = { sub: "ann", scopes: ["agents:read", "agents:run"] };
    [here, there] = (await Promise.all(servers.map(({ url }) => apiClient(url, caller)))) as [
      ApiClient,
      ApiClient,
    ];
  }, 240_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await drop();
  });

  it("a run is cancelled through the other within a second, and the other streams its end", async () => {
    const response = await here.open("/agents/assistant/runs", {
      message: "/long 2000",
      session_id: "far-1",
    });
    let askedAt = 0;
    let resumed: Promise<ReceivedFrame[]> | null = null;
    const frames: ReceivedFrame[] = [];
    for await (const frame of readFrames(response)) {
      frames.push(frame);
      if (frame.event !== "RunContent" || resumed !== null) continue;
      const run = `/agents/assistant/runs/${String(frame.run_id)}`;
      resumed = there.open(`${run}/resume`, { session_id: "far-1" }).then(allFrames);
      askedAt = performance.now();
      expect(await there.json("POST", `${run}/cancel?session_id=far-1`)).toEqual({ status: 200, body: {} });
    }
    expect(performance.now() - askedAt).toBeLessThan(1_000);
    expect(frames.slice(-2).map((frame) => frame.event)).toEqual(["RunCancelled", "RunCompleted"]);
    expect((await resumed)?.at(-1)).toEqual(frames.at(-1));
  });
});
