import type { AgentDefinition } from "../core/agent-definition.ts";
import type { JsonObject } from "../core/json.ts";
import { storableText } from "../core/storable-json.ts";

/** What a system part is made of beside the definition. */
export interface SystemTextParts {
  /** What the answer has to look like, where the model is told so in words. */
  answerPrompt: string;
  sessionState: JsonObject;
  /** What the session was about before; empty when nobody has summed it up. */
  sessionSummary: string;
  nowMs: number;
}

/**
 * The text of a prompt's system part. What changes from run to run stands at its end, so that the beginning is the same
 * in all of them: providers charge less for a beginning that they know. A definition's own `system_message` stands
 * alone, but for the schema of the answer where the model is told of it in words.
 */
export function systemText(definition: AgentDefinition, parts: SystemTextParts): string {
  if (definition.system_message !== undefined) {
    // Without the schema in words the answer could fit it only by chance.
    return storableText([definition.system_message, parts.answerPrompt].filter(Boolean).join("\n"));
  }
  const sections: string[] = [];
  const add = (text: string | undefined, tag?: string) => {
    if (text === undefined || text === "") return;
    sections.push(tag === undefined ? text : `<${tag}>\n${text}\n</${tag}>`);
  };
  add(definition.description);
  add(definition.role, "your_role");
  add(definition.instructions, "instructions");
  add(hintsOf(definition), "additional_information");
  add(definition.expected_output?.trim(), "expected_output");
  add(definition.additional_context);
  add(parts.answerPrompt);
  if (parts.sessionSummary !== "") {
    add("A summary of this conversation so far follows. Where what was said since differs, that counts.");
    add(parts.sessionSummary, "summary_of_previous_interactions");
  }
  if (definition.add_session_state_to_context) add(JSON.stringify(parts.sessionState), "session_state");
  if (definition.add_dependencies_to_context && Object.keys(definition.dependencies).length > 0) {
    add(JSON.stringify(definition.dependencies), "dependencies");
  }
  if (definition.add_datetime_to_context) {
    add(`The current time is ${formatTime(parts.nowMs, definition.timezone_identifier)}.`);
  }
  return storableText(sections.join("\n"));
}

function hintsOf(definition: AgentDefinition): string {
  const hints: string[] = [];
  // A structured answer is JSON.
  if (definition.markdown && definition.output_schema === undefined) {
    hints.push("- Use markdown to format your answers.");
  }
  if (definition.add_location_to_context && definition.location !== undefined) {
    hints.push(`- Your approximate location is: ${definition.location}.`);
  }
  if (definition.add_name_to_context) hints.push(`- Your name is: ${definition.name}.`);
  return hints.join("\n");
}

function formatTime(nowMs: number, timeZone: string | undefined): string {
  const options: Intl.DateTimeFormatOptions = { dateStyle: "full", timeStyle: "short", hourCycle: "h23" };
  try {
    const zone = timeZone ?? "UTC";
    return `${new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }).format(nowMs)} (${zone})`;
  } catch {
    return `${new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(nowMs)} (UTC)`;
  }
}
