import { z } from "zod";
import { type CronPreset, cronOfPreset, presetOfCron } from "#lib/core/cron-preset.ts";
import { isTimeZone } from "#lib/core/is-time-zone.ts";
import { type JsonObject, jsonObjectSchema } from "#lib/core/json.ts";
import { runTarget } from "#lib/core/run-target.ts";
import { createScheduleSchema, type Schedule } from "#lib/core/schedule.ts";
import { cronFault } from "./cron-fault.ts";

/** What the form sends: a schedule as the API takes it. */
export type ScheduleBody = z.infer<typeof createScheduleSchema>;

const number = z
  .string()
  .trim()
  .transform((text) => (text === "" ? undefined : Number(text)));

const payloadText = z.string().transform((text, context) => {
  if (text.trim() === "") return null;
  const parsed = jsonObjectSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: "custom", message: 'Write a JSON object, such as {"message": "Hello"}.' });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const FREQUENCIES = ["minutes", "hourly", "daily", "weekdays", "weekly", "monthly", "custom"] as const;

/** What the form's controls hold. Those of another target or another frequency keep what was typed. */
const controlsSchema = z.object({
  name: z.string().trim().min(1),
  description: z.string(),
  target: z.enum(["agent", "call"]),
  agent: z.string(),
  message: z.string(),
  session: z.string().trim().max(128),
  method: z.string(),
  endpoint: z.string().trim(),
  payload: z.string(),
  frequency: z.enum(FREQUENCIES),
  every: z.string(),
  minute: z.string(),
  time: z.string(),
  weekdays: z.array(z.string()),
  day: z.string(),
  expression: z.string(),
  timezone: z.string(),
  overlap_policy: z.string(),
  catch_up_policy: z.string(),
  max_retries: number,
  retry_delay_seconds: number,
  timeout_seconds: number,
});

/** The form's values as its controls hold them. */
export type ScheduleFormValues = z.input<typeof controlsSchema>;

type Controls = z.output<typeof controlsSchema>;

/** The frequency that the controls describe. */
export function presetOfForm(
  values: Pick<Controls, "frequency" | "every" | "minute" | "time" | "weekdays" | "day" | "expression">,
): CronPreset {
  const { frequency, time } = values;
  switch (frequency) {
    case "minutes":
      return { kind: frequency, every: Number(values.every) };
    case "hourly":
      return { kind: frequency, minute: Number(values.minute) };
    case "daily":
    case "weekdays":
      return { kind: frequency, time };
    case "weekly":
      return { kind: frequency, weekdays: values.weekdays.map(Number), time };
    case "monthly":
      return { kind: frequency, day: values.day === "last" ? "last" : Number(values.day), time };
    case "custom":
      return { kind: frequency, expression: values.expression };
  }
}

