import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createComponentSchema } from "#lib/core/component.ts";
import { runRequestSchema } from "#lib/core/run-request.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { readFrames } from "#lib/client/read-frames.ts";
import { pauseWorld } from "#tests/support/pause-world.ts";
import { namesOf } from "#tests/support/pausing-agent.ts";
import { answerRun } from "./answer-run.ts";
import { createComponent } from "./create-component.ts";

const world = pauseWorld();

/** An agent whose answers another model writes. */
async function drafting(): Promise<string> {
  const model = { provider: "scripted", id: "demo-1" };
  const component = await createComponent(
    world.everyone,
    createComponentSchema.parse({
      component_type: "agent",
      name: `Drafting ${randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model, output_model: model },
    }),
  );
  return component.component_id;
}

async function ask(agentId: string, fields: object): Promise<ReceivedFrame[]> {
  const request = runRequestSchema.parse({ message: "/repeat hello", ...fields });
  const answer = await answerRun(world.ann, { agentId, request, files: [], idempotencyKey: null });
  if (!(answer instanceof Response)) throw new Error("The answer is no stream.");
  const frames: ReceivedFrame[] = [];
  for await (const frame of readFrames(answer)) frames.push(frame);
  return frames;
}

it("a stream without events is the answer alone, without the draft that it was written from", async () => {
  const agentId = await drafting();
  expect(namesOf(await ask(agentId, {}))).toContain("RunIntermediateContent");
  const frames = await ask(agentId, { stream_events: false });
  expect(namesOf(frames)).toEqual(["RunContent"]);
  expect(frames.map(({ content }) => content).join("")).not.toBe("");
});
