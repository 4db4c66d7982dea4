import type { LanguageModelV4Message } from "@ai-sdk/provider";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectNoOrphans } from "#tests/support/expect-no-orphans.ts";
import { trimHistory } from "./trim-history.ts";

const NO_WINDOW = {
  num_history_messages: undefined,
  num_history_tokens: undefined,
  max_tool_calls_from_history: undefined,
};

const user = (text: string): LanguageModelV4Message => ({ role: "user", content: [{ type: "text", text }] });
const said = (text: string): LanguageModelV4Message => ({
  role: "assistant",
  content: [{ type: "text", text }],
});
const called = (...ids: string[]): LanguageModelV4Message[] => [
  {
    role: "assistant",
    content: ids.map((toolCallId) => ({ type: "tool-call", toolCallId, toolName: "add", input: {} })),
  },
  {
    role: "tool",
    content: ids.map((toolCallId) => ({
      type: "tool-result",
      toolCallId,
      toolName: "add",
      output: { type: "text", value: "3" },
    })),
  },
];
const HISTORY = [user("one"), ...called("a", "b"), said("1"), user("two"), ...called("c"), said("2")];

test("without a window everything is told", () => {
  expect(trimHistory(HISTORY, NO_WINDOW)).toEqual(HISTORY);
});

test("a window of messages begins with a question", () => {
  expect(trimHistory(HISTORY, { ...NO_WINDOW, num_history_messages: 6 })).toEqual(HISTORY.slice(4));
  expect(trimHistory(HISTORY, { ...NO_WINDOW, num_history_messages: 3 })).toEqual([]);
});

test("a window of tokens holds the last that fit", () => {
  const long = [user("x".repeat(400)), said("y"), user("z"), said("w")];
  expect(trimHistory(long, { ...NO_WINDOW, num_history_tokens: 50 })).toEqual(long.slice(2));
  expect(trimHistory(long, { ...NO_WINDOW, num_history_tokens: 200 })).toEqual(long);
});

test("of the tool calls only the last are told, each with its result", () => {
  const told = trimHistory(HISTORY, { ...NO_WINDOW, max_tool_calls_from_history: 2 });
  expect(JSON.stringify(told)).not.toContain('"a"');
  expect(told).toHaveLength(HISTORY.length);
  expect(trimHistory(HISTORY, { ...NO_WINDOW, max_tool_calls_from_history: 0 })).toEqual([
    user("one"),
    said("1"),
    user("two"),
    said("2"),
  ]);
});

test("no window leaves a call without its result or a result without its call", () => {
  const bound = fc.option(fc.nat(9), { nil: undefined });
  fc.assert(
    fc.property(bound, bound, bound, (num_history_messages, num_history_tokens, calls) => {
      const window = { num_history_messages, num_history_tokens, max_tool_calls_from_history: calls };
      const told = trimHistory(HISTORY, window);
      expectNoOrphans(told);
      expect(told[0]?.role ?? "user").toBe("user");
      if (num_history_messages !== undefined) expect(told.length).toBeLessThanOrEqual(num_history_messages);
    }),
  );
});
