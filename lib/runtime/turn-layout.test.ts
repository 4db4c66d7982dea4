import { expect, it } from "vitest";
import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { guardrailSchema } from "#lib/core/guardrail.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { add } from "#tests/support/sum-tools.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import { runAgent } from "./run-agent.ts";

const thought = (id: string, delta: string): LanguageModelV4StreamPart[] => [
  { type: "reasoning-start", id },
  { type: "reasoning-delta", id, delta },
  { type: "reasoning-end", id, providerMetadata: { test: { signature: id } } },
];

it("reasoning of which something was masked does not go back under its provider's signature", async () => {
  const item = { test: { item: "i" } };
  const model = streamModel(
    [...thought("a", "Add them."), call("1", "add", { a: 1, b: 2 }), finish("tool-calls")],
    [
      ...thought("b", "Their mail is jo@example.com."),
      ...thought("c", "Add again."),
      ...text("Adding."),
      { ...(call("2", "add", { a: 3, b: 4 }) as object), providerMetadata: item } as never,
      finish("tool-calls"),
    ],
    [...text("Seven."), finish()],
  );
  const { ports, journal } = runWorld({ model, tools: [add] });
  const masks = guardrailSchema.parse({ kind: "pii", types: ["email"], applies_to: ["output"] });
  await runAgent(testAgent({ guardrails: [masks], markdown: false }), ports);
  const prompt = model.calls[2]?.prompt ?? [];
  expect(prompt.filter(({ role }) => role === "assistant")).toMatchObject([
    {
      content: [
        { type: "reasoning", text: "Add them.", providerOptions: { test: { signature: "a" } } },
        { type: "tool-call", toolCallId: "1" },
      ],
    },
    {
      content: [
        { type: "text", text: "Adding." },
        { type: "tool-call", toolCallId: "2", providerOptions: item },
      ],
    },
  ]);
  // Whoever goes on after a crash tells the model the same.
  const told = messagesFromEvents(journal.events, { internals: journal.internals });
  expect(told.slice(0, -1)).toEqual(prompt);
  expect(journal.bodies("RunCompleted")[0]?.reasoning_content).toContain("Their mail is **************.");
});
