import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronSchedule } from "./cron-schedule.ts";

function times(expression: string, zone: string, after: string, count: number): string[] {
  const found = cronSchedule(expression, zone)?.timesAfter(new Date(after), count) ?? [];
  return found.map((time) => `${time.toISOString().slice(0, 16)}Z`);
}

describe("a time of the day in a time zone", () => {
  test.each([
    // Where clocks go forward over it, it comes right after the gap, once.
    [
      "30 2 * * *",
      "Europe/Berlin",
      "2026-03-28T00:00Z",
      ["2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z"],
    ],
    ["30 2 * * *", "America/New_York", "2026-03-07T12:00Z", ["2026-03-08T07:00Z", "2026-03-09T06:30Z"]],
    ["15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00Z", ["2026-10-03T15:30Z", "2026-10-04T15:15Z"]],
    ["0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00Z", ["2018-11-04T03:00Z", "2018-11-05T02:00Z"]],
    ["0 0 * * *", "Africa/Cairo", "2026-04-23T12:00Z", ["2026-04-23T22:00Z", "2026-04-24T21:00Z"]],
    ["10,40 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z", ["2026-03-29T01:00Z", "2026-03-30T00:10Z"]],
    // Where clocks go back over it, it comes the first time, once.
    ["30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z", ["2026-10-25T00:30Z", "2026-10-26T01:30Z"]],
    ["30 1 * * *", "America/New_York", "2026-10-31T12:00Z", ["2026-11-01T05:30Z", "2026-11-02T06:30Z"]],
    ["45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00Z", ["2026-04-04T14:45Z", "2026-04-05T15:15Z"]],
    ["30 2,14 * * *", "Europe/Berlin", "2026-10-24T13:00Z", ["2026-10-25T00:30Z", "2026-10-25T13:30Z"]],
    // No change of clocks, and an offset of half an hour.
    ["0 9 * * *", "Asia/Kolkata", "2026-03-28T12:00Z", ["2026-03-29T03:30Z", "2026-03-30T03:30Z"]],
    ["30 2 * * *", "UTC", "2026-03-28T12:00Z", ["2026-03-29T02:30Z", "2026-03-30T02:30Z"]],
    // A day that a whole country left out.
    ["0 12 * * *", "Pacific/Apia", "2011-12-29T12:00Z", ["2011-12-29T22:00Z", "2011-12-30T22:00Z"]],
  ])("%s in %s keeps to the clock on the wall", (expression, zone, after, expected) => {
    expect(times(expression, zone, after, expected.length)).toEqual(expected);
  });

  test("an expression with steps goes on through a repeated hour and over a gap", () => {
    expect(times("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:00Z", 4)).toEqual([
      "2026-10-25T00:30Z",
      "2026-10-25T01:00Z",
      "2026-10-25T01:30Z",
      "2026-10-25T02:00Z",
    ]);
    expect(times("0 * * * *", "Europe/Berlin", "2026-03-29T00:30Z", 2)).toEqual([
      "2026-03-29T01:00Z",
      "2026-03-29T02:00Z",
    ]);
  });

  test.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/St_Johns"])(
    "a time of the day comes exactly once on each day of a year in %s, whatever its clocks do",
    (zone) => {
      const dayOf = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
          const cron = cronSchedule(`${minute} ${hour} * * *`, zone);
          const found = cron?.timesAfter(new Date("2026-01-01T00:00Z"), 365) ?? [];
          expect(new Set(found.map((time) => dayOf.format(time))).size).toBe(365);
        }),
        {
          numRuns: 25,
          examples: [
            [2, 30],
            [0, 0],
            [1, 30],
            [23, 59],
          ],
        },
      );
    },
    60_000,
  );
});

test("times are whole minutes, and looking back finds what looking forward found", () => {
  const minute = fc.constantFrom("*", "*/7", "5", "0,30", "10-20");
  const hour = fc.constantFrom("*", "*/5", "2", "1-3", "2,14");
  const weekday = fc.constantFrom("*", "MON-FRI", "SAT-SUN", "FRI-MON", "L5");
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo");
  const after = fc.date({ min: new Date("2026-01-01"), max: new Date("2026-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(minute, hour, weekday, zone, after, (m, h, w, z, start) => {
      const cron = cronSchedule(`${m} ${h} * * ${w}`, z);
      const forward = cron?.timesAfter(start, 5) ?? [];
      const last = forward.at(-1);
      expect(forward.length).toBe(5);
      expect(forward.every((time) => time > start && time.getTime() % 60_000 === 0)).toBe(true);
      expect(last === undefined ? [] : cron?.timesUntil(last, 5)).toEqual(forward);
    }),
    { numRuns: 200 },
  );
});

test("the time itself counts when one looks back, a later one in the same second does not", () => {
  const cron = cronSchedule("0 9 * * *", "UTC");
  const nine = new Date("2026-05-04T09:00:00.000Z");
  expect(cron?.timesUntil(nine, 1)).toEqual([nine]);
  expect(cron?.timesUntil(new Date("2026-05-04T08:59:59.999Z"), 1)).toEqual([new Date("2026-05-03T09:00Z")]);
});

test.each([
  "nonsense",
  "",
  "* * * *",
  "* * * * * *",
  "0 0 9 * * *",
  "60 * * * *",
  "0 24 * * *",
  "0 9 0 * *",
  "0 9 32 * *",
  "0 9 * 13 *",
  "*/0 * * * *",
  "*/61 * * * *",
  "0 9 * * 1#6",
  "0 0 31 2 *",
  "H * * * *",
  "@reboot",
  "0 9 * * +MON",
  "1e1 * * * *",
  "-1 * * * *",
])("%j is no expression, or never comes", (expression) => {
  expect(cronSchedule(expression, "UTC")).toBeNull();
});

test.each(["Nowhere/Land", "+02:00", "", "Europe/Berlin; drop"])("%j is no time zone", (zone) => {
  expect(cronSchedule("0 9 * * *", zone)).toBeNull();
});
