import { expect, test } from "vitest";
import { type CronPreset, cronOfPreset, presetOfCron } from "./cron-preset.ts";
import { cronSchedule } from "./cron-schedule.ts";

test.each<[CronPreset, string]>([
  [{ kind: "minutes", every: 1 }, "* * * * *"],
  [{ kind: "minutes", every: 15 }, "*/15 * * * *"],
  [{ kind: "hourly", minute: 5 }, "5 * * * *"],
  [{ kind: "daily", time: "09:00" }, "0 9 * * *"],
  [{ kind: "weekdays", time: "17:30" }, "30 17 * * MON-FRI"],
  [{ kind: "weekly", weekdays: [1, 4], time: "00:05" }, "5 0 * * 1,4"],
  [{ kind: "monthly", day: 31, time: "23:59" }, "59 23 31 * *"],
  [{ kind: "monthly", day: "last", time: "08:00" }, "0 8 L * *"],
  [{ kind: "custom", expression: "0 9 1 1 *" }, "0 9 1 1 *"],
])("%j is %s, and back", (preset, expression) => {
  expect(cronOfPreset(preset)).toBe(expression);
  expect(presetOfCron(expression)).toEqual(preset);
  expect(cronSchedule(expression, "UTC")).not.toBeNull();
});

test("the same schedule in other letters is the same preset", () => {
  expect(presetOfCron(" 00  09 * * 1-5 ")).toEqual({ kind: "weekdays", time: "09:00" });
  expect(presetOfCron("0 9 * * mon-fri")).toEqual({ kind: "weekdays", time: "09:00" });
});

test.each([
  "*/7 * * * *",
  "0 9 1 * 1",
  "0 9 * 5 *",
  "0,30 9 * * *",
  "0 9 * * 7",
  "0 9 0 * *",
  "99 9 * * *",
  "nonsense",
  "",
])("%j is none of the presets", (expression) => {
  expect(presetOfCron(expression)).toEqual({ kind: "custom", expression });
});
