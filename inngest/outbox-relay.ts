import type { DurableEvent } from "#lib/core/durable-event.ts";
import { durableEventId } from "#lib/core/durable-event-id.ts";
import { failPoint } from "#lib/core/fail-point.ts";
import { outboxBell } from "#lib/db/outbox-bell.ts";
import { claimOutboxMessages, giveBackOutboxMessages, markOutboxDelivered } from "#lib/db/outbox.ts";
import { log } from "#lib/server/log.ts";

/** Takes events to the engine; resolves once it has them all. */
type SendEvents = (events: (DurableEvent & { id: string })[]) => Promise<unknown>;

const BATCH = 100;
/** What this process writes rings the bell; the look finds what others left or a failure held up. */
const LOOK_EVERY_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Brings the outbox's messages to the engine, in every process, until stopped. A message is sent at least once, every
 * time under the same id; it is marked only when the engine has it.
 */
export function startOutboxRelay(send: SendEvents): { stop(): Promise<void> } {
  let stopped = false;
  let rung = false;
  let endPause: (() => void) | undefined;
  const stopListening = outboxBell().listen(() => {
    rung = true;
    endPause?.();
  });

  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopped) endPause();
    });
    endPause = undefined;
  }

  async function relay(): Promise<void> {
    let failures = 0;
    while (!stopped) {
      rung = false;
      try {
        const taken = await relayBatch(send);
        failures = 0;
        if (taken < BATCH && !rung) await pause(LOOK_EVERY_MS);
      } catch (error) {
        log("error", "The outbox could not be relayed; trying again.", { error });
        failures += 1;
        await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures));
      }
    }
  }

  const done = relay();
  return {
    async stop() {
      stopped = true;
      stopListening();
      endPause?.();
      await done;
    },
  };
}

/** Sends one batch and returns how many messages there were. What could not be sent is given back. */
async function relayBatch(send: SendEvents): Promise<number> {
  const messages = await claimOutboxMessages(BATCH);
  const known = messages.flatMap(({ id, event }) => (event === null ? [] : [{ id, event }]));
  if (known.length === 0) return messages.length;
  const ids = known.map(({ id }) => id);
  try {
    failPoint("relay-before-send");
    await send(known.map(({ event }) => ({ ...event, id: durableEventId(event) })));
    failPoint("relay-sent");
  } catch (error) {
    await giveBackOutboxMessages(ids);
    throw error;
  }
  await markOutboxDelivered(ids);
  return messages.length;
}
