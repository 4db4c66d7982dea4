import { PII_TYPES, type PiiType } from "./guardrail.ts";
import { passesLuhn } from "./passes-luhn.ts";

/** A place in a text: UTF-16 units from `start` up to `end`. */
export interface TextSpan {
  start: number;
  end: number;
  /** What stands there, as the wire calls it. */
  label: string;
}

// What people put between digits, and what they could put there to hide them.
const GAP = "[ .\\-\\u00a0\\u200b-\\u200d\\u2010-\\u2015\\u2060\\ufeff]";

// All repetitions are bounded, or read on over what no other part of the pattern takes: none runs for long.
const DIGIT_GROUPS = new RegExp(`\\d+(?:${GAP}{1,2}\\d+)*`, "gu");
const DIGITS = /\d+/gu;
const SSN = new RegExp(
  `(?<![\\d-])(?!000|666|9\\d\\d)\\d{3}(${GAP})(?!00)\\d{2}\\1(?!0000)\\d{4}(?![\\d-])`,
  "gu",
);
const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/gu;
const PHONES = [
  // With the country's code: +49 30 1234567, 0049 (30) 123-4567.
  new RegExp(`(?<![\\p{L}\\d+])(?:\\+|00)[1-9]\\d{0,2}(?:(?:${GAP}|[()/]){0,3}\\d){6,13}(?!\\d)`, "gu"),
  // North American: (555) 123-4567, 555.123.4567.
  new RegExp(
    `(?<![\\p{L}\\d.-])(?:\\([2-9]\\d{2}\\)${GAP}?|[2-9]\\d{2}${GAP})[2-9]\\d{2}${GAP}\\d{4}(?![\\d-])`,
    "gu",
  ),
  // With the zero that many countries dial first: 030 1234567, 07700 900123, 020 7946 0958.
  /(?<![\p{L}\d.,-])0[1-9]\d{0,3}[ /-]\d{3,9}(?:[ -]\d{2,4}){0,3}(?![\d.-])/gu,
];
const MOST_PHONE_DIGITS = 15;
const LEAST_PHONE_DIGITS = 9;
const IBAN = /(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?![\p{L}\p{N}])/gu;
const API_KEYS = [
  /(?<![\w-])(?:sk-[\w-]{20,200}|gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255}|gh_pat_[\w-]{16,255})(?![\w-])/gu,
  /(?<!\w)(?:(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{35}|xox[abeprs]-[A-Za-z0-9-]{10,255})(?![\w-])/gu,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/gu,
];

/** Finds what gives a person away in a text, in order; places do not overlap. Digits of other scripts' width count. */
export function findPii(text: string, types: readonly PiiType[]): TextSpan[] {
  const plain = text.replaceAll(/[０-９]/g, (digit) =>
    String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30),
  );
  return mergeSpans(
    types.flatMap((type) =>
      placesOf(plain, type).map(([start, end]) => ({ start, end, label: PII_TYPES[type].label })),
    ),
  );
}

/** Brings places into their order and joins those that overlap; the first one names what they are. */
export function mergeSpans(spans: readonly TextSpan[]): TextSpan[] {
  const merged: TextSpan[] = [];
  for (const span of spans.toSorted((left, right) => left.start - right.start || right.end - left.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push({ ...span });
    else last.end = Math.max(last.end, span.end);
  }
  return merged;
}

type Place = readonly [start: number, end: number];

function placesOf(text: string, type: PiiType): Place[] {
  switch (type) {
    case "ssn":
      return matches(text, SSN);
    case "card":
      return cardPlaces(text);
    case "email":
      return matches(text, EMAIL);
    case "phone":
      return PHONES.flatMap((pattern) => matches(text, pattern)).filter(([start, end]) => {
        const count = text.slice(start, end).replaceAll(/\D/g, "").length;
        return count >= LEAST_PHONE_DIGITS && count <= MOST_PHONE_DIGITS;
      });
    case "iban":
      return matches(text, IBAN).flatMap((place) => ibanPlace(text, place));
    case "api_key":
      return API_KEYS.flatMap((pattern) => matches(text, pattern));
  }
}

function matches(text: string, pattern: RegExp): Place[] {
  return Array.from(text.matchAll(pattern), (match) => [match.index, match.index + match[0].length]);
}

const SHORTEST_CARD = 13;
const LONGEST_CARD = 19;
/** How the numbers of the networks begin, and how long they are. */
const CARD =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5\d{15}|2[2-7]\d{14}|3[47]\d{13}|3[0689]\d{12,17}|35\d{14,17}|6\d{15,18})$/;

/** A card's number may follow another number; it begins and ends where a group of digits does. */
function cardPlaces(text: string): Place[] {
  const places: Place[] = [];
  for (const [from, to] of matches(text, DIGIT_GROUPS)) {
    if (to - from < SHORTEST_CARD) continue;
    const groups = matches(text.slice(from, to), DIGITS).map(([start, end]) => [from + start, from + end]);
    for (let first = 0; first < groups.length; first++) {
      let digits = "";
      let found: number | null = null;
      for (let last = first; last < groups.length; last++) {
        const [start = 0, end = 0] = groups[last] ?? [];
        if (digits.length + end - start > LONGEST_CARD) break;
        digits += text.slice(start, end);
        if (CARD.test(digits) && passesLuhn(digits) && !/^(\d)\1*$/.test(digits)) found = last;
      }
      if (found === null) continue;
      places.push([groups[first]?.[0] ?? 0, groups[found]?.[1] ?? 0]);
      first = found;
    }
  }
  return places;
}

/** The longest beginning of a match that is an account number: words may follow it. */
function ibanPlace(text: string, [start, end]: Place): Place[] {
  for (let until = end; until > start; until = text.lastIndexOf(" ", until - 1)) {
    if (isIban(text.slice(start, until).replaceAll(" ", ""))) return [[start, until]];
  }
  return [];
}

function isIban(account: string): boolean {
  if (account.length < 15 || account.length > 34) return false;
  let rest = 0;
  for (const character of (account.slice(4) + account.slice(0, 4)).toUpperCase()) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
