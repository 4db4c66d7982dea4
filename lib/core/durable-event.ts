import { z } from "zod";

const organizationIdSchema = z.string();
const runIdSchema = z.string();

/** What wakes durable work. The rows that an event names are the truth; who is woken reads them again. */
export const durableEventSchema = z.discriminatedUnion("name", [
  /** A root run that somebody must drive. `generation` is its row's when that was found. */
  z.object({
    name: z.literal("gatehouse/run.requested"),
    data: z.object({
      organizationId: organizationIdSchema,
      runId: runIdSchema,
      subject: z.string().nullable(),
      generation: z.number().int().nonnegative(),
    }),
  }),
  /** A run that has ended and wants the work that comes after the reply. */
  z.object({
    name: z.literal("gatehouse/run.ended"),
    data: z.object({ organizationId: organizationIdSchema, runId: runIdSchema }),
  }),
  /** A claimed firing of a schedule that wants to be executed. */
  z.object({
    name: z.literal("gatehouse/schedule.fired"),
    data: z.object({
      organizationId: organizationIdSchema,
      scheduleId: z.string(),
      scheduleRunId: z.string(),
    }),
  }),
]);

export type DurableEvent = z.infer<typeof durableEventSchema>;
