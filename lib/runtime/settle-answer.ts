import type { JsonObject } from "../core/json.ts";
import { schemaTitle } from "../core/schema-title.ts";
import { readAnswer } from "./read-answer.ts";

/** A run's answer as its end is written with. */
export interface RunAnswer {
  /** Text, or the JSON text of a value that fits the agent's schema. */
  content: string;
  /** "str", or the schema's name. */
  contentType: string;
  /** Why the answer is text although there is a schema. */
  warning?: string;
}

/**
 * Makes the run's answer of the last thing that the model has said. Of one that does not fit its schema it says what
 * the model is to be told, once; a second one stays as text with a warning.
 */
export function settleAnswer(
  schema: JsonObject | undefined,
  text: string,
  isRepaired: boolean,
): { answer: RunAnswer; repair: null } | { repair: string } {
  if (schema === undefined) return { answer: { content: text, contentType: "str" }, repair: null };
  const read = readAnswer(schema, text);
  if (read.problem === null) {
    const content = JSON.stringify(read.value);
    return { answer: { content, contentType: schemaTitle(schema) }, repair: null };
  }
  if (!isRepaired) {
    return {
      repair: `That answer cannot be used. ${read.problem} Answer again with one JSON object that fits the schema, and with nothing before or after it.`,
    };
  }
  const warning = `The answer was kept as text. ${read.problem}`;
  return { answer: { content: text, contentType: "str", warning }, repair: null };
}
