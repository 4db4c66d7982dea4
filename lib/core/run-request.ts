import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";
import { jsonSchemaSchema } from "./json-schema.ts";
import { RUN_MEDIA_FIELDS } from "./run-media.ts";

/** A session id as clients may choose it: any but the two that no address can hold, because they fold away in it. */
export const sessionIdSchema = z
  .string()
  .min(1)
  .max(128)
  .refine((id) => id !== "." && id !== "..", "A session id must not be one or two dots");

/** UTF-16 units that a session's state or metadata may take as JSON: it is read with every run of the session. */
const MOST_STATE_CHARACTERS = 2_000_000;

/** A session's state or metadata as a request gives it. */
export const sessionStateSchema = jsonObjectSchema.refine(
  (state) => JSON.stringify(state).length <= MOST_STATE_CHARACTERS,
  `Input should take at most ${MOST_STATE_CHARACTERS.toLocaleString("en")} characters as JSON`,
);

/** A form's field that holds a JSON object as text; JSON callers may give the object itself. */
const jsonObjectTextSchema = z.union([
  jsonObjectSchema,
  z.string().transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "Input should be a JSON object" });
      return z.NEVER;
    }
  }),
]);
const jsonObjectFieldSchema = jsonObjectTextSchema.pipe(sessionStateSchema);

const optionalBooleanSchema = z.stringbool().or(z.boolean()).optional();

const emptyAsAbsent = (value: unknown) => (value === "" || value === null ? undefined : value);

/** The fields of a run's start, as the wire's form has them. Unknown fields are ignored. */
export const runRequestSchema = z.object({
  message: z.string().max(2_000_000),
  stream: z.stringbool().or(z.boolean()).default(true),
  background: z.stringbool().or(z.boolean()).default(false),
  stream_events: z.stringbool().or(z.boolean()).default(true),
  session_id: z.preprocess(emptyAsAbsent, sessionIdSchema.optional()),
  user_id: z.preprocess(emptyAsAbsent, z.string().min(1).max(255).optional()),
  version: z.preprocess(emptyAsAbsent, z.coerce.number().int().min(1).max(1_000_000).optional()),
  session_state: z.preprocess(emptyAsAbsent, jsonObjectFieldSchema.optional()),
  metadata: z.preprocess(emptyAsAbsent, jsonObjectFieldSchema.optional()),
  /** Values for the run's tools. */
  dependencies: z.preprocess(emptyAsAbsent, jsonObjectFieldSchema.optional()),
  add_dependencies_to_context: z.preprocess(emptyAsAbsent, optionalBooleanSchema),
  /** The JSON schema that the answer has to fit, in place of the agent's own. */
  output_schema: z.preprocess(emptyAsAbsent, jsonObjectTextSchema.pipe(jsonSchemaSchema).optional()),
  use_json_mode: z.preprocess(emptyAsAbsent, optionalBooleanSchema),
  add_history_to_context: z.preprocess(emptyAsAbsent, optionalBooleanSchema),
  num_history_runs: z.preprocess(emptyAsAbsent, z.coerce.number().int().min(1).max(1_000).optional()),
  add_session_state_to_context: z.preprocess(emptyAsAbsent, optionalBooleanSchema),
  retries: z.preprocess(emptyAsAbsent, z.coerce.number().int().min(0).max(10).optional()),
  structured_outputs: z.preprocess(emptyAsAbsent, optionalBooleanSchema),
  ...RUN_MEDIA_FIELDS,
});

export type RunRequest = z.infer<typeof runRequestSchema>;

/** The fields of a resume: the index of the last frame that the caller has, and the run's session. */
export const resumeRequestSchema = z.object({
  last_event_index: z.preprocess(
    emptyAsAbsent,
    z.coerce.number().int().min(-1).max(2_147_483_646).optional(),
  ),
  session_id: z.preprocess(emptyAsAbsent, sessionIdSchema.optional()),
  /** Ours: the stream goes on while the run waits for people, and shows what comes after. */
  follow_pauses: z.stringbool().or(z.boolean()).default(false),
});

/**
 * The fields of a continue. `tools` are copies of the held calls with the caller's decisions, as JSON text or, from
 * JSON callers, as the list itself; whoever applies them reads them, with the wire's own sentences.
 */
export const continueRequestSchema = z.object({
  tools: z.union([z.string(), z.array(jsonValueSchema)]).default(""),
  session_id: z.preprocess(emptyAsAbsent, sessionIdSchema.optional()),
  user_id: z.preprocess(emptyAsAbsent, z.string().min(1).max(255).optional()),
  stream: z.stringbool().or(z.boolean()).default(true),
  background: z.stringbool().or(z.boolean()).default(false),
  stream_events: z.stringbool().or(z.boolean()).default(true),
  input: z.preprocess(emptyAsAbsent, z.string().max(2_000_000).optional()),
  continue_from: z.preprocess(emptyAsAbsent, z.union([z.string(), z.number()]).optional()),
  fork: z.stringbool().or(z.boolean()).default(false),
  regenerate: z.stringbool().or(z.boolean()).default(false),
  replace_original: z.preprocess(emptyAsAbsent, z.stringbool().or(z.boolean()).optional()),
  additional_instructions: z.preprocess(emptyAsAbsent, z.string().max(200_000).optional()),
});

export type ContinueRequest = z.infer<typeof continueRequestSchema>;
