import { Environment, type ParseResult } from "@marcbachmann/cel-js";
import type { JsonObject } from "../core/json.ts";
import { toCel } from "../core/to-cel.ts";
import type { ToolEffect } from "../core/tool.ts";

/** The call that a condition looks at. */
export interface ConditionedCall {
  args: JsonObject;
  tool: { name: string; effect: ToolEffect };
  agent: { id: string };
  /** Whose run it is; empty for nobody's. */
  user_id: string;
}

const CACHE_SIZE = 500;

const environment = new Environment({
  limits: {
    maxAstNodes: 2_000,
    maxDepth: 100,
    maxListElements: 1_000,
    maxMapEntries: 1_000,
    maxCallArguments: 32,
  },
})
  .registerVariable("args", "map")
  .registerVariable("tool", "map")
  .registerVariable("agent", "map")
  .registerVariable("user_id", "string");
const compiled = new Map<string, ParseResult>();

/** Compiles a condition in CEL. Throws an Error with a sentence for whoever wrote it when it is none. */
export function compileCondition(text: string): (call: ConditionedCall) => boolean {
  const evaluate = parse(text);
  return (call) => {
    try {
      // What cannot be told counts as true: then a person looks at it.
      return evaluate(toCel({ ...call }) as Record<string, unknown>) !== false;
    } catch {
      return true;
    }
  };
}

function parse(text: string): ParseResult {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const checked = environment.check(text);
  if (!checked.valid)
    throw new Error(`This is no condition in CEL: ${checked.error?.message ?? "it cannot be read"}`);
  if (checked.type !== "bool" && checked.type !== "dyn") {
    throw new Error(`A condition is true or false; this one gives a value of type ${checked.type}.`);
  }
  const made = environment.parse(text);
  if (usesPatterns(made)) {
    throw new Error(
      "Patterns (matches) can take for ever on a long text: use contains, startsWith or endsWith.",
    );
  }
  const [oldest] = compiled.keys();
  if (compiled.size >= CACHE_SIZE && oldest !== undefined) compiled.delete(oldest);
  compiled.set(text, made);
  return made;
}

function usesPatterns({ ast }: ParseResult): boolean {
  const calls = JSON.stringify(ast, (key, value: unknown) => {
    if (key === "input") return undefined;
    return typeof value === "bigint" ? String(value) : value;
  });
  return /"op":"r?call","args":\["matches"/.test(calls);
}
