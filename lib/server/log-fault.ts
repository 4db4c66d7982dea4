import { faultText } from "#lib/core/fault-text.ts";
import { log } from "./log.ts";

/** Causes have causes; a few say enough. */
const MOST_CAUSES = 5;

/**
 * Logs an error of code that was given what people say. What it says of itself may repeat that, so it is told as in the
 * run's journal: cut, and with personal data masked; and where it happened, without its words.
 */
export function logFault(message: string, facts: Record<string, unknown>, error: unknown): void {
  log("error", message, { ...facts, error: told(error, MOST_CAUSES) });
}

function told(error: unknown, causes: number): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error, sentence: faultText(error) };
  return {
    type: error.name,
    sentence: faultText(error),
    stack: frames(error),
    ...(error.cause === undefined || causes === 0 ? {} : { cause: told(error.cause, causes - 1) }),
  };
}

/** The lines of a stack that say where; its first ones are the error's name and message. */
function frames({ stack = "", message }: Error): string[] {
  const from = stack.indexOf(message);
  const after = from < 0 ? stack : stack.slice(from + message.length);
  return after.split("\n").flatMap((line) => (/^\s+at .*\d+\)?$/.test(line) ? [line.trim()] : []));
}
