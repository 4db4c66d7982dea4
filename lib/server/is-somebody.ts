import { SCHEDULER_SUBJECT } from "#lib/auth/scheduler-principal.ts";
import type { Scope } from "#lib/core/scope.ts";

/** True for a subject that is one and the same user: neither nobody in particular nor whoever has made a schedule. */
export function isSomebody({ subject }: Scope): boolean {
  return subject !== null && subject !== SCHEDULER_SUBJECT;
}
