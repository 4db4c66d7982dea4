/** A time as most of the wire's lists have it: ISO 8601 in UTC, whole seconds, `Z`. */
export function wireTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
