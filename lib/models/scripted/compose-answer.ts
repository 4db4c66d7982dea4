import type { JsonValue } from "#lib/core/json.ts";
import type { OfferedTool } from "./choose-tool.ts";
import type { ParameterSchema } from "./json-schema.ts";
import type { IncompleteCall } from "./plan-stages.ts";
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

function plainText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Inline code for a short line, else a fenced block that the text cannot close. */
function quote(text: string): string {
  if (!text.includes("\n") && !text.includes("`") && text.length <= LONGEST_INLINE) return `\`${text}\`.`;
  const rest = text.length - LONGEST_QUOTE;
  const shown = rest > 0 ? `${text.slice(0, LONGEST_QUOTE)}\n… (${rest} more characters)` : text;
  const fence = "`".repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `this:\n\n${fence}\n${shown}\n${fence}`;
}

/** Says what a tool still needs to be told, with a sentence that would do. */
export function askForMissing(incomplete: IncompleteCall): string {
  const keys = incomplete.missing.map((key) => `\`${key}\``).join(" and ");
  return (
    `**${incomplete.tool.name}** fits “${shorten(incomplete.request)}”, but I found no ${keys} there and I do not ` +
    `make values up. Try for example: *${exampleFor(incomplete.tool)}*`
  );
}

function shorten(text: string): string {
  return text.length > LONGEST_INLINE ? `${text.slice(0, LONGEST_INLINE)}…` : text;
}

/** A sentence that this model would answer with a call of the tool. */
function exampleFor(tool: OfferedTool): string {
  const required = tool.schema.required ?? [];
  const values = required.map((key) => `${key}: ${exampleValue(key, tool.schema.properties?.[key] ?? {})}`);
  return `${tool.nameWords.join(" ")} ${values.join(", ")}`.trim();
}

function exampleValue(key: string, schema: ParameterSchema): string {
  const example = schema.examples?.[0] ?? schema.enum?.[0];
  if (example !== undefined) return plainText(example);
  if (schema.type === "number" || schema.type === "integer") return "7";
  if (schema.type === "boolean") return "true";
  if (/expression|formula/.test(key)) return "12 * 7";
  if (/url|uri|link/.test(key) || schema.format === "uri") return "https://example.com";
  if (/mail/.test(key)) return "ada@example.com";
  if (/date/.test(key)) return "2026-12-24";
  return '"some text"';
}

/** Says what this model is and what it can be asked, when nothing else fits. */
export function explainYourself(
  tools: readonly OfferedTool[],
  attachments: readonly { filename: string }[],
): string {
  const seen =
    attachments.length === 0
      ? ""
      : `I see ${attachments.length === 1 ? "one attachment" : `${attachments.length} attachments`} ` +
        `(${attachments.map(({ filename }) => filename).join(", ")}). `;
  const self =
    `${seen}I am the scripted demo model, not a language model: I follow fixed rules and know nothing myself. ` +
    "Connect a model on the Models page for real answers.";
  if (tools.length === 0) return `${self} This agent has no tools, so I can only show how an answer streams.`;
  const examples = tools.slice(0, 8).map((tool) => `- **${tool.name}**: *${exampleFor(tool)}*`);
  return `${self} No tool fits your message. With the tools of this agent you can try:\n\n${examples.join("\n")}`;
}
