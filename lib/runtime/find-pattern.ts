import { createContext, Script } from "node:vm";
import { CheckError } from "../core/check-error.ts";

/** Milliseconds that one pattern may take with one text. */
const LONGEST_MS = 200;

// A pattern that somebody has written may take for ever, and nothing else of the process runs meanwhile. The virtual
// machine breaks it off; it gets the pattern and the text as data.
const SEARCH = new Script(
  `JSON.stringify(Array.from(text.matchAll(new RegExp(pattern, "gu")), (match) => [match.index, match.index + match[0].length]))`,
);

const world: { text: string; pattern: string } = { text: "", pattern: "" };
let context: object | null = null;

/**
 * Where a regular expression matches a text, as UTF-16 offsets [start, end). `name` is how its author calls it. Throws a
 * CheckError when that takes too long: what was not searched is not let through.
 */
export function findPattern(text: string, pattern: string, name: string): [start: number, end: number][] {
  context ??= createContext(world);
  world.text = text;
  world.pattern = pattern;
  try {
    const found = SEARCH.runInContext(context, { timeout: LONGEST_MS }) as string;
    return (JSON.parse(found) as [number, number][]).filter(([start, end]) => end > start);
  } catch (cause) {
    throw new CheckError(
      "validation_failed",
      `The pattern “${name}” takes too long with this text, so it was not let through. Whoever set the agent up can write a simpler pattern.`,
      { data: { guardrail: "pii", pattern: name }, cause },
    );
  } finally {
    world.text = "";
  }
}
