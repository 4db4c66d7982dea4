import { type ASTNode, Environment, type ParseResult } from "@marcbachmann/cel-js";
import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import { toCel } from "#lib/core/to-cel.ts";

/** What an expression can look at: the event that started the run and, where one has come since, that one. */
export interface ExpressionContext {
  event: JsonObject;
  async?: JsonObject;
}

/** How many parsed expressions are kept. Waits with values written into them are each a new one. */
const CACHE_SIZE = 1_000;

const environment = new Environment({ unlistedVariablesAreDyn: true });
const parsed = new Map<string, ParseResult>();

/**
 * Evaluates a CEL expression. Undefined when it cannot be: an attribute is missing, or the types do not go together.
 * Numbers without a fraction are integers, as the language wants them. Throws when the text is not CEL.
 */
export function evaluateExpression(expression: string, context: ExpressionContext): JsonValue | undefined {
  const evaluate = parseExpression(expression);
  try {
    return toJson(evaluate(toCel({ ...context }) as Record<string, unknown>));
  } catch {
    return undefined;
  }
}

/** The syntax tree of an expression. Throws an Error with the position when the text is not CEL. */
export function expressionTree(expression: string): ASTNode {
  return parseExpression(expression).ast;
}

function parseExpression(expression: string): ParseResult {
  const known = parsed.get(expression);
  if (known !== undefined) return known;
  const made = environment.parse(expression);
  const [oldest] = parsed.keys();
  if (parsed.size >= CACHE_SIZE && oldest !== undefined) parsed.delete(oldest);
  parsed.set(expression, made);
  return made;
}

function toJson(value: unknown): JsonValue | undefined {
  const text = JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === "bigint" ? Number(entry) : entry,
  ) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
}