/** Turns what was typed into a schedule; the paths of its issues are the names of the controls. */
export const scheduleFormSchema = controlsSchema
  .superRefine((values, context) => {
    const refuse = (path: keyof Controls, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (values.target === "agent") {
      if (values.agent === "") refuse("agent", "Pick an agent.");
      if (values.message.trim() === "") refuse("message", "Fill this in.");
    } else if (values.endpoint === "") refuse("endpoint", "Fill this in.");
    const needsTime = ["daily", "weekdays", "weekly", "monthly"].includes(values.frequency);
    if (needsTime && !/^\d\d:\d\d$/.test(values.time)) refuse("time", "Give a time.");
    else if (values.frequency === "weekly" && values.weekdays.length === 0) refuse("weekdays", "Pick a day.");
    else {
      const fault = cronFault(cronOfPreset(presetOfForm(values)));
      if (fault !== undefined) refuse(values.frequency === "custom" ? "expression" : "minute", fault);
    }
    if (!isTimeZone(values.timezone)) refuse("timezone", "Pick a time zone.");
  })
  .transform((values, context): z.input<typeof createScheduleSchema> => {
    const call = values.target === "agent" ? null : payloadText.safeParse(values.payload);
    for (const issue of call?.error?.issues ?? [])
      context.addIssue({ code: "custom", path: ["payload"], message: issue.message });
    const { session, max_retries, retry_delay_seconds, timeout_seconds } = values;
    return {
      name: values.name,
      description: values.description.trim() === "" ? null : values.description,
      method: values.target === "agent" ? "POST" : (values.method as ScheduleBody["method"]),
      endpoint: values.target === "agent" ? `/agents/${values.agent}/runs` : values.endpoint,
      payload:
        values.target === "agent"
          ? { message: values.message, ...(session === "" ? {} : { session_id: session }) }
          : (call?.data ?? null),
      cron_expr: cronOfPreset(presetOfForm(values)),
      timezone: values.timezone,
      overlap_policy: values.overlap_policy as ScheduleBody["overlap_policy"],
      catch_up_policy: values.catch_up_policy as ScheduleBody["catch_up_policy"],
      max_retries: max_retries ?? 0,
      retry_delay_seconds: retry_delay_seconds ?? 60,
      timeout_seconds: timeout_seconds ?? 3_600,
    };
  })
  .pipe(createScheduleSchema);

/** The values of an empty form; the time zone is the reader's, which only the browser knows. */
export function emptyScheduleForm(agent: string): ScheduleFormValues {
  return {
    name: "",
    description: "",
    target: "agent",
    agent,
    message: "",
    session: "",
    method: "POST",
    endpoint: "",
    payload: "",
    frequency: "weekdays",
    every: "15",
    minute: "0",
    time: "09:00",
    weekdays: ["1"],
    day: "1",
    expression: "0 9 * * MON-FRI",
    timezone: "",
    overlap_policy: "skip",
    catch_up_policy: "once",
    max_retries: "0",
    retry_delay_seconds: "60",
    timeout_seconds: "3600",
  };
}

/** The values that show an existing schedule. */
export function scheduleFormOf(schedule: Schedule): ScheduleFormValues {
  const empty = emptyScheduleForm("");
  return {
    ...empty,
    name: schedule.name,
    description: schedule.description ?? "",
    ...targetValues(schedule),
    ...frequencyValues(presetOfCron(schedule.cron_expr)),
    expression: schedule.cron_expr,
    timezone: schedule.timezone,
    overlap_policy: schedule.overlap_policy,
    catch_up_policy: schedule.catch_up_policy,
    max_retries: String(schedule.max_retries),
    retry_delay_seconds: String(schedule.retry_delay_seconds),
    timeout_seconds: String(schedule.timeout_seconds),
  };
}

/** A run of an agent with a plain message has controls of its own; everything else is shown as the call that it is. */
function targetValues(schedule: Schedule): Partial<ScheduleFormValues> {
  const { method, endpoint, payload } = schedule;
  const call = { method, endpoint, payload: payload === null ? "" : JSON.stringify(payload, null, 2) };
  const agent = runTarget(method, endpoint);
  const said = plainMessage(payload);
  const isPlain = agent?.kind === "agents" && endpoint === `/agents/${agent.id}/runs` && said !== null;
  return isPlain ? { ...call, target: "agent", agent: agent.id, ...said } : { ...call, target: "call" };
}

function plainMessage(payload: JsonObject | null): { message: string; session: string } | null {
  const { message, session_id: session = "", ...rest } = payload ?? {};
  if (typeof message !== "string" || typeof session !== "string" || Object.keys(rest).length > 0) return null;
  return { message, session };
}

function frequencyValues(preset: CronPreset): Partial<ScheduleFormValues> {
  switch (preset.kind) {
    case "minutes":
      return { frequency: preset.kind, every: String(preset.every) };
    case "hourly":
      return { frequency: preset.kind, minute: String(preset.minute) };
    case "daily":
    case "weekdays":
      return { frequency: preset.kind, time: preset.time };
    case "weekly":
      return { frequency: preset.kind, time: preset.time, weekdays: preset.weekdays.map(String) };
    case "monthly":
      return { frequency: preset.kind, time: preset.time, day: String(preset.day) };
    case "custom":
      return { frequency: preset.kind };
  }
}
