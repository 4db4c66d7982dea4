import { expect, it } from "vitest";
import { reasoningStepText } from "#lib/core/reasoning-step.ts";
import { foldFrame, EMPTY_RUN_VIEW, type ReceivedFrame } from "#lib/core/run-view.ts";
import { toFrame } from "#lib/core/run-frame.ts";
import type { Tool } from "#lib/core/tool.ts";
import { runAgent } from "#lib/runtime/run-agent.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { analyze, think } from "./reasoning-tools.ts";

it("what an agent thinks with them is its reasoning, step by step, and no part of its answer", async () => {
  const model = streamModel(
    [
      call("a", "think", { title: "Plan", thought: "Tides first.", action: "Look up the moon." }),
      finish("tool-calls"),
    ],
    [
      call("b", "analyze", {
        title: "Moon",
        result: "It pulls.",
        analysis: "Enough.",
        next_action: "final_answer",
      }),
      finish("tool-calls"),
    ],
    [...text("The moon pulls."), finish()],
  );
  const tools = [think, analyze] as unknown as Tool[];
  const { ports, journal } = runWorld({ model, tools });
  await runAgent(testAgent({ tools: ["think", "analyze"] }), ports);
  const steps = journal.bodies("ReasoningStep").map(({ content }) => content);
  expect(steps).toEqual([
    {
      title: "Plan",
      action: "Look up the moon.",
      result: null,
      reasoning: "Tides first.",
      next_action: "continue",
      confidence: 0.8,
    },
    {
      title: "Moon",
      action: null,
      result: "It pulls.",
      reasoning: "Enough.",
      next_action: "final_answer",
      confidence: 0.8,
    },
  ]);
  expect(journal.bodies("RunCompleted")[0]).toMatchObject({
    content: "The moon pulls.",
    reasoning_steps: steps,
    reasoning_content: steps.map(reasoningStepText).join("\n\n"),
  });
  const view = journal.events
    .map((event) => toFrame(event, ports.run) as unknown as ReceivedFrame)
    .reduce(foldFrame, EMPTY_RUN_VIEW);
  expect(view.parts.map(({ kind }) => kind)).toEqual(["reasoning", "reasoning", "text"]);
});

it("a call that its schema refuses is no step", async () => {
  const model = streamModel(
    [call("a", "think", { thought: 3 }), finish("tool-calls")],
    [...text("Well."), finish()],
  );
  const { ports, journal } = runWorld({ model, tools: [think] as unknown as Tool[] });
  await runAgent(testAgent({ tools: ["think"] }), ports);
  expect(journal.bodies("ReasoningStep")).toEqual([]);
  expect(journal.bodies("RunCompleted")[0]?.reasoning_steps).toBeUndefined();
});
