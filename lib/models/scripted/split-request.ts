const SEQUENCE = /\s*;\s*|\s*\n\s*|[,.]?\s+(?:and\s+)?then,?\s+/iy;
const CONJUNCTION = /[,?.!]?\s+and\s+(?:also\s+)?|[?.!]\s+(?=\p{Lu})/uy;

/**
 * The parts of a message, split outside quotes and braces: at `sequence` (`;`, a new line, `then`) into what is to be
 * done one after the other, at `conjunction` (`and`, a full stop) into what may be done side by side.
 */
export function splitRequest(text: string, joint: "sequence" | "conjunction"): string[] {
  const separator = joint === "sequence" ? SEQUENCE : CONJUNCTION;
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
