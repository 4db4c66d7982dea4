import { z } from "zod";

/** A model by provider (a ModelProvider's id, or `scripted`) and the provider's own model id. */
export const modelReferenceSchema = z.object({
  provider: z.string().min(1).max(128),
  id: z.string().min(1).max(256),
});

export type ModelReference = z.infer<typeof modelReferenceSchema>;
