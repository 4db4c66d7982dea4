import { z } from "zod";
import { requireRole } from "#lib/auth/require-role.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { setSetting } from "#lib/db/settings.ts";

/** A form's number of days; an empty one keeps runs for ever. */
export const runRetentionSchema = z.object({
  days: z
    .string()
    .trim()
    .transform((text) => (text === "" ? null : Number(text)))
    .pipe(
      z
        .number("Give a whole number of days, or nothing.")
        .int("Give a whole number of days, or nothing.")
        .min(1, "One day is the least.")
        .max(36_500, "That is more than a hundred years; leave it empty to keep runs for ever.")
        .nullable(),
    ),
});

/** Says after how many days ended runs are deleted; null keeps them for ever. */
export async function setRunRetention(principal: Principal, days: number | null): Promise<void> {
  requireRole(principal, ["owner", "admin"]);
  await setSetting(scopeOf(principal), "run_retention_days", days);
}
