import { z } from "zod";

/** What a person may change for an organization, with what holds until somebody does. */
export const settingsSchema = z.object({
  /** Whether anybody who reaches the server may make an account; the account is a member's. */
  open_sign_up: z.boolean().default(false),
  /** Runs that ended longer ago are deleted, with the sessions that have no others; null keeps them for ever. */
  run_retention_days: z.number().int().min(1).max(36_500).nullable().default(null),
});

export type Settings = z.infer<typeof settingsSchema>;
