import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";
import { messageSchema } from "./message.ts";
import { sessionSummaryTextSchema } from "./session-summary.ts";
import { runMetricsSchema } from "./run-metrics.ts";
import { sessionIdSchema, sessionStateSchema } from "./run-request.ts";

export const componentTypeSchema = z.enum(["agent", "team", "workflow"]);

export type ComponentType = z.infer<typeof componentTypeSchema>;

/** A session in a list (the wire's SessionSchema). Times are ISO with `Z`. */
export const sessionSummarySchema = z.object({
  session_id: z.string(),
  session_name: z.string(),
  session_state: jsonObjectSchema.optional(),
  created_at: z.string(),
  updated_at: z.string(),
  session_type: componentTypeSchema,
  user_id: z.string().optional(),
  agent_id: z.string().optional(),
  team_id: z.string().optional(),
  workflow_id: z.string().optional(),
  session_summary: sessionSummaryTextSchema.optional(),
  metrics: runMetricsSchema,
  total_tokens: z.number().int().optional(),
  metadata: jsonValueSchema.optional(),
});

export type SessionSummary = z.infer<typeof sessionSummarySchema>;

/** A session of an agent with its conversation. */
export const sessionDetailSchema = z.object({
  user_id: z.string().optional(),
  agent_session_id: z.string(),
  session_id: z.string(),
  session_name: z.string(),
  session_summary: sessionSummaryTextSchema.optional(),
  session_state: jsonObjectSchema,
  agent_id: z.string().optional(),
  total_tokens: z.number().int().optional(),
  agent_data: z
    .object({
      name: z.string(),
      agent_id: z.string(),
      model: z.object({ name: z.string(), id: z.string(), provider: z.string() }).optional(),
    })
    .optional(),
  metrics: runMetricsSchema,
  metadata: jsonObjectSchema.optional(),
  chat_history: z.array(messageSchema),
  created_at: z.string(),
  updated_at: z.string(),
});

export type SessionDetail = z.infer<typeof sessionDetailSchema>;

const nameSchema = z.string().trim().min(1).max(250);

/** What `POST /sessions` takes. */
export const createSessionSchema = z.object({
  session_id: sessionIdSchema.nullish(),
  session_name: nameSchema.nullish(),
  session_state: sessionStateSchema.nullish(),
  metadata: sessionStateSchema.nullish(),
  user_id: z.string().min(1).max(255).nullish(),
  agent_id: z.string().min(1).max(128).nullish(),
  team_id: z.string().min(1).max(128).nullish(),
  workflow_id: z.string().min(1).max(128).nullish(),
});

/** What `PATCH /sessions/{id}` takes; absent fields stay as they are. */
export const updateSessionSchema = z.object({
  session_name: nameSchema.optional(),
  session_state: sessionStateSchema.optional(),
  metadata: sessionStateSchema.optional(),
  /** Kept until the next one is made. */
  summary: sessionSummaryTextSchema.omit({ updated_at: true }).optional(),
});

export type UpdateSession = z.infer<typeof updateSessionSchema>;

/** What `POST /sessions/{id}/rename` takes. */
export const renameSessionSchema = z.object({ session_name: nameSchema });

/** A copy of a session, and what it is one of. */
export const sessionForkSchema = z.object({ session_id: z.string(), forked_from_session_id: z.string() });

export type SessionFork = z.infer<typeof sessionForkSchema>;

/** What `DELETE /sessions` takes: ids and the type of each. */
export const deleteSessionsSchema = z.object({
  session_ids: z.array(sessionIdSchema).min(1).max(1_000),
  session_types: z.array(componentTypeSchema).min(1).max(1_000),
});
