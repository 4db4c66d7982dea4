import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { CallAnswer } from "#lib/core/posted-tools.ts";

type Screen = (text: string) => string;

/**
 * What somebody has decided, with what they say to the agent masked: the note of a decision, and the answers to questions
 * of the agent's own (`isTalk`). Values, arguments and results that a tool works with stay: stars would break them.
 */
export function screenAnswer(answer: CallAnswer, isTalk: boolean, screen: Screen): CallAnswer {
  const note = answer.note === null ? null : screen(answer.note);
  if (!isTalk) return { ...answer, note };
  const { values, choices, result } = answer;
  return {
    ...answer,
    note,
    values:
      values === null ? null : new Map([...values].map(([name, value]) => [name, screened(value, screen)])),
    choices:
      choices === null
        ? null
        : new Map([...choices].map(([question, chosen]) => [question, chosen.map(screen)])),
    result: screened(result, screen),
  };
}

/** The same for the data that came with an approval's answer. */
export function screenResolution(resolution: JsonObject, isTalk: boolean, screen: Screen): JsonObject {
  return Object.fromEntries(
    Object.entries(resolution).map(([key, value]) => {
      const isSaid = isTalk || key === "note" || key === "reason";
      return [key, isSaid && value !== undefined ? screened(value, screen) : value];
    }),
  );
}

function screened(value: JsonValue, screen: Screen): JsonValue {
  if (typeof value === "string") return screen(value);
  if (Array.isArray(value)) return value.map((one) => screened(one, screen));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, screened(one, screen)]));
}
