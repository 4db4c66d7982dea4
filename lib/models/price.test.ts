import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { NO_USAGE } from "#lib/core/run-metrics.ts";
import { priceOf } from "./price.ts";

const usage = { ...NO_USAGE, inputTokens: 1_000, outputTokens: 100, totalTokens: 1_100 };
const openai = { kind: "openai", baseUrl: null } as const;
const anthropic = { kind: "anthropic", baseUrl: null } as const;

describe("the price of a usage in micro-dollars", () => {
  test("follows the vendor's list: gpt-4o-mini at $0.15 and $0.60 a million", () => {
    expect(priceOf(openai, "gpt-4o-mini", usage)).toBe(210);
  });

  test("counts cached reads and writes at their own rates: $3, $0.30, $3.75 and $15 a million", () => {
    const cached = { ...usage, cacheReadTokens: 400, cacheWriteTokens: 200 };
    expect(priceOf(anthropic, "claude-sonnet-4-5", cached)).toBe(
      Math.round(400 * 3 + 400 * 0.3 + 200 * 3.75 + 100 * 15),
    );
  });

  test("is nothing for the scripted model", () => {
    expect(priceOf({ kind: "scripted", baseUrl: null }, "demo-1", usage)).toBe(0);
  });

  test("is unknown for a model that nobody lists, and for a server of one's own", () => {
    expect(priceOf(openai, "no-such-model", usage)).toBeNull();
    const local = { kind: "openai-compatible", baseUrl: "http://localhost:11434/v1" } as const;
    expect(priceOf(local, "gpt-4o", usage)).toBeNull();
  });

  test("is known for a compatible vendor by its address", () => {
    const groq = { kind: "openai-compatible", baseUrl: "https://api.groq.com/openai/v1" } as const;
    expect(priceOf(groq, "llama-3.3-70b-versatile", usage)).toBeGreaterThan(0);
  });

  test("survives a usage that counts more cached than read", () => {
    expect(priceOf(openai, "gpt-4o-mini", { ...NO_USAGE, cacheReadTokens: 1_000 })).toBe(75);
  });
});

test("the date of the prices belongs to the installed list", () => {
  const installed = JSON.parse(fs.readFileSync("node_modules/@pydantic/genai-prices/package.json", "utf8"));
  expect(installed.version).toBe("0.1.8");
});
