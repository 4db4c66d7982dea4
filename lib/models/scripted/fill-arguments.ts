import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import { fillText } from "./fill-text.ts";
import type { ParameterSchema } from "./json-schema.ts";
import { ASKING_KEY, EXPRESSION_KEY, STATEMENT_KEY } from "./key-patterns.ts";

/** The pieces of a request that have not been used for an argument yet. */
export interface Material {
  text: string;
  numbers: number[];
  quotes: string[];
}

export interface FilledArguments {
  input: JsonObject;
  /** Required keys for which the text holds nothing. Values are never invented. */
  missing: string[];
  /** True when an argument was found by its shape (an address, an expression), which speaks for the tool. */
  fitsByShape: boolean;
}

const NUMBER = /(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?![\w-]|\.\d)/g;
const QUOTED = /"([^"]+)"|“([^”]+)”|(?<=^|\s)'([^']+)'(?=\W|$)/g;

/** Fills a tool's arguments from one request, by the names, types and formats of its JSON schema. */
export function fillArguments(schema: ParameterSchema, text: string): FilledArguments {
  const properties = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required);
  const given = findJsonObject(text);
  if (given !== null && Object.keys(given).every((key) => schema.properties?.[key] !== undefined)) {
    const missing = [...required].filter((key) => given[key] === undefined);
    return { input: given, missing, fitsByShape: true };
  }
  const material = collectMaterial(text);
  const result: FilledArguments = { input: {}, missing: [], fitsByShape: false };
  for (const [key, property] of properties) {
    const isRequired = required.has(key);
    // The text behind `key:` may be longer than a word there, and the key's own rule reads all of it.
    const hasOwnRule = [EXPRESSION_KEY, ASKING_KEY, STATEMENT_KEY].some((pattern) => pattern.test(key));
    const named = hasOwnRule ? undefined : findNamed(key, property, material);
    const found = named ?? findValue(key, property, isRequired, material);
    if (found !== undefined) result.input[key] = found.value;
    else if (isRequired && property.default === undefined) result.missing.push(key);
    if (found?.byShape === true) result.fitsByShape = true;
  }
  return result;
}

function collectMaterial(text: string): Material {
  const plain = text.replaceAll(/https?:\/\/\S+|\b\d{4}-\d{2}-\d{2}\S*/g, " ");
  return {
    text,
    numbers: (plain.match(NUMBER) ?? []).map((number) => Number(number.replaceAll(",", ""))),
    quotes: [...text.matchAll(QUOTED)].map((match) => match[1] ?? match[2] ?? match[3] ?? ""),
  };
}

/** The object that a text contains as JSON, if it does. */
function findJsonObject(text: string): JsonObject | null {
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}")];
  if (start < 0 || end < start) return null;
  try {
    return JSON.parse(text.slice(start, end + 1)) as JsonObject;
  } catch {
    return null;
  }
}

interface Found {
  value: JsonValue;
  byShape?: boolean;
}

/** `key: value`, `key=value`, `key "value"` and, for numbers, `key 5`. */
function findNamed(key: string, property: ParameterSchema, material: Material): Found | undefined {
  const name = key.replaceAll(/[^\w]/g, "").replaceAll("_", "[_ -]?");
  const separator =
    property.type === "number" || property.type === "integer" ? "\\s*[:= ]\\s*" : "\\s*[:=]\\s*";
  const pattern = new RegExp(`\\b${name}${separator}("[^"]*"|[^\\s,;]+)`, "i");
  const written = pattern.exec(material.text)?.[1]?.replaceAll('"', "");
  if (written === undefined) return undefined;
  const value = convert(written, property);
  if (value === undefined) return undefined;
  material.numbers = material.numbers.filter((number) => number !== value);
  material.quotes = material.quotes.filter((quote) => quote !== value);
  return { value };
}

function convert(written: string, property: ParameterSchema): JsonValue | undefined {
  if (property.enum !== undefined) return matchEnum(property.enum, written);
  switch (property.type ?? "any") {
    case "number":
    case "integer": {
      const number = Number(written.replace(/[.,]$/, ""));
      return Number.isNaN(number) ? undefined : number;
    }
    case "boolean":
      return /^(?:true|yes|on)$/i.test(written)
        ? true
        : /^(?:false|no|off)$/i.test(written)
          ? false
          : undefined;
    case "array":
    case "object":
      return undefined;
    default:
      return written;
  }
}

function matchEnum(values: readonly JsonValue[], text: string): JsonValue | undefined {
  const lower = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ")} `;
  return values.find((value) => {
    const name = JSON.stringify(value)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
    return name !== "" && lower.includes(` ${name} `);
  });
}

function findValue(
  key: string,
  property: ParameterSchema,
  isRequired: boolean,
  material: Material,
): Found | undefined {
  if (property.const !== undefined) return { value: property.const };
  if (property.enum !== undefined) {
    const value = matchEnum(property.enum, material.text);
    return value === undefined ? undefined : { value };
  }
  switch (property.type ?? "any") {
    case "number":
    case "integer": {
      const value = isRequired ? material.numbers.shift() : undefined;
      return value === undefined
        ? undefined
        : { value: property.type === "integer" ? Math.round(value) : value };
    }
    case "boolean":
      return findBoolean(key, material.text);
    case "array":
      return isRequired ? findArray(property.items ?? {}, material) : undefined;
    case "object": {
      if (property.properties === undefined) return undefined;
      const nested = fillArguments(property, material.text);
      return nested.missing.length > 0 || Object.keys(nested.input).length === 0
        ? undefined
        : { value: nested.input };
    }
    default:
      return fillText(key, property, isRequired, material);
  }
}

function findBoolean(key: string, text: string): Found | undefined {
  const name = key.replaceAll("_", "[_ -]");
  if (!new RegExp(`\\b${name}\\b`, "i").test(text)) return undefined;
  return { value: !new RegExp(`\\b(?:no|not|without|don't)\\s+(?:\\w+\\s+)?${name}\\b`, "i").test(text) };
}

function findArray(items: ParameterSchema, material: Material): Found | undefined {
  if (items.enum !== undefined) {
    const value = items.enum.filter((entry) => matchEnum([entry], material.text) !== undefined);
    return value.length === 0 ? undefined : { value };
  }
  if (items.type === "number" || items.type === "integer") {
    const value = material.numbers.splice(0);
    return value.length === 0 ? undefined : { value };
  }
  const listed = material.quotes.length > 0 ? material.quotes.splice(0) : afterColon(material.text);
  return listed.length === 0 ? undefined : { value: listed };
}

function afterColon(text: string): string[] {
  const [, list] = /:\s+(.+)$/s.exec(text) ?? [];
  return (list ?? "")
    .split(/,|\band\b/)
    .map((entry) => entry.trim().replace(/\.$/, ""))
    .filter((entry) => entry !== "");
}
