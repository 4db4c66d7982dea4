import { performance } from "node:perf_hooks";
import { createContext, Script } from "node:vm";
import { CheckError } from "../core/check-error.ts";
import type { PatternTime } from "./pattern-time.ts";

/** Where a pattern matches one of several texts, as UTF-16 offsets [start, end). */
export type PatternPlace = readonly [text: number, start: number, end: number];

// A pattern that somebody has written may take for ever, and nothing else of the process runs meanwhile. The virtual
// machine breaks it off; it gets the pattern and the texts as data. All texts in one go: to start it takes longer than
// most searches.
const SEARCH = new Script(
  `{
    const search = new RegExp(pattern, "gu");
    JSON.stringify(texts.flatMap((text, at) => {
      const places = [];
      for (const { index, 0: { length } } of text.matchAll(search)) {
        if (length > 0) places.push([at, index, index + length]);
      }
      return places;
    }));
  }`,
);

const world: { texts: readonly string[]; pattern: string } = { texts: [], pattern: "" };
let context: object | null = null;

/**
 * Where a regular expression matches texts, in their order. `name` is how its author calls it. Throws a CheckError when
 * the time runs out: what was not searched is not let through.
 */
export function findPattern(
  texts: readonly string[],
  { name, pattern }: { name: string; pattern: string },
  time: PatternTime,
): PatternPlace[] {
  if (time.leftMs === 0) throw tooLong(name);
  context ??= createContext(world);
  world.texts = texts;
  world.pattern = pattern;
  const startedAt = performance.now();
  try {
    return JSON.parse(SEARCH.runInContext(context, { timeout: time.leftMs }) as string) as PatternPlace[];
  } catch (cause) {
    throw tooLong(name, cause);
  } finally {
    time.spend(performance.now() - startedAt);
    world.texts = [];
  }
}

function tooLong(name: string, cause?: unknown): CheckError {
  return new CheckError(
    "validation_failed",
    `The patterns take too long with this text and were broken off at “${name}”, so it was not let through. Whoever set the agent up can write simpler patterns.`,
    { data: { guardrail: "pii", pattern: name }, cause },
  );
}
