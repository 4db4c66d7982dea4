import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CronSchedule, cronSchedule } from "./cron-schedule.ts";
import { MISSED_AFTER_MS, MOST_CATCH_UPS, planFirings } from "./plan-firings.ts";
import type { CatchUpPolicy } from "./schedule.ts";

function cronOf(expression: string, zone = "UTC"): CronSchedule {
  const cron = cronSchedule(expression, zone);
  if (cron === null) throw new Error(`${expression} is no expression`);
  return cron;
}

const at = (time: string) => new Date(`2026-05-04T${time}Z`);
const hourly = cronOf("0 * * * *");
const plan = (catchUpPolicy: CatchUpPolicy, nextRunAt: string, now: string) => {
  const { firings, nextRunAt: next } = planFirings(
    hourly,
    { nextRunAt: at(nextRunAt), catchUpPolicy },
    at(now),
  );
  return [
    ...firings.map(({ dueAt, isCatchUp, missedCount }) =>
      [
        dueAt.toISOString().slice(11, 16),
        ...(isCatchUp ? ["caught up"] : []),
        ...(missedCount === 0 ? [] : [`for ${missedCount} more`]),
      ].join(" "),
    ),
    `next ${next?.toISOString().slice(11, 16)}`,
  ];
};

test.each(["skip", "once", "all"] as const)("a time that has just come fires under %s", (policy) => {
  expect(plan(policy, "09:00", "09:00:00")).toEqual(["09:00", "next 10:00"]);
  expect(plan(policy, "09:00", "09:01:59")).toEqual(["09:00", "next 10:00"]);
});

describe("after four hours of silence", () => {
  test("skip leaves the missed times out", () => {
    expect(plan("skip", "09:00", "12:30:00")).toEqual(["next 13:00"]);
    expect(plan("skip", "09:00", "12:00:05")).toEqual(["12:00", "next 13:00"]);
  });

  test("once makes one firing of them, which is the punctual one where there is one", () => {
    expect(plan("once", "09:00", "12:30:00")).toEqual(["12:00 caught up for 3 more", "next 13:00"]);
    expect(plan("once", "09:00", "12:00:05")).toEqual(["12:00 for 3 more", "next 13:00"]);
  });

  test("all makes a firing of each, in order", () => {
    expect(plan("all", "09:00", "12:00:05")).toEqual([
      "09:00 caught up",
      "10:00 caught up",
      "11:00 caught up",
      "12:00",
      "next 13:00",
    ]);
  });
});

test("a month of silence is made up for by the newest firings only", () => {
  const now = new Date("2026-06-04T00:30Z");
  const { firings } = planFirings(hourly, { nextRunAt: at("09:00"), catchUpPolicy: "all" }, now);
  expect(firings.length).toBe(MOST_CATCH_UPS);
  expect(firings[0]?.missedCount).toBeGreaterThan(MOST_CATCH_UPS);
  expect(firings.at(-1)?.dueAt).toEqual(new Date("2026-06-04T00:00Z"));
});

test("a stored time that the zone's rules no longer have fires all the same", () => {
  const { firings } = planFirings(hourly, { nextRunAt: at("09:30"), catchUpPolicy: "skip" }, at("09:30:10"));
  expect(firings.map(({ dueAt }) => dueAt)).toEqual([at("09:30")]);
});

test("whatever the ticks, each time fires once while no gap between ticks is longer than a missed time's", () => {
  const expression = fc.constantFrom(
    "* * * * *",
    "*/7 * * * *",
    "0 * * * *",
    "30 2 * * *",
    "0,1,59 1-3 * * *",
  );
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "Australia/Lord_Howe");
  const start = fc.constantFrom(
    "2026-03-28T22:13Z",
    "2026-10-24T22:13Z",
    "2026-10-03T12:00Z",
    "2026-07-01T00:00Z",
  );
  const gapsMs = fc.array(fc.integer({ min: 1, max: MISSED_AFTER_MS }), { minLength: 30, maxLength: 200 });
  const policy = fc.constantFrom<CatchUpPolicy>("skip", "once", "all");
  fc.assert(
    fc.property(expression, zone, start, gapsMs, policy, (text, timeZone, from, gaps, catchUpPolicy) => {
      const cron = cronOf(text, timeZone);
      let now = new Date(from);
      let nextRunAt = cron.timesAfter(now, 1)[0];
      const fired: Date[] = [];
      for (const gap of gaps) {
        now = new Date(now.getTime() + gap);
        if (nextRunAt === undefined || nextRunAt > now) continue;
        const planned = planFirings(cron, { nextRunAt, catchUpPolicy }, now);
        fired.push(...planned.firings.map(({ dueAt }) => dueAt));
        nextRunAt = planned.nextRunAt ?? undefined;
      }
      const expected = cron.timesAfter(new Date(from), fired.length + 1).filter((time) => time <= now);
      expect(fired).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

test("after any silence, all fires each time once and once fires at most one time late", () => {
  const silenceMs = fc.integer({ min: 1, max: 40 * 3_600_000 });
  fc.assert(
    fc.property(silenceMs, (silence) => {
      const nextRunAt = at("09:00");
      const now = new Date(nextRunAt.getTime() + silence);
      const each = planFirings(hourly, { nextRunAt, catchUpPolicy: "all" }, now).firings;
      const due = hourly.timesUntil(now, 100).filter((time) => time >= nextRunAt);
      expect(each.map(({ dueAt }) => dueAt)).toEqual(due);
      const one = planFirings(hourly, { nextRunAt, catchUpPolicy: "once" }, now).firings;
      const stoodFor = one.reduce((sum, { missedCount }) => sum + missedCount + 1, 0);
      expect(one.length).toBe(1);
      expect(stoodFor).toBe(due.length);
    }),
    { numRuns: 200 },
  );
});
