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

/**
 * Picks the tool whose name (three points a word), description (one point) and arguments' shape (five points) fit a
 * request best; null under three points. Of equals the first wins.
 */
export function chooseTool(request: string, tools: readonly OfferedTool[]): ToolChoice | null {
  const hasExpression = findExpression(request) !== null;
  const words = contentWords(request.replaceAll(/https?:\/\/\S+/g, " ")).filter(
    (word) => !hasExpression || !ARITHMETIC_WORDS.has(word),
  );
  let best: ToolChoice | null = null;
  let bestScore = THRESHOLD - 1;
  for (const tool of tools) {
    const filled = fillArguments(tool.schema, request);
    const nameHits = countShared(tool.nameWords, words);
    const descriptionHits = countShared(words, tool.descriptionWords);
    const score = NAME_WEIGHT * nameHits + descriptionHits + (filled.fitsByShape ? SHAPE_WEIGHT : 0);
    if (score <= bestScore) continue;
    bestScore = score;
    const shape = filled.fitsByShape ? ", an argument of the right shape" : "";
    best = {
      tool,
      arguments: filled,
      reason: `${nameHits} word${nameHits === 1 ? "" : "s"} of its name, ${descriptionHits} of its description${shape}`,
    };
  }
  return best;
}
