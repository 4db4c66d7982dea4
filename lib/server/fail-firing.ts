import type { Scope } from "#lib/core/scope.ts";
import { findLatestAttempt } from "#lib/db/schedule-attempts.ts";
import { finishAttempt } from "./finish-attempt.ts";

/** Ends a firing that the durable engine has given up, with the reason. */
export async function failFiring(
  scope: Scope,
  firingId: string,
  error: Error,
  now: Date = new Date(),
): Promise<void> {
  const attempt = await findLatestAttempt(scope, firingId);
  if (attempt === null || attempt.firingEndedAt !== null) return;
  const sentence = `It could not be carried out: ${error.message}`;
  await finishAttempt(
    scope,
    attempt,
    { status: "failed", statusCode: null, error: sentence },
    { isFinal: true, now },
  );
}
