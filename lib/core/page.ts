import { z } from "zod";

/** Where a page of a list stands in the whole. */
export const pageMetaSchema = z.object({
  page: z.number().int(),
  limit: z.number().int(),
  total_pages: z.number().int(),
  total_count: z.number().int(),
  search_time_ms: z.number(),
});

/** The wire's envelope around one page of a list. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), meta: pageMetaSchema });
}

/** Computes the envelope's `meta`; `totalPages` is the ceiling of the count over the limit. */
export function pageMeta(input: { page: number; limit: number; totalCount: number; searchTimeMs: number }) {
  return {
    page: input.page,
    limit: input.limit,
    total_pages: Math.ceil(input.totalCount / input.limit),
    total_count: input.totalCount,
    search_time_ms: input.searchTimeMs,
  };
}
