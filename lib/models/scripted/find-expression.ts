const OPERATOR_WORDS: [RegExp, string][] = [
  [/(\d)\s*(?:%|percent)\s+of\s+(?=[\d(])/gi, "$1 / 100 * "],
  [/\bsquare\s+root\s+of\s+(\d+(?:\.\d+)?)/gi, "sqrt($1)"],
  [/\b(?:divided\s+by|over)\b|÷/gi, " / "],
  [/\b(?:multiplied\s+by|times)\b|×|(?<=\d)\s+x\s+(?=\d)/gi, " * "],
  [/\bplus\b/gi, " + "],
  [/\bminus\b|−/gi, " - "],
  [/\b(?:to\s+the\s+power\s+of)\b|\*\*/gi, " ^ "],
  [/\bsquared\b/gi, " ^ 2"],
  [/\bcubed\b/gi, " ^ 3"],
];
/** What looks like arithmetic and is not: addresses, dates, times, version numbers. */
const NOT_ARITHMETIC = /https?:\/\/\S+|\b\d{4}-\d{2}-\d{2}\S*|\b\d{1,2}:\d{2}\b|\b\d+\.\d+\.\d+\S*/g;
const FUNCTION = /^(?:sqrt|sin|cos|tan|log|log2|log10|exp|abs|round|floor|ceil|min|max|factorial|mod)$/i;
const TOKEN = /\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|[+\-*/^()!%,]|[\p{L}_]\w*|\S/gu;

type Kind = "number" | "operator" | "function" | "punctuation" | "other";

/** The longest arithmetic expression in a text, with words such as `times` as symbols; null when there is none. */
export function findExpression(text: string): string | null {
  let symbols = text.replaceAll(NOT_ARITHMETIC, " | ");
  for (const [words, symbol] of OPERATOR_WORDS) symbols = symbols.replaceAll(words, symbol);
  let best: string[] = [];
  let run: string[] = [];
  for (const [token] of [...symbols.matchAll(TOKEN), ["|"]]) {
    if (token !== undefined && kindOf(token) !== "other") {
      run.push(token);
      continue;
    }
    const expression = trim(run);
    if (expression.length > best.length) best = expression;
    run = [];
  }
  return best.length === 0 ? null : join(best);
}

function kindOf(token: string): Kind {
  if (/^[\d.]/.test(token) && /\d/.test(token)) return "number";
  if (/^(?:pi|e)$/i.test(token)) return "number";
  if (FUNCTION.test(token)) return "function";
  if (/^[+\-*/^!%]$/.test(token)) return "operator";
  return /^[(),]$/.test(token) ? "punctuation" : "other";
}

/** Cuts what cannot begin or end an expression; empty when nothing is computed in the rest. */
function trim(run: readonly string[]): string[] {
  let tokens = [...run];
  while (tokens.length > 0 && /^[+*/^!%,)]$/.test(tokens[0] ?? "")) tokens = tokens.slice(1);
  while (tokens.length > 0 && /^[+\-*/^,(]$/.test(tokens.at(-1) ?? "")) tokens = tokens.slice(0, -1);
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    // A bracket that closes nothing belongs to the sentence around.
    if (depth < 0 || (token === "," && depth === 0)) return trim(tokens.slice(0, index));
  }
  if (depth > 0) return trim(tokens.slice(tokens.indexOf("(") + 1));
  const kinds = tokens.map(kindOf);
  const computes = kinds.includes("operator") || kinds.includes("function");
  const operands = kinds.filter((kind) => kind === "number").length;
  const isSignOnly = tokens.length === 2 && tokens[0] === "-";
  return computes && operands > 0 && !isSignOnly ? tokens : [];
}

function join(tokens: readonly string[]): string {
  return tokens
    .map((token) => (/^\d+(?:,\d{3})+/.test(token) ? token.replaceAll(",", "") : token))
    .join(" ")
    .replaceAll(/\s+([),!%])/g, "$1")
    .replaceAll(/([(])\s+/g, "$1")
    .replaceAll(/(\w)\s+\((?<=[a-z]\s*\()/gi, "$1(")
    .replace(/^-\s+/, "-");
}
