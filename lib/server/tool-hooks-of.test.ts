import { expect, it } from "vitest";
import type { CallToPrepare, HookedCall } from "#lib/core/tool.ts";
import { toolHooksOf } from "./tool-hooks-of.ts";

it("puts in place of a hook that is gone one that lets no call pass, and nobody be asked about one", async () => {
  const [mask, gone] = toolHooksOf({ tool_hooks: ["mask_secrets", "gone"] });
  expect(mask?.name).toBe("mask_secrets");
  const sentence = /hook "gone" is not there any more/;
  await expect(gone?.prepare?.({} as CallToPrepare)).rejects.toThrow(sentence);
  await expect(gone?.around?.({} as HookedCall, () => Promise.resolve(""))).rejects.toThrow(sentence);
});
