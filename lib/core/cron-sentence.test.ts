import { expect, test } from "vitest";
import { cronSentence } from "./cron-sentence.ts";

test.each([
  ["0 9 * * MON-FRI", "At 09:00, Monday through Friday"],
  ["*/5 * * * *", "Every 5 minutes"],
  ["0 9 * * FRI-MON", "At 09:00, Friday through Monday"],
  ["30 14 1 * *", "At 14:30, on day 1 of the month"],
  ["0 9 * * L5", "At 09:00, on the last Friday of the month"],
  ["@DAILY", "At 00:00"],
])("%s is %j", (expression, sentence) => {
  expect(cronSentence(expression)).toBe(sentence);
});

test.each(["nonsense", "", "0 9 * * SUN#L"])("what has no words stands as it is: %j", (expression) => {
  expect(cronSentence(expression)).toBe(expression);
});
