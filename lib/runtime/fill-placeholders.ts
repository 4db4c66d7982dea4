import type { AgentDefinition } from "../core/agent-definition.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";

/** A name alone in its braces: JSON and code in a prompt have more there, and stay as they are. */
const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_]{0,127})\}/g;
/** UTF-16 units of one value in a prompt. */
const MOST_CHARACTERS = 50_000;

/**
 * The definition with the names in braces in its description, role, instructions and system message replaced by what the
 * session's state, then its dependencies, then its metadata has under them, and `{user_id}` by the run's subject. An
 * unknown name stays as it is, and what a value itself has in braces is text.
 */
export function fillPlaceholders(
  definition: AgentDefinition,
  { sessionState, subject }: { sessionState: JsonObject; subject: string | null },
): AgentDefinition {
  const values: JsonObject = {
    ...(subject === null ? {} : { user_id: subject }),
    ...definition.metadata,
    ...definition.dependencies,
    ...sessionState,
  };
  const fill = (text: string) =>
    text.replaceAll(PLACEHOLDER, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? whole : textOf(value);
    });
  if (!definition.resolve_in_context) return definition;
  const { description, role, instructions, system_message } = definition;
  return {
    ...definition,
    instructions: fill(instructions),
    ...(description === undefined ? {} : { description: fill(description) }),
    ...(role === undefined ? {} : { role: fill(role) }),
    ...(system_message === undefined ? {} : { system_message: fill(system_message) }),
  };
}

function textOf(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.slice(0, MOST_CHARACTERS);
}
