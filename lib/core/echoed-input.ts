const MAX_ECHOED_CHARACTERS = 200;

/**
 * Returns what a 422 repeats of the offending value: scalars as they are, long text cut, and nothing of containers,
 * so that an answer stays small whatever was sent. `undefined` becomes null.
 */
export function echoedInput(value: unknown): unknown {
  if (typeof value === "string") {
    return value.length > MAX_ECHOED_CHARACTERS
      ? `${value.slice(0, MAX_ECHOED_CHARACTERS).toWellFormed()}…`
      : value.toWellFormed();
  }
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return [];
  return typeof value === "object" ? {} : null;
}
