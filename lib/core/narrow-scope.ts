import type { Scope } from "./scope.ts";

/**
 * The scope of one subject, for an administrator who names one: what is somebody else's is then not found, and not
 * changed by a mistake. A caller bound to a subject keeps their own, whatever they ask.
 */
export function narrowScope(scope: Scope, subject: string | undefined): Scope {
  return scope.subject === null && subject !== undefined ? { ...scope, subject } : scope;
}
