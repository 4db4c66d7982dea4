import { expect, it } from "vitest";
import { guardrailSchema } from "#lib/core/guardrail.ts";
import { analyze } from "#lib/tools/reasoning-tools.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

it("steps of reasoning by a tool have what answers may not say masked, in the journal and at the run's end", async () => {
  const said = {
    title: "Mail of jo@example.com",
    result: "Found jo@example.com",
    analysis: "It is jo@example.com.",
  };
  const model = streamModel([call("1", "analyze", said), finish("tool-calls")], [...text("Done."), finish()]);
  const { ports, journal } = runWorld({ model, tools: [analyze] });
  const masks = guardrailSchema.parse({ kind: "pii", types: ["email"], applies_to: ["output"] });
  expect((await runAgent(testAgent({ guardrails: [masks] }), ports)).status).toBe("COMPLETED");
  const stars = "*".repeat(14);
  const step = {
    title: `Mail of ${stars}`,
    action: null,
    result: `Found ${stars}`,
    reasoning: `It is ${stars}.`,
  };
  const [event] = journal.bodies("ReasoningStep");
  expect(event).toMatchObject({ content: { ...step, next_action: "continue", confidence: 0.8 } });
  expect(event?.reasoning_content).not.toContain("@");
  const completed = journal.bodies("RunCompleted")[0];
  expect(completed?.reasoning_steps).toMatchObject([step]);
  expect(completed?.reasoning_content).not.toContain("@");
});
