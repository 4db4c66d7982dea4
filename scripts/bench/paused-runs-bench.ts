import { createHook } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { startDurable } from "#inngest/start-durable.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { startHeartbeat } from "#lib/db/leases.ts";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { runOutputSchema } from "#lib/core/run-wire.ts";
import { answerRun } from "#lib/server/answer-run.ts";
import { bootId } from "#lib/server/boot-id.ts";
import { forgetProcess } from "#tests/support/forget-process.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { caller, pausingAgent } from "#tests/support/pausing-agent.ts";
import { openTestDatabase } from "#tests/support/test-database.ts";
import { collectGarbage } from "./collect-garbage.ts";
import type { Measurement } from "./measurement.ts";

const PAUSED = 1_000;
const WARM_UP = 200;
const AT_ONCE = 20;
/** Everything that is done behind an answer is done by then. */
const SETTLE_MS = 2_000;

/** Measures what runs cost that wait for people, with the durable engine at work on the embedded database. */
export async function pausedRunsBench(): Promise<Measurement[]> {
  const opened = await openTestDatabase({ kind: "embedded" });
  const heartbeat = await startHeartbeat(bootId());
  const durable = await startDurable({ isDevelopment: false, origin: "http://127.0.0.1", isLoopback: true });
  try {
    const scope = await makeScope({ subject: "bench" });
    const agentId = await pausingAgent(scope, { take_note: { requires_confirmation: true } });
    const ann = caller(scope);
    const pause = async () => {
      const message = '/tool take_note {"text":"milk"}';
      const request = runRequestSchema.parse({ message, session_id: randomUUID(), stream: false });
      const output = await answerRun(ann, { agentId, request, files: [], idempotencyKey: null });
      if (runOutputSchema.parse(output).status !== "PAUSED")
        throw new Error("A run of the bench did not pause.");
    };
    await pauseAll(pause, WARM_UP);
    await wait(SETTLE_MS);
    const timers = new Set<number>();
    const hook = createHook({
      init: (id, type) => void (type === "Timeout" && timers.add(id)),
      destroy: (id) => void timers.delete(id),
    }).enable();
    const before = heapMegabytes();
    await pauseAll(pause, PAUSED);
    await wait(SETTLE_MS);
    const grown = heapMegabytes() - before;
    await new Promise(setImmediate);
    hook.disable();
    return [
      {
        area: "runtime",
        what: `${PAUSED} paused runs: heap, MB`,
        value: grown.toFixed(1),
        against: "goal under 5",
      },
      {
        area: "runtime",
        what: `${PAUSED} paused runs: timers set since and still there`,
        value: String(timers.size),
        against: "goal none for a run; the process's own loops have one each",
      },
    ];
  } finally {
    await durable.quiesce();
    await durable.stop();
    await journalWriter().drain();
    await heartbeat.stop();
    await opened.close();
    forgetProcess();
  }
}

async function pauseAll(pause: () => Promise<void>, count: number): Promise<void> {
  for (let begun = 0; begun < count; begun += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, pause));
  }
}

function heapMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_000_000;
}
