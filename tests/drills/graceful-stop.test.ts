import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { allFrames, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer } from "#tests/support/start-server.ts";

const ENV = { SCRIPTED_WORD_DELAY_MS: "20", LOG_LEVEL: "info", JWT_VERIFICATION_KEY: TEST_JWT_KEY };
const CALLER = { sub: "ann", scopes: ["agents:read", "agents:run"] };

it("SIGTERM lets short runs end and hands over long ones, which the next start goes on with at once", async () => {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-stop-"));
  try {
    const first = await startTestServer({ env: ENV, dataDirectory });
    const client = await apiClient(first.url, CALLER);
    const open = (message: string, fields: Record<string, string>) =>
      client.open("/agents/assistant/runs", { message, ...fields });
    // About 4, 60 and 60 seconds of writing: one ends in the grace, two do not.
    const streams = await Promise.all([
      open("/long 200", { session_id: "short" }),
      open("/long 3000", { session_id: "long" }),
      open("/long 3000", { session_id: "behind", background: "true" }),
    ]);
    const seen = streams.map((): ReceivedFrame[] => []);
    const reading = streams.map(async (stream, n) => {
      try {
        for await (const frame of readFrames(stream)) seen[n]?.push(frame);
      } catch {
        // The connection ends with the server.
      }
    });
    await expect
      .poll(() => seen.every((frames) => frames.some(({ event }) => event === "RunContent")), {
        timeout: 20_000,
      })
      .toBe(true);
    expect(await first.stop()).toBe(0);
    await Promise.all(reading);
    expect(seen[0]?.at(-1)?.event).toBe("RunCompleted");
    expect(first.output()).toContain("Runs under way were handed over.");
    for (const frames of seen.slice(1)) expect(frames.at(-1)?.event).toBe("RunContent");

    const second = await startTestServer({ env: { ...ENV, SCRIPTED_WORD_DELAY_MS: "1" }, dataDirectory });
    const startedAt = performance.now();
    const again = await apiClient(second.url, CALLER);
    for (const [n, session_id] of ["short", "long", "behind"].entries()) {
      const runId = String(seen[n]?.[0]?.run_id);
      const frames = await allFrames(
        await again.open(`/agents/assistant/runs/${runId}/resume`, { session_id }),
      );
      const events = frames.filter((frame) => frame.event_index !== undefined);
      expect(events.at(-1)?.event).toBe("RunCompleted");
      expect(events.filter(({ event }) => event === "RunRecovered")).toHaveLength(n === 0 ? 0 : 1);
      expect(events.filter(({ event }) => event === "RunError" || event === "RunCancelled")).toEqual([]);
    }
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    await second.stop();
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
