import { describe, expect, test } from "vitest";
import { formSentence } from "#components/shell/form-sentence.ts";
import { createScheduleSchema, type Schedule } from "#lib/core/schedule.ts";
import { emptyScheduleForm, scheduleFormOf, scheduleFormSchema } from "./schedule-form-schema.ts";

const VALID = {
  ...emptyScheduleForm("assistant"),
  name: "Morning report",
  message: "What is new?",
  timezone: "Europe/Berlin",
};

const stored: Schedule = {
  id: "1",
  name: "Morning report",
  description: null,
  method: "POST",
  endpoint: "/agents/assistant/runs",
  payload: { message: "What is new?" },
  cron_expr: "0 9 * * MON-FRI",
  timezone: "Europe/Berlin",
  timeout_seconds: 3_600,
  max_retries: 0,
  retry_delay_seconds: 60,
  enabled: true,
  next_run_at: null,
  created_at: 0,
  updated_at: null,
  overlap_policy: "skip",
  catch_up_policy: "once",
};

function issuesOf(values: unknown) {
  const parsed = scheduleFormSchema.safeParse(values, { error: formSentence });
  return (parsed.error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message]);
}

test("an agent and a frequency become a schedule of the API", () => {
  expect(scheduleFormSchema.parse({ ...VALID, session: " report " })).toEqual({
    name: "Morning report",
    description: null,
    method: "POST",
    endpoint: "/agents/assistant/runs",
    payload: { message: "What is new?", session_id: "report" },
    cron_expr: "0 9 * * MON-FRI",
    timezone: "Europe/Berlin",
    timeout_seconds: 3_600,
    max_retries: 0,
    retry_delay_seconds: 60,
    overlap_policy: "skip",
    catch_up_policy: "once",
  });
});

describe("a stored schedule survives the way into the form and back", () => {
  test.each<Partial<Schedule>>([
    {},
    { cron_expr: "*/15 * * * *" },
    { cron_expr: "5 * * * *" },
    { cron_expr: "30 7 * * *" },
    { cron_expr: "0 9 * * 1,3,5" },
    { cron_expr: "0 9 L * *" },
    { cron_expr: "0 9 1 * 1" },
    { payload: { message: "Go on", session_id: "report" } },
    { payload: { message: "With more", metadata: { team: "a" } } },
    { payload: null },
    { method: "GET", endpoint: "/agents", payload: null },
    { endpoint: "/agents/assistant/runs?version=2" },
    { description: "Each day", max_retries: 3, overlap_policy: "queue", catch_up_policy: "all" },
  ])("%j", (change) => {
    const schedule = { ...stored, ...change };
    expect(scheduleFormSchema.parse(scheduleFormOf(schedule))).toEqual(createScheduleSchema.parse(schedule));
  });
});

test("a plain message is shown as such, everything else as the call that it is", () => {
  expect(scheduleFormOf(stored)).toMatchObject({
    target: "agent",
    agent: "assistant",
    message: "What is new?",
  });
  const call = scheduleFormOf({ ...stored, payload: { message: "x", stream: true } });
  expect(call).toMatchObject({ target: "call", endpoint: "/agents/assistant/runs" });
  expect(JSON.parse(call.payload)).toEqual({ message: "x", stream: true });
});

test.each([
  [{ name: " " }, "name", "Fill this in."],
  [{ agent: "" }, "agent", "Pick an agent."],
  [{ message: " " }, "message", "Fill this in."],
  [{ target: "call" }, "endpoint", "Fill this in."],
  [
    { target: "call", endpoint: "/agents", payload: "[1]" },
    "payload",
    'Write a JSON object, such as {"message": "Hello"}.',
  ],
  [{ frequency: "daily", time: "" }, "time", "Give a time."],
  [{ frequency: "weekly", weekdays: [] }, "weekdays", "Pick a day."],
  [{ frequency: "hourly", minute: "60" }, "minute", "This is no cron expression, or it never comes."],
  [
    { frequency: "custom", expression: "nonsense" },
    "expression",
    "A cron expression has five fields: minute, hour, day, month, weekday.",
  ],
  [
    { frequency: "custom", expression: "0 0 31 2 *" },
    "expression",
    "This is no cron expression, or it never comes.",
  ],
  [{ timezone: "" }, "timezone", "Pick a time zone."],
  [{ max_retries: "11" }, "max_retries", "At most 10."],
  [{ timeout_seconds: "0" }, "timeout_seconds", "At least 1."],
  [{ retry_delay_seconds: "soon" }, "retry_delay_seconds", "Write a number."],
])("%j is refused at its control, in words", (wrong, path, sentence) => {
  expect(issuesOf({ ...VALID, ...wrong })).toContainEqual([path, sentence]);
});
