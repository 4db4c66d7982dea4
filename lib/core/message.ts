import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";
import { runMetricsSchema } from "./run-metrics.ts";

/** A file of a message on the wire; bytes by reference, never inline. */
export const wireMediaSchema = z.object({
  id: z.string(),
  filename: z.string().optional(),
  name: z.string().optional(),
  mime_type: z.string().optional(),
  size: z.number().int().optional(),
  /** Where the bytes are, from the root of the host that answered. */
  url: z.string().optional(),
});

export type WireMedia = z.infer<typeof wireMediaSchema>;

/** One message of a conversation as the wire has it; absent fields are left out. */
export const messageSchema = z.object({
  id: z.string(),
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string().optional(),
  /** Seconds since the epoch. */
  created_at: z.number().int(),
  from_history: z.boolean(),
  stop_after_tool_call: z.boolean(),
  tool_calls: z
    .array(
      z.object({
        id: z.string(),
        type: z.literal("function"),
        function: z.object({ name: z.string(), arguments: z.string() }),
      }),
    )
    .optional(),
  tool_call_id: z.string().optional(),
  tool_name: z.string().optional(),
  tool_args: jsonObjectSchema.optional(),
  tool_call_error: z.boolean().optional(),
  /** What the model is told in place of a tool's result. */
  compressed_content: z.string().optional(),
  reasoning_content: z.string().optional(),
  metrics: runMetricsSchema.optional(),
  provider_data: jsonValueSchema.optional(),
  images: z.array(wireMediaSchema).optional(),
  audio: z.array(wireMediaSchema).optional(),
  videos: z.array(wireMediaSchema).optional(),
  files: z.array(wireMediaSchema).optional(),
});

export type Message = z.infer<typeof messageSchema>;
