import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";

/** What happens to a firing while the one before it is still under way. */
export const overlapPolicySchema = z.enum(["skip", "queue", "parallel"]);

export type OverlapPolicy = z.infer<typeof overlapPolicySchema>;

/** What happens to firings whose time passed while nothing was running: none, one for all of them, or each. */
export const catchUpPolicySchema = z.enum(["skip", "once", "all"]);

export type CatchUpPolicy = z.infer<typeof catchUpPolicySchema>;

const methodSchema = z.preprocess(
  (value) => (typeof value === "string" ? value.toUpperCase() : value),
  z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
);

export type ScheduleMethod = z.infer<typeof methodSchema>;

const nameSchema = z
  .string()
  .max(255)
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9 ._-]*$/,
    "Begin with a letter or digit; then letters, digits, spaces, dots, hyphens and underscores.",
  );

const endpointSchema = z
  .string()
  .max(512)
  .refine((text) => text.startsWith("/"), "An endpoint is a path of this API and begins with a slash.")
  .refine(
    isPlainPath,
    "Give a path of this API, such as /agents/assistant/runs, without a host and without dots.",
  );

/** False where a URL parser would make another path or another host of it. */
function isPlainPath(text: string): boolean {
  const url = URL.parse(`http://api.invalid/api${text}`);
  return url?.host === "api.invalid" && `/api${text}` === url.pathname + url.search && !text.includes("//");
}

const fields = {
  name: nameSchema,
  cron_expr: z.string().min(1).max(128),
  endpoint: endpointSchema,
  description: z.string().max(1_024),
  payload: jsonObjectSchema,
  timezone: z.string().min(1).max(64),
  timeout_seconds: z.number().int().min(1).max(86_400),
  max_retries: z.number().int().min(0).max(10),
  retry_delay_seconds: z.number().int().min(1).max(3_600),
};

/** Body of POST /schedules. */
export const createScheduleSchema = z.object({
  name: fields.name,
  cron_expr: fields.cron_expr,
  endpoint: fields.endpoint,
  method: methodSchema.default("POST"),
  description: fields.description.nullish(),
  payload: fields.payload.nullish(),
  timezone: fields.timezone.default("UTC"),
  timeout_seconds: fields.timeout_seconds.default(3_600),
  max_retries: fields.max_retries.default(0),
  retry_delay_seconds: fields.retry_delay_seconds.default(60),
  overlap_policy: overlapPolicySchema.default("skip"),
  catch_up_policy: catchUpPolicySchema.default("once"),
});

export type CreateSchedule = z.infer<typeof createScheduleSchema>;

/** Body of PATCH /schedules/{schedule_id}. Absent means unchanged, null empties. */
export const updateScheduleSchema = z.object({
  name: fields.name.optional(),
  cron_expr: fields.cron_expr.optional(),
  endpoint: fields.endpoint.optional(),
  method: methodSchema.optional(),
  description: fields.description.nullish(),
  payload: fields.payload.nullish(),
  timezone: fields.timezone.optional(),
  timeout_seconds: fields.timeout_seconds.optional(),
  max_retries: fields.max_retries.optional(),
  retry_delay_seconds: fields.retry_delay_seconds.optional(),
  overlap_policy: overlapPolicySchema.optional(),
  catch_up_policy: catchUpPolicySchema.optional(),
});

export type UpdateSchedule = z.infer<typeof updateScheduleSchema>;

const epochSchema = z.number().int();

/** A schedule as the API shows it. Times are seconds since the epoch. */
export const scheduleSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  endpoint: z.string(),
  payload: jsonObjectSchema.nullable(),
  cron_expr: z.string(),
  timezone: z.string(),
  timeout_seconds: z.number().int(),
  max_retries: z.number().int(),
  retry_delay_seconds: z.number().int(),
  enabled: z.boolean(),
  next_run_at: epochSchema.nullable(),
  created_at: epochSchema,
  updated_at: epochSchema.nullable(),
  overlap_policy: overlapPolicySchema,
  catch_up_policy: catchUpPolicySchema,
});

export type Schedule = z.infer<typeof scheduleSchema>;

/** What enable and disable answer. */
export const scheduleStateSchema = scheduleSchema.pick({
  id: true,
  name: true,
  enabled: true,
  next_run_at: true,
  updated_at: true,
});

export type ScheduleState = z.infer<typeof scheduleStateSchema>;

/** How an attempt stands, with the wire's names. */
export const scheduleRunStatusSchema = z.enum(["running", "success", "failed", "paused", "timeout"]);

export type ScheduleRunStatus = z.infer<typeof scheduleRunStatusSchema>;

/** One attempt of one firing, as the API shows it. */
export const scheduleRunSchema = z.object({
  id: z.string(),
  schedule_id: z.string(),
  attempt: z.number().int(),
  triggered_at: epochSchema.nullable(),
  completed_at: epochSchema.nullable(),
  status: scheduleRunStatusSchema,
  status_code: z.number().int().nullable(),
  run_id: z.string().nullable(),
  session_id: z.string().nullable(),
  error: z.string().nullable(),
  input: jsonObjectSchema.nullable(),
  output: jsonObjectSchema.nullable(),
  requirements: z.array(jsonValueSchema).nullable(),
  created_at: epochSchema,
});

export type ScheduleRun = z.infer<typeof scheduleRunSchema>;
