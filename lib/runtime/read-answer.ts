import { checkJson } from "../core/check-json.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";
import { storableJson } from "../core/storable-json.ts";

/** An answer's value, or what is wrong with it in words for the model. */
export type StructuredAnswer = { value: JsonValue; problem: null } | { problem: string };

const FENCED = /```(?:json)?\s*\n([\s\S]*?)\n?```/;
const MAX_ISSUES = 10;

/** Reads an answer that has to fit a schema: JSON alone, in a fence, or with words around it. */
export function readAnswer(schema: JsonObject, text: string): StructuredAnswer {
  const found = [text, FENCED.exec(text)?.[1], text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)]
    .map((candidate) => parsed(candidate ?? ""))
    .find((one) => one !== undefined);
  if (found === undefined) return { problem: "It is not JSON." };
  const checked = checkJson(schema, found.value);
  if (checked.issues === null) return { value: storableJson(checked.data).value, problem: null };
  const issues = checked.issues.slice(0, MAX_ISSUES).map(({ path, message }) => {
    return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
  });
  return { problem: `It does not fit the schema: ${issues.join("; ")}.` };
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
