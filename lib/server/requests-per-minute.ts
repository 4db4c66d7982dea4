import { environment } from "#lib/env.ts";

/** How many API calls a caller may make a minute; null when unlimited. */
export function requestsPerMinute(): number | null {
  return environment().API_RATE_LIMIT_PER_MINUTE ?? null;
}
