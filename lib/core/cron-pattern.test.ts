import { expect, test } from "vitest";
import { cronPattern } from "./cron-pattern.ts";
import { cronSchedule } from "./cron-schedule.ts";

test.each([
  ["0 9 * * mon-fri", "0 9 * * MON-FRI"],
  ["0 9 * * FRI-MON", "0 9 * * 5,6,0,1"],
  ["0 22-2 * * *", "0 22,23,0,1,2 * * *"],
  ["0 22-4/2 * * *", "0 22,0,2,4 * * *"],
  ["0 9 * NOV-FEB *", "0 9 * 11,12,1,2 *"],
  ["5/10 * * * *", "5-59/10 * * * *"],
  ["5,10/20 * * * *", "5,10-59/20 * * * *"],
  ["0 9 * * L5", "0 9 * * 5#L"],
  ["0 9 L * *", "0 9 L * *"],
  ["  0   9 * * 7 ", "0 9 * * 7"],
  ["@Daily", "@daily"],
])("%j is %j for the library", (expression, pattern) => {
  expect(cronPattern(expression)).toBe(pattern);
  expect(cronSchedule(expression, "UTC")).not.toBeNull();
});

test.each(["@reboot", "* * * *", "* * * * * *", "0 9 * * MÖN", "0 9 * * 1;2"])("%j is none", (expression) => {
  expect(cronPattern(expression)).toBeNull();
});
