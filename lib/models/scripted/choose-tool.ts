import { findExpression } from "./find-expression.ts";
import { type FilledArguments, fillArguments } from "./fill-arguments.ts";
import type { ParameterSchema } from "./json-schema.ts";
import { contentWords } from "./content-words.ts";
import { countShared } from "./count-shared.ts";

/** A tool as the prompt offers it, read once per call. */
export interface OfferedTool {
  name: string;
  description: string;
  schema: ParameterSchema;
  nameWords: string[];
  descriptionWords: string[];
}

export interface ToolChoice {
  tool: OfferedTool;
  arguments: FilledArguments;
  /** Which rule fired, for the reasoning block. */
  reason: string;
}

const NAME_WEIGHT = 3;
const SHAPE_WEIGHT = 5;
const THRESHOLD = 3;
const INCOMPLETE_PENALTY = 2;
/** Words that an expression has used up: `3 times 4` does not ask for the time. */
const ARITHMETIC_WORDS = new Set([
  "times",
  "plus",
  "minus",
  "divided",
  "multiplied",
  "power",
  "square",
  "root",
  "percent",
]);

/** Other words for what tools are called by. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["today", "time"],
  ["day", "time"],
  ["date", "time"],
  ["clock", "time"],
]);

/**
 * Picks the tool whose name (three points a word), description (one point) and arguments' shape (five points) fit a
 * request best; null under three points. A tool that lacks an argument
 * yields to one two points behind; of equals the first wins.
 */
export function chooseTool(request: string, tools: readonly OfferedTool[]): ToolChoice | null {
  const hasExpression = findExpression(request) !== null;
  const words = contentWords(request.replaceAll(/https?:\/\/\S+/g, " ")).filter(
    (word) => !hasExpression || !ARITHMETIC_WORDS.has(word),
  );
  const synonyms = words.flatMap((word) => SYNONYMS.get(word) ?? []);
  let best: ToolChoice | null = null;
  let bestRank = Number.NEGATIVE_INFINITY;
  for (const tool of tools) {
    const filled = fillArguments(tool.schema, request);
    const nameHits = countShared(tool.nameWords, [...words, ...synonyms]);
    const descriptionHits = countShared(words, tool.descriptionWords);
    const score = NAME_WEIGHT * nameHits + descriptionHits + (filled.fitsByShape ? SHAPE_WEIGHT : 0);
    const rank = filled.missing.length > 0 ? score - INCOMPLETE_PENALTY : score;
    if (score < THRESHOLD || rank <= bestRank) continue;
    bestRank = rank;
    const shape = filled.fitsByShape ? ", an argument of the right shape" : "";
    best = {
      tool,
      arguments: filled,
      reason: `${nameHits} word${nameHits === 1 ? "" : "s"} of its name, ${descriptionHits} of its description${shape}`,
    };
  }
  return best;
}
