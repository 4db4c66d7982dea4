import { z } from "zod";
import { componentIdSchema } from "./agent-definition.ts";
import { jsonObjectSchema } from "./json.ts";
import { componentTypeSchema } from "./session.ts";

export const componentStageSchema = z.enum(["draft", "published"]);

export type ComponentStage = z.infer<typeof componentStageSchema>;

const labelSchema = z.string().max(250);
const notesSchema = z.string().max(10_000);
const nameSchema = z.string().trim().min(1).max(120);
const descriptionSchema = z.string().max(2_000);
/** Metadata is for labels and references, not for payloads. */
const metadataSchema = jsonObjectSchema.refine((value) => JSON.stringify(value).length <= 100_000, {
  message: "Metadata should have at most 100,000 characters as JSON",
});
const versionSchema = z.number().int().min(1).max(1_000_000);

/** A stored component on the wire. Times are seconds since the epoch. */
export const componentSchema = z.object({
  component_id: z.string(),
  component_type: componentTypeSchema,
  name: z.string().optional(),
  description: z.string().optional(),
  current_version: z.number().int().optional(),
  metadata: jsonObjectSchema.optional(),
  created_at: z.number().int(),
  updated_at: z.number().int().optional(),
});

export type Component = z.infer<typeof componentSchema>;

/** One version of a component on the wire. Times are seconds since the epoch. */
export const componentConfigSchema = z.object({
  component_id: z.string(),
  version: z.number().int(),
  label: z.string().optional(),
  stage: componentStageSchema,
  /** Left out of a list that was asked for with include_config=false. */
  config: jsonObjectSchema.optional(),
  notes: z.string().optional(),
  created_at: z.number().int(),
  updated_at: z.number().int().optional(),
});

export type ComponentConfig = z.infer<typeof componentConfigSchema>;

/** Body of POST /components. Without `component_id` the id comes from the name. */
export const createComponentSchema = z.object({
  name: nameSchema,
  component_id: componentIdSchema.nullish(),
  /** Teams and workflows cannot be stored yet. */
  component_type: z.enum(["agent"]),
  description: descriptionSchema.nullish(),
  metadata: metadataSchema.nullish(),
  config: jsonObjectSchema.nullish(),
  label: labelSchema.nullish(),
  stage: componentStageSchema.default("draft"),
  notes: notesSchema.nullish(),
  set_current: z.boolean().default(true),
});

export type CreateComponent = z.infer<typeof createComponentSchema>;

/** Body of PATCH /components/{component_id}. Absent means unchanged, null empties. */
export const updateComponentSchema = z.object({
  name: nameSchema.optional(),
  description: descriptionSchema.nullish(),
  component_type: z.enum(["agent"]).optional(),
  metadata: metadataSchema.nullish(),
  current_version: versionSchema.optional(),
});

export type UpdateComponent = z.infer<typeof updateComponentSchema>;

/** Body of POST /components/{component_id}/configs. */
export const createConfigSchema = z.object({
  config: jsonObjectSchema,
  /** The number that the new version must get; 409 when it would get another. */
  version: versionSchema.nullish(),
  /** The current version that the caller has seen; 409 when another is current by now. */
  expected_version: versionSchema.nullish(),
  label: labelSchema.nullish(),
  stage: componentStageSchema.default("draft"),
  notes: notesSchema.nullish(),
  set_current: z.boolean().default(true),
});

export type CreateConfig = z.infer<typeof createConfigSchema>;

/** Body of PATCH /components/{component_id}/configs/{version}. Absent means unchanged, null empties. */
export const updateConfigSchema = z.object({
  config: jsonObjectSchema.optional(),
  label: labelSchema.nullish(),
  stage: componentStageSchema.optional(),
  notes: notesSchema.nullish(),
});

export type UpdateConfig = z.infer<typeof updateConfigSchema>;
