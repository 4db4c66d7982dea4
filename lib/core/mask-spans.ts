import type { TextSpan } from "./find-pii.ts";

/** The text with stars in these places: as many as there were UTF-16 units, so that lengths tell nothing new. */
export function maskSpans(text: string, spans: readonly TextSpan[]): string {
  let masked = "";
  let until = 0;
  for (const { start, end } of spans) {
    masked += text.slice(until, start) + "*".repeat(end - start);
    until = end;
  }
  return masked + text.slice(until);
}
