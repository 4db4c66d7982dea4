import assert from "node:assert/strict";
import { cron } from "inngest";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase } from "../conformance-case.ts";

/** How much a clock may seem to run backwards between processes. */
const toleranceMs = 100;
const cronKey = "cron-with-time-zone";

const sleep: ConformanceCase = {
  name: "sleep",
  promise: "A function sleeps for as long as it asks for, not shorter, and goes on after it.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "sleep", retries: 0, triggers: [caseEvent("sleep")] },
      async ({ event, step }) => {
        const { key } = event.data;
        await step.run("before", () => witness.saw(key, "before"));
        await step.sleep("nap", "2s");
        await step.run("after", () => witness.saw(key, "after"));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("sleep");
    const [after] = await until("after");
    const slept = after.atMs - Number(seen("before")[0]?.atMs);
    assert.ok(slept >= 2_000 - toleranceMs, `slept ${slept} ms of 2,000`);
    atEnd(() => assert.deepEqual([seen("before").length, seen("after").length], [1, 1]));
  },
};

const sleepUntil: ConformanceCase = {
  name: "sleep-until",
  promise: "A function sleeps until a moment, and not at all when the moment is over.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "sleep-until", retries: 0, triggers: [caseEvent<{ at: string }>("sleep-until")] },
      async ({ event, step }) => {
        const { key, at } = event.data;
        await step.sleepUntil("past", new Date("2020-02-02T02:02:02Z"));
        await step.run("before", () => witness.saw(key, "before"));
        await step.sleepUntil("moment", at);
        await step.run("after", () => witness.saw(key, "after"));
      },
    ),
  ],
  async run({ send, until, seen }) {
    const at = Date.now() + 4_000;
    await send("sleep-until", { at: new Date(at).toISOString() });
    const [after] = await until("after");
    assert.ok(after.atMs >= at - toleranceMs, "woke too early");
    assert.ok(Number(seen("before")[0]?.atMs) < at, "slept although the moment was over");
  },
};

/** The schedule of one minute, a minute or two from now, as its zone's clocks show it. */
function scheduleSoon(zone: string): { schedule: string; atMs: number } {
  const atMs = (Math.floor(Date.now() / 60_000) + 2) * 60_000;
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const shown = Object.fromEntries(parts.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  return { schedule: `TZ=${zone} ${shown["minute"]} ${shown["hour"]} * * *`, atMs };
}

const cronWithZone: ConformanceCase = {
  name: cronKey,
  promise: "A schedule calls its function once, in its minute by the clocks of its zone.",
  onlyFull: true,
  functions: ({ inngest, witness }) => {
    const { schedule, atMs } = scheduleSoon("Asia/Kolkata");
    return [
      inngest.createFunction(
        { id: cronKey, retries: 0, triggers: [cron(schedule)] },
        async ({ event, step }) => {
          await step.run("tick", () => witness.saw(cronKey, "tick", { name: event.name, atMs }));
        },
      ),
    ];
  },
  async run({ witness, atEnd }) {
    const [tick] = await witness.until(cronKey, "tick", 1, 200_000);
    const { name, atMs } = tick.data as { name: string; atMs: number };
    assert.equal(name, "inngest/scheduled.timer");
    const lateMs = tick.atMs - atMs;
    assert.ok(lateMs >= -toleranceMs && lateMs < 30_000, `fired ${lateMs} ms after its minute began`);
    atEnd(() => assert.equal(witness.seen(cronKey, "tick").length, 1));
  },
};

/** What time promises. */
export const SLEEP_CASES: readonly ConformanceCase[] = [cronWithZone, sleep, sleepUntil];
