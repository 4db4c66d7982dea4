import { expect, test } from "vitest";
import { runRequestSchema, sessionIdSchema, sessionStateSchema } from "./run-request.ts";

test("a session id is the client's own, but for those that no address can hold", () => {
  for (const id of ["a", "...", ".a", "a/b", "a\\b", "100%", " ", "é".repeat(128)]) {
    expect(sessionIdSchema.safeParse(id).success, id).toBe(true);
  }
  for (const id of ["", ".", "..", "x".repeat(129)])
    expect(sessionIdSchema.safeParse(id).success, id).toBe(false);
});

test("a state of two million characters is taken, a larger one is not, whichever way it comes", () => {
  const fits = { text: "x".repeat(1_999_900) };
  const tooLarge = { text: "x".repeat(2_000_000) };
  expect(sessionStateSchema.safeParse(fits).success).toBe(true);
  expect(sessionStateSchema.safeParse(tooLarge).success).toBe(false);
  for (const field of ["session_state", "metadata"]) {
    for (const value of [tooLarge, JSON.stringify(tooLarge)]) {
      expect(runRequestSchema.safeParse({ message: "hi", [field]: value }).success, field).toBe(false);
    }
  }
});
