import { expect, it } from "vitest";
import { defineToolHook } from "./define-tool-hook.ts";

it("makes a hook of what it is given, and of neither or a name that agents cannot use none", () => {
  const prepare = () => Promise.resolve({});
  const around = () => Promise.resolve("");
  expect(defineToolHook({ name: "both", description: "Both.", prepare, around })).toEqual({
    name: "both",
    description: "Both.",
    prepare,
    around,
  });
  expect(defineToolHook({ name: "before", prepare })).toEqual({ name: "before", description: "", prepare });
  expect(defineToolHook({ name: "about", around })).toEqual({ name: "about", description: "", around });
  expect(() => defineToolHook({ name: "idle" })).toThrow(/"idle" needs a prepare or an around/);
  expect(() => defineToolHook({ name: "a b", around })).toThrow(/name "a b" needs 1 to 64/);
});
