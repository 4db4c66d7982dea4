import type { FunctionNode, MathNode, SymbolNode } from "mathjs";
import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";

const inputSchema = z.object({
  expression: z.string().min(1).max(1_000).describe('What to calculate, such as "17 * 23 + 4" or "sqrt(2)".'),
});

/** What an expression may use. None of it loops for long or takes much memory, whatever its arguments. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh cube exp expm1 factorial fix floor gamma gcd hypot
  lcm log log10 log1p log2 max mean median min mod nthRoot pow round sign sin sinh sqrt square std sum tan tanh
  variance`.split(/\s+/),
);
const CONSTANTS: ReadonlySet<string> = new Set(["pi", "tau", "e", "phi", "Infinity", "true", "false"]);

type Evaluate = (expression: string) => string;

let evaluator: Promise<Evaluate> | undefined;

/** Made at first use: the library takes a third of a second and some 60 MB to load. */
async function createEvaluator(): Promise<Evaluate> {
  const { all, create } = await import("mathjs");
  if (all === undefined) throw new Error("The calculator's library is incomplete.");
  const math = create(all, { number: "number" });

  function check(node: MathNode): void {
    switch (node.type) {
      case "ConstantNode":
        // Numbers too long for a double become other kinds of number, whose powers have no bounds; text is no number.
        if (typeof (node as MathNode & { value: unknown }).value !== "number") throw notACalculation();
        return;
      case "SymbolNode": {
        const { name } = node as SymbolNode;
        if (!CONSTANTS.has(name) && !math.Unit.isValuelessUnit(name)) throw unknownName(name);
        return;
      }
      case "FunctionNode": {
        const { fn, args } = node as FunctionNode;
        // The types leave out that what is called may be any expression.
        const callee = fn as unknown as MathNode;
        const name = callee.type === "SymbolNode" ? (callee as SymbolNode).name : "";
        if (!FUNCTIONS.has(name)) throw unknownName(name);
        for (const arg of args) check(arg);
        return;
      }
      case "OperatorNode":
      case "ParenthesisNode":
      case "ConditionalNode":
      case "RelationalNode":
        node.forEach(check);
        return;
      default:
        throw notACalculation();
    }
  }

  return (expression) => {
    const node = math.parse(expression);
    check(node);
    const result: unknown = node.compile().evaluate();
    if (Number.isSafeInteger(result)) return String(result);
    // 15 digits: what is left of 0.1 + 0.2 after the binary rounding.
    return math.format(result, { precision: 15 });
  };
}

function notACalculation(): Error {
  return new Error(
    "Only a single calculation is possible: numbers, units, operators and functions such as sqrt.",
  );
}

function unknownName(name: string): Error {
  return new Error(`"${name}" is neither a function nor a unit that the calculator has.`);
}

/** Calculates an arithmetic expression. */
export const calculator: Tool<z.infer<typeof inputSchema>> = {
  name: "calculator",
  title: "Calculator",
  description:
    "Calculate an arithmetic expression: + - * / ^ %, brackets, functions, units such as 3 inch to cm.",
  effect: "read",
  input: inputSchema,
  async execute({ expression }) {
    evaluator ??= createEvaluator();
    const calculate = await evaluator;
    return calculate(expression);
  },
};
