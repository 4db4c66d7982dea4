import { expect, it } from "vitest";
import type { HookedCall } from "#lib/core/tool.ts";
import { ToolResult } from "#lib/core/tool-result.ts";
import type { JsonValue } from "#lib/core/json.ts";
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
