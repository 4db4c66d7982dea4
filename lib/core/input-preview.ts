import { jsonObjectOf } from "./json-object-of.ts";
import type { JsonValue } from "./json.ts";

/** The most characters of a question that lists show. */
const PREVIEW_LENGTH = 200;

/** A longer question is shown as it begins, whatever it is: not worth the time that reading it takes. */
const LONGEST_READ = 20_000;

/** The beginning of a question, on one line, for lists; of one that is a JSON object, its values. */
export function inputPreview(text: string): string {
  const line = words(text)
    .slice(0, PREVIEW_LENGTH * 4)
    .replaceAll(/\s+/g, " ")
    .trim();
  // By code points: a pair of surrogates must not be cut in two.
  const points = Array.from(line);
  return points.length > PREVIEW_LENGTH ? `${points.slice(0, PREVIEW_LENGTH - 1).join("")}…` : line;
}

function words(text: string): string {
  const values = text.length > LONGEST_READ ? null : jsonObjectOf(text);
  return values === null ? text : told(values).join(" · ") || text;
}

function told(value: JsonValue): string[] {
  if (value === null || value === "" || typeof value === "boolean") return [];
  return typeof value === "object" ? Object.values(value).flatMap(told) : [String(value)];
}
