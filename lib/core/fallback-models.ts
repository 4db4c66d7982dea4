import { z } from "zod";
import { modelReferenceSchema } from "./model-reference.ts";

const listSchema = z.array(modelReferenceSchema).max(8);

/** Models that stand in for a failing one, the first to try first; by cause before `fallback_models`. */
export const fallbackConfigSchema = z.object({
  on_rate_limit: listSchema.default([]),
  on_context_overflow: listSchema.default([]),
});

/** Models that stand in whenever the fault is not the request's. */
export const fallbackModelsSchema = listSchema;
