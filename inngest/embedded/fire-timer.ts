import { z } from "zod";
import { jsonObjectSchema } from "#lib/core/json.ts";
import { cancelRun } from "./cancel-run.ts";
import { nextCronTime } from "./cron-times.ts";
import type { EngineContext } from "./engine-context.ts";
import { ingestEvents } from "./ingest-events.ts";
import { planRun } from "./plan-runs.ts";
import { acceptEvents } from "./store/accept-events.ts";
import type { ClaimedTimer } from "./store/claim-timers.ts";
import { readRunForEnd, readStoredEvent } from "./store/read-run.ts";
import { rescheduleTimer } from "./store/reschedule-timer.ts";
import { deleteJob } from "./store/run-jobs.ts";
import { storedEvent } from "./stored-event.ts";

const cronPayloadSchema = z.object({ cron: z.string(), atMs: z.number() });

/** Does what a claimed timer is for. Everything it writes is harmless when it is done twice. */
export async function fireTimer(context: EngineContext, timer: ClaimedTimer): Promise<void> {
  switch (timer.kind) {
    case "start-deadline":
    case "finish-deadline":
      await cancelUnlessOver(context, timer);
      break;
    case "emit":
      await emit(context, timer);
      break;
    case "cron":
      await fireCron(context, timer);
      break;
  }
}

async function cancelUnlessOver(context: EngineContext, timer: ClaimedTimer): Promise<void> {
  const run = timer.runId === null ? null : await readRunForEnd(context.store, timer.runId);
  const isDue = run !== null && (timer.kind !== "start-deadline" || run.startedAt === null);
  if (!isDue) {
    await deleteJob(context.store, timer);
    return;
  }
  await cancelRun(context, run);
  context.wakeForCall(0);
  context.wakeForTimer(0);
}

async function emit(context: EngineContext, timer: ClaimedTimer): Promise<void> {
  const stored = timer.payload === null ? null : await readStoredEvent(context.store, timer.payload);
  if (stored === null) {
    await deleteJob(context.store, timer);
    return;
  }
  const payload = jsonObjectSchema.parse(JSON.parse(stored.text));
  const event = { ...stored, payload };
  await ingestEvents(context, [event], { emitted: event.id, generation: timer.generation });
}

/**
 * Fires a cron trigger once, however long ago its time was, and sets its next time after now: a trigger that was missed
 * while nothing ran fires one time, as on the server, whose next tick waits in its queue.
 */
async function fireCron(context: EngineContext, timer: ClaimedTimer): Promise<void> {
  const nowMs = context.nowMs();
  const { cron, atMs } = cronPayloadSchema.parse(JSON.parse(timer.payload ?? "null"));
  const config = context.functions().find(({ id }) => id === timer.functionId);
  const trigger = config?.triggers.find((one) => one.kind === "cron" && one.cron === cron);
  if (config !== undefined && trigger?.kind === "cron") {
    const id = `${timer.id}:${atMs}`;
    const event = storedEvent({ name: "inngest/scheduled.timer", data: { cron }, ts: atMs }, { id, nowMs });
    const delayMs = Math.floor(context.random() * trigger.jitterMs);
    const run = planRun(config, event, { nowMs, delayMs });
    await acceptEvents(context.store, { events: [event], runs: [run], ended: [] });
    context.wakeForCall(delayMs);
  }
  const nextMs = nextCronTime(cron, Math.max(nowMs, atMs));
  if (nextMs === null) await deleteJob(context.store, timer);
  else {
    await rescheduleTimer(context.store, timer, {
      atMs: nextMs,
      payload: JSON.stringify({ cron, atMs: nextMs }),
    });
    context.wakeForTimer(nextMs - nowMs);
  }
}
