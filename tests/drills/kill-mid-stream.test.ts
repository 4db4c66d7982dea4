import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { allFrames, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const KILLS = Number(process.env["DRILL_KILLS"] ?? 5);
const WORDS = 600;
/** Of about 60 that the answer comes in: text of 30 to 50 ms goes into one. */
const LATEST_FRAME = 30;
const ENV = { SCRIPTED_WORD_DELAY_MS: "5", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY };

describe("kill -9 in mid-stream", () => {
  it(`loses no run and nothing of what was read, over ${KILLS} kills`, async () => {
    let server: TestServer = await startTestServer({ env: ENV });
    const dataDirectory = server.dataDirectory;
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const sessionId = `kill-${kill}`;
        const seen = await readUntilKilled(server, sessionId, 3 + Math.floor((kill * LATEST_FRAME) / KILLS));
        const runId = String(seen[0]?.run_id);

        server = await startTestServer({ env: ENV, dataDirectory });
        const after = await apiClient(server.url, { sub: "ann", scopes: ["agents:read", "agents:run"] });
        const open = (cursor?: number) =>
          after.open(`/agents/assistant/runs/${runId}/resume`, {
            session_id: sessionId,
            ...(cursor === undefined ? {} : { last_event_index: String(cursor) }),
          });
        // Attached while the run goes on, or after it has: the same frames.
        const whole = eventsOf(await allFrames(await open()));
        // Every frame that the client had received was committed before; nothing of it may be missing. Closed parts
        // may have been merged meanwhile: a merged frame stands for all indexes up to its own.
        const received = Number(seen.at(-1)?.event_index);
        const again = whole.filter((frame) => Number(frame.event_index) <= received);
        expect(textsOf(again)).toEqual(textsOf(seen));
        expect(namesOf(again)).toEqual(namesOf(seen));
        expect(indexesOf(whole)).toEqual(indexesOf(whole).toSorted((a, b) => a - b));
        const later = eventsOf(await allFrames(await open(received)));
        expect(indexesOf(later)[0]).toBe(received + 1);
        expect(textsOf([...seen, ...later])).toEqual(textsOf(whole));
        // The run went on and came to its end, with the whole answer.
        const recovered = whole.filter((frame) => frame.event === "RunRecovered");
        expect(recovered).toHaveLength(1);
        expect(whole.at(-1)).toMatchObject({ event: "RunCompleted" });
        const answer = String(whole.at(-1)?.["content"]);
        expect(answer.split(" ")).toHaveLength(WORDS);
        const at = whole.findIndex((frame) => frame.event === "RunRecovered");
        expect(textsOf(whole.slice(at)).content).toBe(answer);

        const run = await after.json("GET", `/agents/assistant/runs/${runId}?session_id=${sessionId}`);
        expect(run).toMatchObject({ status: 200, body: { status: "COMPLETED", content: answer } });
      }
    } finally {
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    }
  });
});

async function readUntilKilled(
  server: TestServer,
  sessionId: string,
  frames: number,
): Promise<ReceivedFrame[]> {
  const client = await apiClient(server.url, { sub: "ann", scopes: ["agents:read", "agents:run"] });
  const response = await client.open("/agents/assistant/runs", {
    message: `/long ${WORDS}`,
    session_id: sessionId,
  });
  const seen: ReceivedFrame[] = [];
  try {
    for await (const frame of readFrames(response)) {
      seen.push(frame);
      if (seen.length === frames) await server.kill();
    }
  } catch {
    // The connection dies with the server.
  }
  expect(seen.length).toBeGreaterThanOrEqual(frames);
  return seen;
}

/** The numbered frames, without those that say where a resume stands. */
function eventsOf(frames: readonly ReceivedFrame[]): ReceivedFrame[] {
  return frames.filter((frame) => frame.event_index !== undefined);
}

/** The texts of answer and reasoning, whatever pieces they came in. */
function textsOf(frames: readonly ReceivedFrame[]): { content: string; reasoning: string } {
  const texts = { content: "", reasoning: "" };
  for (const frame of frames) {
    if (frame.event === "RunContent") texts.content += String(frame["content"]);
    if (frame.event === "ReasoningContentDelta") texts.reasoning += String(frame["reasoning_content"]);
  }
  return texts;
}

function indexesOf(frames: readonly ReceivedFrame[]): number[] {
  return frames.map((frame) => Number(frame.event_index));
}

/** The events' names in order, the pieces of one text counted once. */
function namesOf(frames: readonly ReceivedFrame[]): string[] {
  return frames.map((frame) => frame.event).filter((name, at, all) => name !== all[at - 1]);
}
