import { z } from "zod";

const organizationIdSchema = z.string();
const runIdSchema = z.string();

/** A root run that somebody must drive. `generation` is its row's when that was found. */
export const runRequestedSchema = z.object({
  organizationId: organizationIdSchema,
  runId: runIdSchema,
  subject: z.string().nullable(),
  generation: z.number().int().nonnegative(),
});

/**
 * A run that has ended and wants the work that comes after the reply. `generation` is its last driver's: a run that
 * failed and went on ends once more. Events that were written before it was told have none.
 */
export const runEndedSchema = z.object({
  organizationId: organizationIdSchema,
  runId: runIdSchema,
  generation: z.number().int().nonnegative().default(0),
});

/** A schedule's run that nobody drives any more: it has ended or waits for people. `generation` is its last driver's. */
const runStoppedSchema = z.object({
  organizationId: organizationIdSchema,
  runId: runIdSchema,
  generation: z.number().int().nonnegative(),
});

/** A claimed firing of a schedule that wants to be executed. */
export const scheduleFiredSchema = z.object({
  organizationId: organizationIdSchema,
  scheduleId: z.string(),
  scheduleRunId: z.string(),
});

/** What wakes durable work. The rows that an event names are the truth; who is woken reads them again. */
export const durableEventSchema = z.discriminatedUnion("name", [
  z.object({ name: z.literal("gatehouse/run.requested"), data: runRequestedSchema }),
  z.object({ name: z.literal("gatehouse/run.ended"), data: runEndedSchema }),
  z.object({ name: z.literal("gatehouse/run.stopped"), data: runStoppedSchema }),
  z.object({ name: z.literal("gatehouse/schedule.fired"), data: scheduleFiredSchema }),
]);

export type DurableEvent = z.infer<typeof durableEventSchema>;
