import { z } from "zod";

/** What a conversation was about so far (the wire's SessionSummary). */
export const sessionSummaryTextSchema = z.object({
  summary: z.string().min(1).max(20_000),
  topics: z.array(z.string().min(1).max(200)).max(50).optional(),
  /** ISO 8601 with `Z`. */
  updated_at: z.string().optional(),
});

export type SessionSummaryText = z.infer<typeof sessionSummaryTextSchema>;
