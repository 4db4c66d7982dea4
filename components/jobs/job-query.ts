import { z } from "zod";
import { durableRunStatusSchema } from "#lib/core/durable-run.ts";

/** What the address of the job list says: state, page. Nonsense falls back to the default. */
export const jobQuerySchema = z.object({
  status: durableRunStatusSchema.optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
});

export type JobQuery = z.infer<typeof jobQuerySchema>;

/** The query part of an address with these changes; a changed state leads to the first page. */
export function jobSearch(query: JobQuery, changes: Partial<JobQuery>): string {
  const next = { ...query, page: 1, ...changes };
  const search = new URLSearchParams();
  if (next.status !== undefined) search.set("status", next.status);
  if (next.page !== 1) search.set("page", String(next.page));
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}
