import type { AgentDefinition } from "../core/agent-definition.ts";
import { faultOf } from "./fault-of.ts";
import { ModelCallError } from "./model-call-error.ts";

/** The part of a definition that says how often a run is tried again. */
type Retries = Pick<AgentDefinition, "retries" | "delay_between_retries" | "exponential_backoff">;

/**
 * How long a run waits before it goes on after an error, in milliseconds; null when the error is its end: it has been
 * tried again as often as its agent allows, or another try would fail the same way. `made` counts the tries before.
 */
export function retryDelayMs(retries: Retries, made: number, error: unknown): number | null {
  if (made >= retries.retries || !(error instanceof ModelCallError)) return null;
  switch (faultOf(error)) {
    case "rate_limit":
    case "passing":
      return retries.delay_between_retries * 1_000 * (retries.exponential_backoff ? 2 ** made : 1);
    case "context_overflow":
    case "request":
      return null;
  }
}
