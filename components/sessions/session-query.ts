import { z } from "zod";

/** What the address of the session list says: search, agent, order, page. Nonsense falls back to the default. */
export const sessionQuerySchema = z.object({
  q: z.string().trim().max(250).catch("").default(""),
  agent: z.string().max(128).catch("").default(""),
  sort: z.enum(["updated", "created"]).catch("updated").default("updated"),
  order: z.enum(["asc", "desc"]).catch("desc").default("desc"),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
});

export type SessionQuery = z.infer<typeof sessionQuerySchema>;

/** The query part of an address with these changes; defaults are left out, a change leads to the first page. */
export function sessionSearch(query: SessionQuery, changes: Partial<SessionQuery>): string {
  const next = { ...query, page: 1, ...changes };
  const search = new URLSearchParams();
  if (next.q !== "") search.set("q", next.q);
  if (next.agent !== "") search.set("agent", next.agent);
  if (next.sort !== "updated") search.set("sort", next.sort);
  if (next.order !== "desc") search.set("order", next.order);
  if (next.page !== 1) search.set("page", String(next.page));
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}
