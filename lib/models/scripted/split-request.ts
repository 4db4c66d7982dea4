const SEPARATOR = /\s*;\s*|\s*\n\s*|[,.]?\s+(?:and\s+)?then,?\s+/iy;
const CONJUNCTION = /[,?.!]?\s+and\s+(?:also\s+)?|[?.!]\s+(?=\p{Lu})/uy;

/** The parts of a message that are to be done one after the other: `;`, a new line, `then`, `and then`. */
export function splitRequest(message: string): string[] {
  return splitAt(message, SEPARATOR);
}

/** The parts of one request that `and` or a full stop joins, which may be done side by side. */
export function splitConjunction(request: string): string[] {
  return splitAt(request, CONJUNCTION);
}

/** Splits where the pattern matches outside quotes and braces. */
function splitAt(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let current = "";
  let quote: string | null = null;
  let depth = 0;
  for (let index = 0; index < text.length; ) {
    const character = text[index] ?? "";
    if (quote === null && depth === 0) {
      separator.lastIndex = index;
      const match = separator.exec(text);
      if (match !== null) {
        parts.push(current);
        current = "";
        index += match[0].length;
        continue;
      }
    }
    if (quote !== null) {
      if (character === quote) quote = null;
    } else if (character === '"' || character === "“") {
      quote = character === "“" ? "”" : character;
    } else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth = Math.max(0, depth - 1);
    current += character;
    index += 1;
  }
  return [...parts, current].map((part) => part.trim()).filter((part) => part !== "");
}
