import { expect, it } from "vitest";
import { outcomeUnknown } from "#lib/sdk/outcome-unknown.ts";
import { isOutcomeUnknown } from "./is-outcome-unknown.ts";

function coded(code: string): Error {
  return Object.assign(new Error("fetch failed"), { code });
}

it.each([
  ["a tool that says so", outcomeUnknown("No receipt came.")],
  ["a tool that says so beneath", new Error("The payment failed", { cause: outcomeUnknown("No receipt.") })],
  ["a reset connection", new TypeError("fetch failed", { cause: coded("ECONNRESET") })],
  ["a socket that closed", new TypeError("fetch failed", { cause: coded("UND_ERR_SOCKET") })],
  ["an answer that did not come", coded("UND_ERR_HEADERS_TIMEOUT")],
  ["a lost database", coded("08006")],
  ["a database that stops", coded("57P01")],
])("after %s nobody knows", (_what, error) => {
  expect(isOutcomeUnknown(error)).toBe(true);
});

it.each([
  ["a plain error", new Error("The amount is too high.")],
  ["a refused connection", new TypeError("fetch failed", { cause: coded("ECONNREFUSED") })],
  ["a name that is none", coded("ENOTFOUND")],
  ["a connection that took too long", coded("UND_ERR_CONNECT_TIMEOUT")],
  ["a constraint", coded("23505")],
  ["no error at all", "gone"],
])("after %s nothing was done", (_what, error) => {
  expect(isOutcomeUnknown(error)).toBe(false);
});

it("does not follow causes for ever", () => {
  const error = new Error("round");
  error.cause = error;
  expect(isOutcomeUnknown(error)).toBe(false);
});
