import { z } from "zod";

/** What a person may change for an organization, with what holds until somebody does. */
export const settingsSchema = z.object({
  /** Whether anybody who reaches the server may make an account; the account is a member's. */
  open_sign_up: z.boolean().default(false),
});

export type Settings = z.infer<typeof settingsSchema>;
