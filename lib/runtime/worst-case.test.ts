import { expect, it } from "vitest";
import type { TokenUsage } from "../core/run-metrics.ts";
import { mostPromptTokens } from "./most-prompt-tokens.ts";
import { worstCaseMicroUsd } from "./worst-case.ts";

const request = { prompt: [{ role: "system" as const, content: "Be brief." }], maxOutputTokens: 100 };
const inputTokens = mostPromptTokens(request);
/** A dollar a million tokens read, two when they are cached, ten a million written. */
const costMicroUsd = (usage: TokenUsage) =>
  usage.inputTokens - usage.cacheWriteTokens + usage.cacheWriteTokens * 2 + usage.outputTokens * 10;

it("is the whole prompt at its dearest and the longest answer that is let through", () => {
  expect(worstCaseMicroUsd({ costMicroUsd }, request)).toBe(inputTokens * 2 + 1_000);
  const thinking = { ...request, reasoning: "high" as const };
  expect(worstCaseMicroUsd({ costMicroUsd }, thinking)).toBe(inputTokens * 2 + 2_000);
  expect(worstCaseMicroUsd({ costMicroUsd }, { ...request, reasoning: "none" })).toBe(
    inputTokens * 2 + 1_000,
  );
});

it("is unknown where no price is known, and nothing where nothing costs", () => {
  expect(worstCaseMicroUsd({ costMicroUsd: () => null }, request)).toBeNull();
  expect(worstCaseMicroUsd({ costMicroUsd: () => 0 }, request)).toBe(0);
});
