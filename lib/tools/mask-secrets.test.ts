import { describe, expect, it } from "vitest";
import type { HookedCall } from "#lib/core/tool.ts";
import { StopRunError } from "#lib/core/stop-run-error.ts";
import { ToolResult } from "#lib/core/tool-result.ts";
import type { JsonValue } from "#lib/core/json.ts";
import { isOutcomeUnknown } from "#lib/runtime/is-outcome-unknown.ts";
import { outcomeUnknown } from "#lib/sdk/outcome-unknown.ts";
import { stopRun } from "#lib/sdk/stop-run.ts";
import { tryAgain } from "#lib/sdk/try-again.ts";
import { maskSecrets } from "./mask-secrets.ts";

const through = (result: JsonValue | ToolResult) =>
  maskSecrets.around({} as HookedCall, () => Promise.resolve(result));

it("masks keys wherever they stand in a result, and nothing else", async () => {
  const github = `ghp_${"a1".repeat(18)}`;
  const pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----";
  expect(await through({ token: github, list: [`key=sk-${"x".repeat(24)} end`, pem, 7, null] })).toEqual({
    token: "[masked]",
    list: ["key=[masked] end", "[masked]", 7, null],
  });
  expect(await through("the task-list is sk-short")).toBe("the task-list is sk-short");
  const media = [{ filename: "a", mediaType: "image/png", bytes: new Uint8Array() }];
  expect(await through(new ToolResult(github, media))).toEqual(new ToolResult("[masked]", media));
});

const KEY = `sk-${"x".repeat(24)}`;

it("masks keys that name something", async () => {
  expect(await through({ [KEY]: "active" })).toEqual({ "[masked]": "active" });
});

describe("what is thrown", () => {
  const thrown = (error: unknown) =>
    maskSecrets
      .around({} as HookedCall, () => Promise.reject(error))
      .then(
        () => new Error("It did not throw."),
        (told: unknown) => told as Error,
      );
  const said = `401 for key ${KEY}`;

  it("says no key, and is of the same kind as before", async () => {
    expect((await thrown(new Error(said))).message).toBe("401 for key [masked]");
    expect(await thrown(stopRun(said))).toBeInstanceOf(StopRunError);
    for (const error of [stopRun(said), tryAgain(said), outcomeUnknown(said)]) {
      expect(await thrown(error)).toMatchObject({ name: error.name, message: "401 for key [masked]" });
    }
    expect(isOutcomeUnknown(await thrown(outcomeUnknown(said)))).toBe(true);
    const lost = Object.assign(new Error(said), { code: "ECONNRESET" });
    expect(isOutcomeUnknown(await thrown(lost))).toBe(true);
  });

  it("may be an error whose words cannot be changed, and stays as it is where there is nothing to mask", async () => {
    for (const fixed of [new DOMException(said, "TryAgainError"), Object.freeze(tryAgain(said))]) {
      expect(await thrown(fixed)).toMatchObject({ name: "TryAgainError", message: "401 for key [masked]" });
    }
    expect(isOutcomeUnknown(await thrown(Object.freeze(outcomeUnknown(said))))).toBe(true);
    const plain = new Error("no");
    expect(await thrown(plain)).toBe(plain);
    expect(await thrown("thrown text")).toBe("thrown text");
  });
});
