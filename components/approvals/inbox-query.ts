import { z } from "zod";

/** What the address of the inbox says: part, filters, the open approval, page. Nonsense falls back to the default. */
export const inboxQuerySchema = z.object({
  tab: z.enum(["waiting", "settled", "expired"]).catch("waiting").default("waiting"),
  agent: z.string().max(128).catch("").default(""),
  tool: z.string().max(128).catch("").default(""),
  who: z.string().max(255).catch("").default(""),
  id: z.string().max(128).catch("").default(""),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
});

export type InboxQuery = z.infer<typeof inboxQuerySchema>;

/** The query part of an address with these changes; defaults are left out, a change leads to the first page. */
export function inboxSearch(query: InboxQuery, changes: Partial<InboxQuery>): string {
  const next = { ...query, page: 1, id: "", ...changes };
  const search = new URLSearchParams();
  for (const key of ["agent", "tool", "who", "id"] as const) {
    if (next[key] !== "") search.set(key, next[key]);
  }
  if (next.tab !== "waiting") search.set("tab", next.tab);
  if (next.page !== 1) search.set("page", String(next.page));
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}
