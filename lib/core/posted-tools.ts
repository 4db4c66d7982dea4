import { z } from "zod";
import { type JsonObject, jsonObjectSchema, type JsonValue, jsonValueSchema } from "./json.ts";

/** What a caller has decided about one held call. Absent parts are null; nothing else of what they send is believed. */
export interface CallAnswer {
  toolCallId: string;
  /** The requirement that is answered, where the call named it; null for whatever the call waits for now. */
  requirementId: string | null;
  confirmed: boolean | null;
  note: string | null;
  /** The arguments as the caller would have them. */
  args: JsonObject | null;
  /** True when the values or the choices are the caller's answer, not what they were shown. */
  answered: boolean;
  values: ReadonlyMap<string, JsonValue> | null;
  /** The labels chosen, by question. */
  choices: ReadonlyMap<string, readonly string[]> | null;
  result: JsonValue;
}

const answerSchema = z
  .object({
    tool_call_id: z.string().min(1),
    approval_id: z.string().nullish(),
    confirmed: z.boolean().nullish(),
    confirmation_note: z.string().nullish(),
    tool_args: jsonObjectSchema.nullish(),
    answered: z.boolean().nullish(),
    user_input_schema: z.array(z.object({ name: z.string(), value: jsonValueSchema.nullish() })).nullish(),
    user_feedback_schema: z
      .array(z.object({ question: z.string(), selected_options: z.array(z.string()).nullish() }))
      .nullish(),
    result: jsonValueSchema.nullish(),
  })
  .transform(
    (posted): CallAnswer => ({
      toolCallId: posted.tool_call_id,
      requirementId: posted.approval_id ?? null,
      confirmed: posted.confirmed ?? null,
      note: posted.confirmation_note ?? null,
      args: posted.tool_args ?? null,
      answered: posted.answered === true,
      values: posted.user_input_schema
        ? new Map(posted.user_input_schema.map(({ name, value }) => [name, value ?? null]))
        : null,
      choices: posted.user_feedback_schema
        ? new Map(
            posted.user_feedback_schema.map(({ question, selected_options: chosen }) => [
              question,
              chosen ?? [],
            ]),
          )
        : null,
      result: posted.result ?? null,
    }),
  );

/** The calls that a caller posts back with their decisions, as copies of what they were sent. */
export const postedToolsSchema = z.array(answerSchema).max(1_000);
