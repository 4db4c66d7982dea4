import { expect, test } from "vitest";
import { keyCaps, matchShortcut, pressedKey } from "./shortcut-keys.ts";

const press = (key: string, held: Partial<Record<"metaKey" | "ctrlKey" | "altKey", boolean>> = {}) =>
  pressedKey({ key, metaKey: false, ctrlKey: false, altKey: false, ...held });

const KNOWN = ["g h", "g c", "c", "?", "mod+k"];

test("Cmd and Ctrl are the same modifier", () => {
  expect(press("k", { metaKey: true })).toBe("mod+k");
  expect(press("K", { ctrlKey: true })).toBe("mod+k");
});

test("a modifier alone and Alt combinations mean nothing", () => {
  expect(press("Shift")).toBeNull();
  expect(press("c", { altKey: true })).toBeNull();
});

test("the second key of a pair wins over a single-key shortcut with the same letter", () => {
  const first = matchShortcut("g", null, KNOWN);
  expect(first).toEqual({ complete: null, pending: "g" });
  expect(matchShortcut("c", first.pending, KNOWN)).toEqual({ complete: "g c", pending: null });
  expect(matchShortcut("c", null, KNOWN)).toEqual({ complete: "c", pending: null });
});

test("a wrong second key drops the pair", () => {
  expect(matchShortcut("z", "g", KNOWN)).toEqual({ complete: null, pending: null });
});

test("keys are drawn as the machine names them", () => {
  expect(keyCaps("mod+k", true)).toEqual(["⌘", "K"]);
  expect(keyCaps("mod+k", false)).toEqual(["Ctrl", "K"]);
  expect(keyCaps("g h", false)).toEqual(["G", "H"]);
});
