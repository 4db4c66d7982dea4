import { environment } from "#lib/env.ts";

/**
 * Writes one line of JSON to standard error: the time, the level, the message and the facts given.
 * An Error among the facts is written with its stack and its causes. Secrets must not be passed.
 */
export function log(level: "info" | "error", message: string, facts: Record<string, unknown> = {}): void {
  const threshold = environment().LOG_LEVEL;
  if (threshold === "silent" || (threshold === "error" && level === "info")) return;
  const readable = Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, readableFact(value)]),
  );
  process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, message, ...readable })}\n`,
  );
}

function readableFact(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return {
    name: value.name,
    message: value.message,
    stack: value.stack,
    ...(value.cause === undefined ? {} : { cause: readableFact(value.cause) }),
  };
}
