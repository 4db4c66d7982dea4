import { z } from "zod";

/** What the address of the agents' list says. Nonsense falls back to the default. */
export const agentQuerySchema = z.object({
  q: z.string().trim().max(250).catch("").default(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

export type AgentQuery = z.infer<typeof agentQuerySchema>;
