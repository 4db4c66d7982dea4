import { randomUUID } from "node:crypto";
import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { createComponentSchema } from "#lib/core/component.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { getSession } from "#lib/db/sessions.ts";
import { readFrames } from "#lib/client/read-frames.ts";
import { pauseWorld } from "#tests/support/pause-world.ts";
import { recordPrompts } from "#tests/support/record-prompts.ts";
import { answerRun } from "./answer-run.ts";
import { createComponent } from "./create-component.ts";
import { getSessionDetail } from "./get-session-detail.ts";
import { updateSession } from "./update-session.ts";

const FORGED = { current_user_id: "eve", current_session_id: "s9", current_run_id: "r9" };

const prompts: LanguageModelV4Prompt[] = [];
const world = pauseWorld();
beforeAll(() => recordPrompts(prompts));
let sessionId: string;
beforeEach(() => {
  prompts.length = 0;
  sessionId = randomUUID();
});

async function agent(config: Partial<AgentDefinition>): Promise<string> {
  const component = await createComponent(
    world.everyone,
    createComponentSchema.parse({
      component_type: "agent",
      name: `Told ${randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model: { provider: "scripted", id: "demo-1" }, ...config },
    }),
  );
  return component.component_id;
}

/** Asks, and returns the run's id and its last frame. */
async function ask(agentId: string, message: string, state?: JsonObject) {
  const request = runRequestSchema.parse({
    message,
    session_id: sessionId,
    ...(state === undefined ? {} : { session_state: JSON.stringify(state) }),
  });
  const answer = await answerRun(world.ann, { agentId, request, files: [], idempotencyKey: null });
  if (!(answer instanceof Response)) throw new Error("The answer is no stream.");
  const frames = [];
  for await (const frame of readFrames(answer)) frames.push(frame);
  return { runId: String(frames[0]?.run_id), last: frames.at(-1) };
}

const systems = () => prompts.map(([first]) => (first?.role === "system" ? first.content : ""));

it("the state's keys of the platform are told for each run, and nobody can have them stored", async () => {
  const id = await agent({
    instructions: "{current_user_id} in {current_session_id}: {current_run_id}, from {shop}.",
    session_state: { ...FORGED, shop: "Oslo" },
    enable_agentic_state: true,
    tools: ["set_session_state"],
  });
  const update = JSON.stringify({ session_state_updates: { ...FORGED, cart: 2 } });
  const first = await ask(id, `/tool update_session_state ${update}`, { ...FORGED, size: "L" });
  expect(systems()[0]).toContain(`ann in ${sessionId}: ${first.runId}, from Oslo.`);
  expect(first.last).toMatchObject({
    event: "RunCompleted",
    session_state: { shop: "Oslo", size: "L", cart: 2 },
  });
  await ask(id, '/tool set_session_state {"key":"current_run_id","value":"r9"}');
  const state = { shop: "Oslo", size: "L", cart: 2 };
  expect((await getSession(world.scope, sessionId))?.state).toEqual(state);
  await updateSession(world.scope, sessionId, { session_state: { ...FORGED, ...state } }, {});
  expect((await getSession(world.scope, sessionId))?.state).toEqual(state);
  const { runId } = await ask(id, "hello");
  expect(systems().at(-1)).toContain(`ann in ${sessionId}: ${runId}, from Oslo.`);
  expect((await getSessionDetail(world.scope, sessionId, {})).session_state).toEqual(state);
});

it("examples and the place are told in the same bytes in each run of a session, and are no part of what was said", async () => {
  const id = await agent({
    location: "Oslo, Norway",
    add_location_to_context: true,
    additional_input: [
      { role: "user", content: "Example question" },
      { role: "assistant", content: "Example answer" },
    ],
  });
  for (const question of ["one", "two", "three"]) await ask(id, question);
  expect(prompts).toHaveLength(3);
  expect(new Set(prompts.map((prompt) => JSON.stringify(prompt.slice(0, 3)))).size).toBe(1);
  expect(systems()[0]).toContain("Your approximate location is: Oslo, Norway.");
  const last = JSON.stringify(prompts[2]);
  for (const part of ["Example question", "Example answer", '"one"', '"two"']) {
    expect(last.split(part)).toHaveLength(2);
  }
  expect(prompts[2]?.map(({ role }) => role).join(" ")).toBe(
    "system user assistant user assistant user assistant user",
  );
  const { chat_history: chat } = await getSessionDetail(world.scope, sessionId, {});
  expect(chat.filter(({ role }) => role === "user").map(({ content }) => content)).toEqual([
    "one",
    "two",
    "three",
  ]);
  expect(JSON.stringify(chat)).not.toContain("Example");
});
