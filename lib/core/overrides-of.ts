import { type RunOverrides, runOverridesSchema } from "./run-overrides.ts";
import type { RunRequest } from "./run-request.ts";

/** What a request wants otherwise than the agent's definition; undefined when nothing. */
export function overridesOf(request: RunRequest): RunOverrides | undefined {
  const overrides = runOverridesSchema.parse(request);
  return Object.values(overrides).some((value) => value !== undefined) ? overrides : undefined;
}
