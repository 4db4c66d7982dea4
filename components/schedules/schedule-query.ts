import { z } from "zod";

const pageNumber = z.coerce.number().int().min(1).max(10_000).catch(1).default(1);

/** What the address of the schedules' list says. Nonsense falls back to the default. */
export const scheduleQuerySchema = z.object({
  q: z.string().trim().max(250).catch("").default(""),
  page: pageNumber,
});

export type ScheduleQuery = z.infer<typeof scheduleQuerySchema>;

/** What the address of one schedule says: the page of its history. */
export const historyQuerySchema = z.object({ page: pageNumber });
