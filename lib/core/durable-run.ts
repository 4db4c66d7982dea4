import { z } from "zod";
import { jsonObjectSchema } from "./json.ts";

/** Where a durable job stands. `waiting`: for a time, an event or another job; nothing of it is being worked on. */
export const durableRunStatusSchema = z.enum([
  "queued",
  "running",
  "waiting",
  "completed",
  "failed",
  "cancelled",
]);

export type DurableRunStatus = z.infer<typeof durableRunStatusSchema>;

/** True when nothing more will happen to the job. */
export function isDurableRunOver(status: DurableRunStatus): boolean {
  switch (status) {
    case "completed":
    case "failed":
    case "cancelled":
      return true;
    case "queued":
    case "running":
    case "waiting":
      return false;
  }
}

const epochSchema = z.number().int();

/** A run of a durable function, as lists show it. Times in seconds since the epoch. */
export const durableRunSchema = z.object({
  id: z.string(),
  /** The function's id, such as `run/drive`. */
  function: z.string(),
  /** The event that started it. */
  event: z.string(),
  /** The question of the run, or the name of the schedule, that it is about; null when it is about neither. */
  about: z.string().nullable(),
  status: durableRunStatusSchema,
  /** Calls of the function that failed in a row; another one follows while the job is not over. */
  failed_attempts: z.number().int(),
  /** What the open step waits for, such as an event's name; null while nothing waits. */
  waits_for: z.string().nullable(),
  /** When a wait or the pause before the next attempt ends. */
  waits_until: epochSchema.nullable(),
  error: z.string().nullable(),
  created_at: epochSchema,
  started_at: epochSchema.nullable(),
  ended_at: epochSchema.nullable(),
});

export type DurableRun = z.infer<typeof durableRunSchema>;

const durableStepSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What the step does, as the SDK calls it: StepRun, Sleep, WaitForEvent, InvokeFunction … */
  operation: z.string(),
  status: z.enum(["waiting", "completed", "failed"]),
  waits_for: z.string().nullable(),
  waits_until: epochSchema.nullable(),
  attempts: z.number().int(),
  created_at: epochSchema,
  settled_at: epochSchema.nullable(),
  error: z.string().nullable(),
});

export type DurableStep = z.infer<typeof durableStepSchema>;

/** One job with its steps in the order in which they began. */
export const durableRunDetailSchema = durableRunSchema.extend({
  /** What the event says: ids of the rows that the job is about. */
  event_data: jsonObjectSchema,
  steps: z.array(durableStepSchema),
});

export type DurableRunDetail = z.infer<typeof durableRunDetailSchema>;
