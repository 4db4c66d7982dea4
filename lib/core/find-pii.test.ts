import { performance } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { findPii } from "./find-pii.ts";
import { PII_TYPES, type PiiType } from "./guardrail.ts";
import { maskSpans } from "./mask-spans.ts";

const ALL = Object.keys(PII_TYPES) as PiiType[];
const masked = (text: string, types: readonly PiiType[] = ALL) => maskSpans(text, findPii(text, types));

describe("what gives a person away is found, and only that is masked", () => {
  it.each<[PiiType, string, string]>([
    ["card", "pay with 4111 1111 1111 1111 today", "pay with ******************* today"],
    ["card", "4111-1111-1111-1111", "*******************"],
    ["card", "no 4111111111111111.", "no ****************."],
    ["card", "amex 378282246310005", "amex ***************"],
    // Another number stands before it, or digits are as wide as a Chinese character, or something invisible is between.
    ["card", "order 12 4111 1111 1111 1111", "order 12 *******************"],
    ["card", "４１１１ １１１１ １１１１ １１１１", "*******************"],
    ["card", "4111\u200b1111\u200b1111\u200b1111", "*******************"],
    ["ssn", "SSN 123-45-6789, please", "SSN ***********, please"],
    ["email", "write to jo.doe+x@mail.example.co.uk!", `write to ${"*".repeat(27)}!`],
    ["phone", "call +49 30 1234567 now", "call ************** now"],
    ["phone", "(555) 234-5678", "**************"],
    ["phone", "0711/1234567 or 07700 900123", "************ or ************"],
    ["iban", "DE89 3704 0044 0532 0130 00 please", "*************************** please"],
    ["api_key", `key sk-${"a1".repeat(16)}`, `key ${"*".repeat(35)}`],
    ["api_key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "*".repeat(58)],
  ])("%s: %s", (type, text, expected) => {
    expect(masked(text, [type])).toBe(expected);
    expect(masked(masked(text))).toBe(masked(text));
  });

  it.each([
    "4111 1111 1111 1112",
    "order 1234567890123456",
    "on 2026-11-25 at 10:30, room 12-34",
    "version 10.0.26100.2033",
    "666-12-3456 and 123-00-4567",
    "@nobody, me@localhost and 3@4",
    "1795446471 and 1795446471999",
    "GB83 WEST 1234 5698 7654 32",
    "10.000,00 EUR, 0.5 and 3.14159265",
  ])("leaves alone: %s", (text) => {
    expect(masked(text)).toBe(text);
  });
});

it.each([
  "1 ".repeat(200_000),
  "4111".repeat(100_000),
  "a.".repeat(200_000),
  `${"a".repeat(400_000)}@`,
  "a@".repeat(200_000),
  "+1 ".repeat(130_000),
  "DE89 ".repeat(80_000),
  "-----BEGIN PRIVATE KEY-----".repeat(15_000),
])("a text that is made to be slow is read within a second: %.20s", (text) => {
  const before = performance.now();
  findPii(text, ALL);
  expect(performance.now() - before).toBeLessThan(1_000);
});
