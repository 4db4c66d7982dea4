import { all, create } from "mathjs";
import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";

const inputSchema = z.object({
  expression: z.string().min(1).max(1_000).describe('What to calculate, such as "17 * 23 + 4" or "sqrt(2)".'),
});

/** Functions that reach outside the expression, or whose work can grow without bound in a short text. */
const CLOSED = [
  "import",
  "createUnit",
  "evaluate",
  "parse",
  "parser",
  "compile",
  "simplify",
  "derivative",
  "rationalize",
  "resolve",
  "reviver",
  "range",
  "zeros",
  "ones",
  "identity",
  "diag",
  "resize",
  "map",
  "filter",
  "forEach",
  "permutations",
  "combinations",
  "bellNumbers",
  "catalan",
  "stirlingS2",
  "print",
  "format",
  "help",
  "concat",
  "repeat",
  "matrix",
  "kron",
  "bignumber",
  "fraction",
  "expm",
] as const;

let evaluator: ((expression: string) => string) | undefined;

/** Made at first use: it takes a third of a second. */
function createEvaluator(): (expression: string) => string {
  const math = create(all ?? {}, { number: "number" });
  const evaluate = math.evaluate.bind(math);
  const format = math.format.bind(math);
  const closed = Object.fromEntries(
    CLOSED.map((name) => [
      name,
      () => {
        throw new Error(`${name} cannot be used here`);
      },
    ]),
  );
  math.import(closed, { override: true });
  // 14 digits: what is left of 0.1 + 0.2 after the binary rounding.
  return (expression) => format(evaluate(expression), { precision: 14 });
}

/** Calculates an arithmetic expression. */
export const calculator: Tool<z.infer<typeof inputSchema>> = {
  name: "calculator",
  title: "Calculator",
  description:
    "Calculate an arithmetic expression: + - * / ^ %, brackets, functions, units such as 3 inch to cm.",
  effect: "read",
  input: inputSchema,
  execute({ expression }) {
    // An expression can also define functions and loop over ranges; a calculation needs neither.
    if (/[=;:[\]{}]|\bfunction\b/.test(expression.replaceAll(/[<>=!]=/g, ""))) {
      throw new Error("Only a single calculation is possible: no assignments, lists or ranges.");
    }
    evaluator ??= createEvaluator();
    const result = evaluator(expression);
    if (result === "function" || result.length > 1_000) throw new Error("This is not a calculation.");
    return Promise.resolve({ expression, result });
  },
};
