import { expect, test } from "vitest";
import { tokenOptions } from "./token-options.ts";

test("a token is an administrator's for a day unless told otherwise", () => {
  expect(tokenOptions([])).toEqual({
    subject: "operator",
    scopes: ["agent_os:admin"],
    lifetimeSeconds: 86_400,
    dataDirectory: undefined,
  });
});

test("a token's subject, scopes, time and data folder can be chosen", () => {
  const args = [
    "--sub",
    "ann",
    "--scopes",
    "agents:run, sessions:read,",
    "--expires",
    "30m",
    "--data",
    "/tmp/x",
  ];
  expect(tokenOptions(args)).toEqual({
    subject: "ann",
    scopes: ["agents:run", "sessions:read"],
    lifetimeSeconds: 1_800,
    dataDirectory: "/tmp/x",
  });
});

test.each([
  [["--expires", "soon"], /30m, 24h or 7d/],
  [["--expires", "0h"], /30m, 24h or 7d/],
  [["--sub", " "], /must name somebody/],
  [["--admin"], /Unknown option/],
])("%j is refused with a sentence", (args, sentence) => {
  expect(() => tokenOptions(args)).toThrow(sentence);
});
