import { describe, expect, it } from "vitest";
import { compileCondition, type ConditionedCall } from "./policy-condition.ts";

const CALL: ConditionedCall = {
  args: { amount: 150, rate: 0.5, to: "ann@example.com", items: [{ sku: "a" }], note: null },
  tool: { name: "send_payment", effect: "write" },
  agent: { id: "billing" },
  user_id: "ann",
};

describe("a policy's condition", () => {
  it.each([
    ["args.amount > 100", true],
    ["args.amount > 200", false],
    ["args.rate >= 0.5 && args.amount < 151", true],
    ['!args.to.endsWith("@example.com")', false],
    ['args.items.exists(item, item.sku == "a")', true],
    ['tool.effect == "write" && agent.id == "billing" && user_id == "ann"', true],
    ["has(args.limit) && args.limit > 3", false],
    ["args.note == null", true],
  ])("%s: %s", (text, fits) => {
    expect(compileCondition(text)(CALL)).toBe(fits);
  });

  it.each(["args.limit > 3", "args.to > 3", "args.items[7].sku == ''", "args.to"])(
    "%s cannot be told, so that a person looks at the call",
    (text) => {
      expect(compileCondition(text)(CALL)).toBe(true);
    },
  );

  it.each([
    ["args.amount >", /no condition in CEL/],
    ["amount > 3", /Unknown variable: amount/],
    ['"yes"', /gives a value of type string/],
    ['args.to.matches("(a+)+$")', /Patterns/],
    ['args.items.exists(item, item.sku.matches("a"))', /Patterns/],
    ['args.amount > 3 || !(args.to + "x").matches("b")', /Patterns/],
  ])("%s is refused", (text, sentence) => {
    expect(() => compileCondition(text)).toThrow(sentence);
  });
});
