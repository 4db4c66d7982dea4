import type { JsonValue } from "#lib/core/json.ts";
import { findExpression } from "./find-expression.ts";
import { findTimeZone } from "./find-time-zone.ts";
import type { ParameterSchema } from "./json-schema.ts";
import { ASKING_KEY, EXPRESSION_KEY, STATEMENT_KEY } from "./key-patterns.ts";

interface TextSource {
  text: string;
  quotes: string[];
}

interface FoundText {
  value: JsonValue;
  byShape?: boolean;
}

const ADDRESS = /https?:\/\/[^\s<>"')\]]+/i;
const DOMAIN =
  /(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|eu|de|uk|fr|edu|gov|info)(?:\/[^\s<>"')\]]*)?/i;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const DATE = /\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?/;
const ASSIGNMENT =
  /\b(?:set|put|save|store|remember|change|make|update)\s+(?:that\s+)?(.+?)\s+(?:to|as|is|are|=)\s+(.+)$/is;
const LOOKUP =
  /\b(?:get|read|show|recall|return|delete|remove|forget|value\s+of|key|what\s+is|what's)\s+(.+)$/is;
const NOTE_ORDER =
  /^(?:please\s+)?(?:(?:take|write|make|add|save)\s+)?(?:down\s+)?(?:a\s+)?note\s+(?:of\s+)?(?=\S)/i;
const FILLER = /\b(?:the|my|our|a|an|key|value|of|in|from|into|session|state|called|named|current)\b/gi;

const NAME = "\\p{Lu}[\\p{L}'’-]+(?:\\s\\p{Lu}[\\p{L}'’-]+)*";
const NAME_AFTER_PREPOSITION = new RegExp(`\\b(?:to|for|in|at|from|named|called)\\s(${NAME})`, "u");
const NAME_INSIDE = new RegExp(`(?<=[\\p{L}\\p{N},]\\s)${NAME}`, "u");

/** Fills one string argument, by the key's name and the schema's format; undefined when the text holds none. */
export function fillText(
  key: string,
  property: ParameterSchema,
  isRequired: boolean,
  source: TextSource,
): FoundText | undefined {
  const name = key.toLowerCase();
  const format = property.format ?? "";
  if (/^ur[il]$/.test(format) || /(?:^|_)(?:url|uri|link|href)$/.test(name)) return findAddress(source.text);
  if (format === "email" || /e?mail/.test(name)) return byShape(MAIL.exec(source.text)?.[0]);
  if (format.startsWith("date") || /(?:^|_)date$/.test(name)) return byShape(DATE.exec(source.text)?.[0]);
  if (EXPRESSION_KEY.test(name)) return byShape(findExpression(source.text));
  if (/time_?zone|^tz$/.test(name)) return plain(findTimeZone(source.text));
  if (!isRequired) return undefined;
  if (name === "key") return plain(findKey(source));
  if (name === "value") return findAssigned(source);
  const quoted = source.quotes.shift();
  if (quoted !== undefined) return { value: quoted };
  if (/city|place|location|country|name|recipient|person|^to$/.test(name))
    return plain(findProperName(source.text));
  if (ASKING_KEY.test(name)) return plain(findStatement(source.text));
  // A question is not something to write down.
  if (STATEMENT_KEY.test(name) && !source.text.endsWith("?")) return plain(findStatement(source.text));
  return undefined;
}

function plain(value: string | null | undefined): FoundText | undefined {
  return value === null || value === undefined || value === "" ? undefined : { value };
}

function byShape(value: string | null | undefined): FoundText | undefined {
  return value === null || value === undefined ? undefined : { value, byShape: true };
}

function findAddress(text: string): FoundText | undefined {
  const address = ADDRESS.exec(text)?.[0];
  const domain = address === undefined ? DOMAIN.exec(text)?.[0] : undefined;
  const found = address ?? (domain === undefined ? undefined : `https://${domain}`);
  return byShape(found?.replace(/[.,;!?]+$/, ""));
}

/** Whole statements: what stands after a colon, after `that` or after the order to note it, else all of it. */
function findStatement(text: string): string {
  const [, stated] = /(?::\s+|\b(?:note|remember|write down|save|record)\s+that\s+)(.+)$/is.exec(text) ?? [];
  return (stated ?? text.replace(NOTE_ORDER, "")).trim();
}

/** Capitalised words, best after a preposition, that do not begin the sentence. */
function findProperName(text: string): string | undefined {
  return NAME_AFTER_PREPOSITION.exec(text)?.[1] ?? NAME_INSIDE.exec(text)?.[0];
}

function findKey(source: TextSource): string | undefined {
  const phrase = ASSIGNMENT.exec(source.text)?.[1] ?? source.quotes.shift() ?? LOOKUP.exec(source.text)?.[1];
  const words = phrase?.replaceAll(FILLER, " ").match(/[\p{L}\p{N}_.-]+/gu);
  return words?.slice(0, 4).join("_").replace(/[.]$/, "");
}

function findAssigned(source: TextSource): FoundText | undefined {
  const written = ASSIGNMENT.exec(source.text)?.[2]
    ?.trim()
    .replace(/(?<=\w)[.!]$/, "");
  if (written === undefined) return undefined;
  const unquoted = written.replace(/\s+(?:in|into)\s+(?:the\s+)?session(?:\s+state)?$/i, "");
  try {
    return { value: JSON.parse(unquoted) as JsonValue, byShape: true };
  } catch {
    return { value: unquoted, byShape: true };
  }
}
