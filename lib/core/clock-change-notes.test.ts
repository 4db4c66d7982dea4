import { expect, test } from "vitest";
import { clockChangeNotes } from "./clock-change-notes.ts";
import { clockChanges } from "./clock-changes.ts";

const NOW = new Date("2026-01-10T12:34:56Z");

test.each([
  [
    "Europe/Berlin",
    [
      ["2026-03-29T01:00", 60],
      ["2026-10-25T01:00", -60],
    ],
  ],
  [
    "America/New_York",
    [
      ["2026-03-08T07:00", 60],
      ["2026-11-01T06:00", -60],
    ],
  ],
  [
    "Australia/Lord_Howe",
    [
      ["2026-04-04T15:00", -30],
      ["2026-10-03T15:30", 30],
    ],
  ],
  ["Asia/Kolkata", []],
  ["UTC", []],
])("the clocks of %s change when they should", (zone, expected) => {
  const found = clockChanges(zone, NOW, 366).map(({ at, byMs }) => [
    at.toISOString().slice(0, 16),
    byMs / 60_000,
  ]);
  expect(found).toEqual(expected);
});

test("a time in the hour that is left out or comes twice has a note of what happens", () => {
  expect(clockChangeNotes("30 2 * * *", "Europe/Berlin", NOW)).toEqual([
    "Clocks go forward on Sunday 29 March and leave out 02:30: it fires at 03:00 instead.",
    "Clocks go back on Sunday 25 October and show 02:30 twice: it fires the first time.",
  ]);
  expect(clockChangeNotes("0 0 * * *", "Africa/Cairo", NOW)[0]).toMatch(
    /^Clocks go forward on \w+ \d+ April and leave out 00:00: it fires at 01:00 instead\.$/,
  );
});

test("a change of next year says so", () => {
  expect(clockChangeNotes("30 2 * * *", "Europe/Berlin", new Date("2026-12-01T00:00:00Z"))[0]).toContain(
    "on Sunday 28 March 2027 and",
  );
});

test("a schedule with steps leaves the hour out, or goes through it again", () => {
  expect(clockChangeNotes("*/30 * * * *", "Europe/Berlin", NOW)).toEqual([
    expect.stringMatching(/^Clocks go forward .* leave out 02:00 and 02:30: it does not fire then\.$/),
    "Clocks go back on Sunday 25 October and show 02:00 and 02:30 twice: it fires both times.",
  ]);
});

test.each([
  ["0 9 * * *", "Europe/Berlin"],
  ["30 2 * * MON", "Europe/Berlin"],
  ["30 2 * * *", "UTC"],
  ["* * * * *", "Europe/Berlin"],
  ["nonsense", "Europe/Berlin"],
  ["30 2 * * *", "Nowhere/Land"],
])("%s in %s needs no note", (expression, zone) => {
  expect(clockChangeNotes(expression, zone, NOW)).toEqual([]);
});
