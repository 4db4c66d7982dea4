import type { JsonValue } from "#lib/core/json.ts";
import { plainText } from "./plain-text.ts";
import type { ToolOutcome } from "./read-prompt.ts";

const LONGEST_QUOTE = 4_000;
const LONGEST_INLINE = 200;

/** Says what the tools returned, word for word. */
export function reportOutcomes(outcomes: readonly ToolOutcome[]): string {
  if (outcomes.length === 1) return outcomes.map(reportOutcome).join("");
  return outcomes.map((outcome, index) => `${index + 1}. ${indent(reportOutcome(outcome))}`).join("\n");
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n   ");
}

function reportOutcome(outcome: ToolOutcome): string {
  switch (outcome.kind) {
    case "denied": {
      const reason = outcome.text === "" ? "" : ` The reason given: ${quote(outcome.text)}`;
      return `The call of **${outcome.toolName}** was not approved, so I did not do it.${reason}`;
    }
    case "error":
      return `The tool **${outcome.toolName}** failed: ${quote(outcome.text)}`;
    case "ok":
      return outcome.text.trim() === ""
        ? `The tool **${outcome.toolName}** finished and returned nothing.`
        : `The tool **${outcome.toolName}** returned ${quote(readable(outcome.text))}`;
  }
}

/** A flat JSON object as `key = value` pairs, a JSON string as its text; other text as it is. */
function readable(text: string): string {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return text;
  const entries = Object.entries(value);
  const isFlat = !Array.isArray(value) && entries.every(([, entry]) => typeof entry !== "object");
  if (isFlat && entries.length > 0 && text.length <= LONGEST_INLINE) {
    return entries.map(([key, entry]) => `${key} = ${plainText(entry)}`).join(", ");
  }
  return JSON.stringify(value, null, 2);
}

/** Inline code for a short line, else a fenced block that the text cannot close. */
function quote(text: string): string {
  if (!text.includes("\n") && !text.includes("`") && text.length <= LONGEST_INLINE) return `\`${text}\`.`;
  const rest = text.length - LONGEST_QUOTE;
  const shown = rest > 0 ? `${text.slice(0, LONGEST_QUOTE)}\n… (${rest} more characters)` : text;
  const fence = "`".repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `this:\n\n${fence}\n${shown}\n${fence}`;
}
