import cronstrue from "cronstrue";
import { cronPattern } from "./cron-pattern.ts";

/** Says a cron expression in words ("At 09:00, Monday through Friday"); the expression itself where words fail. */
export function cronSentence(expression: string): string {
  const pattern = cronPattern(expression);
  if (pattern === null) return expression;
  try {
    // As it was written: the library has words for "Friday through Monday", too.
    const written = pattern.startsWith("@") ? pattern : expression.trim().toUpperCase();
    return cronstrue.toString(written, { use24HourTimeFormat: true });
  } catch {
    return expression;
  }
}
