import { expect, it } from "vitest";
import { mostPromptTokens } from "./most-prompt-tokens.ts";

const user = (text: string) => ({ role: "user" as const, content: [{ type: "text" as const, text }] });

it("is never less than a token a byte of all that is sent: text, calls, results, tools and schemas", () => {
  const empty = mostPromptTokens({ prompt: [] });
  expect(mostPromptTokens({ prompt: [user("0123456789")] }) - empty).toBeGreaterThanOrEqual(10);
  // Four bytes of UTF-8 each: a tokenizer may need a token for every one of them.
  expect(mostPromptTokens({ prompt: [user("🦆".repeat(100))] }) - empty).toBeGreaterThanOrEqual(400);
  const input = { text: "a".repeat(1_000) };
  const called = { type: "tool-call" as const, toolCallId: "c", toolName: "t", input };
  expect(
    mostPromptTokens({ prompt: [{ role: "assistant", content: [called] }] }) - empty,
  ).toBeGreaterThanOrEqual(1_000);
  const output = { type: "text" as const, value: "b".repeat(2_000) };
  const result = { type: "tool-result" as const, toolCallId: "c", toolName: "t", output };
  expect(mostPromptTokens({ prompt: [{ role: "tool", content: [result] }] }) - empty).toBeGreaterThanOrEqual(
    2_000,
  );
  const tool = {
    type: "function" as const,
    name: "t",
    description: "d".repeat(3_000),
    inputSchema: { type: "object" as const },
  };
  expect(mostPromptTokens({ prompt: [], tools: [tool] }) - empty).toBeGreaterThanOrEqual(3_000);
  const schema = { type: "object" as const, description: "e".repeat(4_000) };
  expect(
    mostPromptTokens({ prompt: [], responseFormat: { type: "json", schema } }) - empty,
  ).toBeGreaterThanOrEqual(4_000);
});

it("takes a picture for 50,000 tokens, and a longer file for a token a byte", () => {
  const file = (bytes: number) => ({
    prompt: [
      {
        role: "user" as const,
        content: [
          {
            type: "file" as const,
            mediaType: "image/png",
            data: { type: "data" as const, data: new Uint8Array(bytes) },
          },
        ],
      },
    ],
  });
  const empty = mostPromptTokens({ prompt: [] });
  expect(mostPromptTokens(file(10)) - empty).toBeGreaterThanOrEqual(50_000);
  expect(mostPromptTokens(file(80_000)) - empty).toBeGreaterThanOrEqual(80_000);
});
