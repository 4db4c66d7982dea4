import { expect, it } from "vitest";
import { fitsGlob } from "./fits-glob.ts";

it.each([
  ["send_*", "send_email", true],
  ["send_*", "resend_email", false],
  ["*", "anything", true],
  ["*_file", "read_file", true],
  ["*_file", "read_file_now", false],
  ["get_?", "get_a", true],
  ["get_?", "get_ab", false],
  ["take_note", "take_note", true],
  ["take_note", "take_notes", false],
  ["a*b*c", "aXbYbZc", true],
  ["*", "", true],
])("%s and %s: %s", (pattern, text, fits) => {
  expect(fitsGlob(pattern, text)).toBe(fits);
});

it("takes no longer for many stars than for few", () => {
  const startedAt = performance.now();
  expect(fitsGlob(`${"*a".repeat(60)}b`, "a".repeat(5_000))).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
