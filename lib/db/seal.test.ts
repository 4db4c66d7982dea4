import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seal } from "./seal.ts";
import { unseal } from "./unseal.ts";

const key = { id: "aaaaaaaa", key: Buffer.alloc(32, 1) };
const otherKey = { id: "bbbbbbbb", key: Buffer.alloc(32, 2) };
const context = ["org_1", "ModelProvider", "openai"];

describe("a sealed secret", () => {
  test("opens again for the same row, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.array(fc.string()), (secret, row) => {
        expect(unseal(seal(secret, row, key), row, key)).toBe(secret);
      }),
    );
  });

  test("never shows the secret and never looks the same twice", () => {
    const sealed = seal("sk-secret", context, key);
    expect(sealed).not.toContain("sk-secret");
    expect(seal("sk-secret", context, key)).not.toBe(sealed);
  });

  test.each([
    [["org_2", "ModelProvider", "openai"]],
    [["org_1", "ModelProvider", "other"]],
    [["org_1", "ModelProvideropenai"]],
    [[]],
  ])("does not open in another row: %j", (row) => {
    expect(() => unseal(seal("sk-secret", context, key), row, key)).toThrow(/damaged/);
  });

  test("does not open once any character is changed", () => {
    const sealed = seal("sk-secret", context, key);
    fc.assert(
      fc.property(fc.nat({ max: sealed.length - 1 }), (index) => {
        const flipped = sealed[index] === "A" ? "Q" : "A";
        const changed = sealed.slice(0, index) + flipped + sealed.slice(index + 1);
        expect(() => unseal(changed, context, key)).toThrow(/damaged|another key/);
      }),
    );
  });

  test("says so when it was sealed with another key", () => {
    expect(() => unseal(seal("sk-secret", context, otherKey), context, key)).toThrow(/GATEHOUSE_SECRET/);
    expect(() => unseal("", context, key)).toThrow(/another key/);
  });
});
