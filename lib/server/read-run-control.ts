import { AppError } from "#lib/core/app-error.ts";
import type { CutPlace } from "#lib/core/cut-transcript.ts";
import type { RunInput } from "#lib/core/run-event.ts";
import type { ContinueRequest } from "#lib/core/run-request.ts";

/** How a caller wants a run to go on, beside what people have decided. */
export interface RunControl {
  /** From where. */
  place: CutPlace;
  /** What is asked next; null to have the model go on as it is. */
  input: string | null;
  /** What was masked in it; absent: nothing. */
  screened?: NonNullable<RunInput["screened"]>;
  fork: boolean;
  regenerate: boolean;
  /** The answer that there is, is no longer part of the conversation. */
  replaces: boolean;
}

/**
 * Reads what a continue asks for beside decisions; null when that is nothing. Throws bad_request for a place that is
 * none and for wishes that contradict each other.
 */
export function readRunControl(request: ContinueRequest): RunControl | null {
  const { input, fork, regenerate, continue_from: from, replace_original: replaceOriginal } = request;
  const instructions = request.additional_instructions;
  const place = placeOf(from);
  if (input !== undefined && instructions !== undefined) {
    throw new AppError("bad_request", "Give input or additional_instructions, not both.");
  }
  if (regenerate && input !== undefined) {
    throw new AppError(
      "bad_request",
      "regenerate answers the same question anew: leave out input, or give additional_instructions instead.",
    );
  }
  if (regenerate && from !== undefined) {
    throw new AppError("bad_request", "regenerate has a place of its own: leave out continue_from.");
  }
  if (!regenerate && instructions !== undefined) {
    throw new AppError("bad_request", "additional_instructions go with regenerate. Use input instead.");
  }
  if (from === undefined && input === undefined && !fork && !regenerate) return null;
  return {
    place: regenerate ? "last_answer" : place,
    input: input ?? instructions ?? null,
    fork,
    regenerate,
    replaces: replaceOriginal ?? regenerate,
  };
}

function placeOf(from: string | number | undefined): CutPlace {
  if (from === undefined || from === "end") return "end";
  if (from === "last_user") return "last_user";
  if (/^\d{1,9}$/.test(String(from))) return Number(from);
  throw new AppError(
    "bad_request",
    `Invalid continue_from: '${from}'. Use "end", "last_user" or the index of a message.`,
  );
}
