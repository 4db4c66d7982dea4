import { checkJson } from "./check-json.ts";
import type { JsonObject } from "./json.ts";
import { validationFailure } from "./validation-failure.ts";
import { wireIssues } from "./wire-issues.ts";

const LOCATION = ["body", "message"];

/**
 * A message as an agent with an input schema is told of it: the JSON text of the checked value, its defaults filled in.
 * Without a schema it is what it is. Throws the 422 that names the field at fault.
 */
export function readRunInput(schema: JsonObject | undefined, message: string): string {
  if (schema === undefined) return message;
  const value = parsed(message);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const msg = "This agent takes a JSON object that fits its input schema as the message";
    throw validationFailure([{ type: "json_invalid", loc: LOCATION, msg, input: message.slice(0, 200) }]);
  }
  const checked = checkJson(schema, value);
  if (checked.issues !== null) throw validationFailure(wireIssues(checked.issues, LOCATION, value));
  return JSON.stringify(checked.data);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
