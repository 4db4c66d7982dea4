import { expect, test } from "vitest";
import { createScheduleSchema, updateScheduleSchema } from "./schedule.ts";

const least = { name: "daily", cron_expr: "0 9 * * *", endpoint: "/agents/plain/runs" };

test("what is not said has the wire's defaults, and ours where the wire has none", () => {
  expect(createScheduleSchema.parse(least)).toEqual({
    ...least,
    method: "POST",
    timezone: "UTC",
    timeout_seconds: 3_600,
    max_retries: 0,
    retry_delay_seconds: 60,
    overlap_policy: "skip",
    catch_up_policy: "once",
  });
  expect(updateScheduleSchema.parse({})).toEqual({});
});

test("a method may be written in lower case", () => {
  expect(createScheduleSchema.parse({ ...least, method: "get" }).method).toBe("GET");
});

test.each([
  { name: "" },
  { name: "-daily" },
  { name: "täglich" },
  { name: "a".repeat(256) },
  { method: "TRACE" },
  { timeout_seconds: 0 },
  { timeout_seconds: 86_401 },
  { timeout_seconds: 1.5 },
  { max_retries: 11 },
  { retry_delay_seconds: 0 },
  { overlap_policy: "wait" },
  { payload: [] },
  { payload: "hi" },
  { cron_expr: "" },
])("%j is refused", (change) => {
  expect(createScheduleSchema.safeParse({ ...least, ...change }).success).toBe(false);
  expect(updateScheduleSchema.safeParse(change).success).toBe(false);
});

test.each([
  "agents/plain/runs",
  "http://elsewhere.test/agents",
  "/redirect?to=http://elsewhere.test",
  "//elsewhere.test/agents",
  "/\\elsewhere.test",
  "/agents/../../admin",
  "/agents/./plain",
  "/agents/%2e%2e/sessions",
  "/agents/plain/runs#fragment",
  "/agents/pl ain/runs",
  "/agents/plain\n/runs",
  "/agents/plain\t/runs",
  "",
])("the endpoint %j is refused: it would lead elsewhere than it says", (endpoint) => {
  expect(createScheduleSchema.safeParse({ ...least, endpoint }).success).toBe(false);
});
