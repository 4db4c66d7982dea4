import { z } from "zod";

/**
 * One thing that a function's handler reports: a step that ran, failed or is planned, a wait, or the run's end.
 * `id` is the SDK's hash of the step's id.
 */
export const operationSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{40}$/),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});

export type Operation = z.infer<typeof operationSchema>;
