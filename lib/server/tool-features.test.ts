import { randomUUID } from "node:crypto";
import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createComponentSchema } from "#lib/core/component.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { runTimeline } from "#lib/core/run-timeline.ts";
import type { Tool, ToolContext, ToolHook } from "#lib/core/tool.ts";
import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { findToolResult } from "#lib/db/tool-results.ts";
import { defineTool } from "#lib/sdk/define-tool.ts";
import { defineToolHook } from "#lib/sdk/define-tool-hook.ts";
import { toolResult } from "#lib/sdk/tool-result.ts";
import { pauseWorld } from "#tests/support/pause-world.ts";
import { caller, continueWith, heldCalls, runOf } from "#tests/support/pausing-agent.ts";
import { recordPrompts } from "#tests/support/record-prompts.ts";
import { answerAttachment } from "./answer-attachment.ts";
import { answerRun } from "./answer-run.ts";
import { createComponent } from "./create-component.ts";
import { deleteSessions } from "./delete-sessions.ts";
import { driveRun } from "./drive-run.ts";
import { getRunOutput } from "./get-run-output.ts";
import { startRun } from "./start-run.ts";

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const LOOK = '/tool look {"at":"the sea"}';

const world = pauseWorld();
const prompts: LanguageModelV4Prompt[] = [];
beforeAll(() => recordPrompts(prompts));
let looked = 0;
let given: ToolContext[] = [];
beforeEach(() => {
  looked = 0;
  given = [];
  const look = defineTool({
    name: "look",
    description: "Looks.",
    effect: "read",
    input: z.object({ at: z.string() }),
    cache: { ttlSeconds: 60 },
    execute: ({ at }, context) => {
      given.push(context);
      looked += 1;
      return Promise.resolve(`${at} ${looked}`);
    },
  });
  const draw = defineTool({
    name: "draw",
    description: "Draws.",
    effect: "read",
    input: z.object({}),
    cache: true,
    execute: () => {
      looked += 1;
      return Promise.resolve(
        toolResult({ content: "Drawn.", media: [{ filename: "a.png", mediaType: "image/png", bytes: PNG }] }),
      );
    },
  });
  const loud = defineToolHook({
    name: "loud",
    around: async (_call, next) => `${(await next()) as string}!`,
  });
  (processSingleton("tool-registry", () => new Map<string, Tool>()) as Map<string, Tool>)
    .set("look", look)
    .set("draw", draw);
  const north = defineToolHook({
    name: "north",
    prepare: ({ args }) => Promise.resolve({ ...args, at: `${args.at as string}, north` }),
  });
  (processSingleton("tool-hook-registry", () => new Map<string, ToolHook>()) as Map<string, ToolHook>)
    .set("loud", loud)
    .set("north", north);
});

async function agent(config: JsonObject): Promise<string> {
  const component = await createComponent(
    world.everyone,
    createComponentSchema.parse({
      component_type: "agent",
      name: `Tools ${randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model: { provider: "scripted", id: "demo-1" }, tools: ["look", "draw"], ...config },
    }),
  );
  return component.component_id;
}

async function ask(agentId: string, fields: object, principal = world.ann): Promise<ReceivedFrame[]> {
  const request = runRequestSchema.parse({ message: LOOK, session_id: randomUUID(), ...fields });
  const answer = await answerRun(principal, { agentId, request, files: [], idempotencyKey: null });
  const frames: ReceivedFrame[] = [];
  if (!(answer instanceof Response)) throw new Error("The answer is no stream.");
  for await (const frame of readFrames(answer)) frames.push(frame);
  return frames;
}

const resultsOf = (frames: readonly ReceivedFrame[]) =>
  frames.flatMap(({ event, tool }) =>
    event === "ToolCallCompleted" ? [(tool as { result: string }).result] : [],
  );

describe("hooks that agents name", () => {
  it("stand around their tools; one that does not exist is a 422 at its place", async () => {
    const frames = await ask(await agent({ tool_hooks: ["loud"] }), {});
    expect(resultsOf(frames)).toEqual(["the sea 1!"]);
    await expect(agent({ tool_hooks: ["loud", "nobody"] })).rejects.toMatchObject({
      status: 422,
      issues: [{ loc: ["body", "config", "tool_hooks", 1], msg: "There is no tool hook 'nobody'" }],
    });
  });

  it("prepare what a person is asked about and what is then done; the model keeps its words", async () => {
    const agentId = await agent({
      tool_hooks: ["north"],
      tool_settings: { look: { requires_confirmation: true } },
    });
    const frames = await ask(agentId, {});
    const held = heldCalls(frames);
    expect(held).toMatchObject([{ tool_args: { at: "the sea, north" } }]);
    const after = await continueWith(
      world.ann,
      runOf(frames),
      held.map((tool) => ({ ...tool, confirmed: true })),
    );
    expect(resultsOf(after)).toEqual(["the sea, north 1"]);
    expect(JSON.stringify([frames, after])).not.toContain("asked_args");
    const events = await readRunEvents(world.scope, runOf(frames).runId, -1, 1_000);
    expect(runTimeline(events).find((step) => step.kind === "tool")).toMatchObject({
      tool: { tool_args: { at: "the sea, north" } },
      askedArgs: { at: "the sea" },
    });
    await ask(agentId, { message: "And now?", session_id: runOf(frames).sessionId });
    const calls = (prompts.at(-1) ?? []).flatMap(({ role, content }) =>
      role === "assistant" ? content.flatMap((part) => (part.type === "tool-call" ? [part.input] : [])) : [],
    );
    expect(calls).toEqual([{ at: "the sea" }]);
    expect(JSON.stringify(prompts.at(-1))).not.toContain("A person changed");
  });

  it("let no call pass once their code is gone", async () => {
    const agentId = await agent({ tool_hooks: ["loud"] });
    (processSingleton("tool-hook-registry", () => new Map()) as Map<string, ToolHook>).delete("loud");
    const [result] = resultsOf(await ask(agentId, {}));
    expect(result).toContain('hook "loud" is not there any more');
    expect(looked).toBe(0);
  });
});

describe("kept results", () => {
  it("answer again in the same session of the same person, visibly, and go with the session", async () => {
    const agentId = await agent({});
    const session_id = randomUUID();
    await ask(agentId, { session_id });
    const frames = await ask(agentId, { session_id });
    expect(resultsOf(frames)).toEqual(["the sea 1"]);
    const events = await readRunEvents(world.scope, runOf(frames).runId, -1, 1_000);
    expect(runTimeline(events).find((step) => step.kind === "tool")).toMatchObject({ fromCache: true });
    // Another session, and another person, ask anew.
    expect(resultsOf(await ask(agentId, {}))).toEqual(["the sea 2"]);
    const ben = caller({ ...world.scope, subject: "ben" });
    expect(resultsOf(await ask(agentId, {}, ben))).toEqual(["the sea 3"]);

    const count = async () =>
      (
        await world.db.pool.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM "ToolResult" WHERE "organizationId" = $1 AND "sessionId" = $2`,
          [world.scope.organizationId, session_id],
        )
      ).rows[0]?.n;
    expect(await count()).toBe(1);
    await deleteSessions(world.scope, { session_ids: [session_id], session_types: ["agent"] }, {});
    expect(await count()).toBe(0);
  });

  it("count until they expire, and files are never kept", async () => {
    const agentId = await agent({});
    const session_id = randomUUID();
    await ask(agentId, { session_id });
    const { rows } = await world.db.pool.query<{ key: string; at: Date }>(
      `SELECT key, "expiresAt" AS at FROM "ToolResult" WHERE "sessionId" = $1`,
      [session_id],
    );
    const { key = "", at = new Date(0) } = rows[0] ?? {};
    expect(await findToolResult(world.scope, key, at.getTime() - 1)).toEqual({ result: "the sea 1" });
    expect(await findToolResult(world.scope, key, at.getTime())).toBeUndefined();
    const other = { ...world.scope, organizationId: "org_of_others" };
    expect(await findToolResult(other, key, at.getTime() - 1)).toBeUndefined();

    looked = 0;
    await ask(agentId, { session_id, message: "/tool draw {}" });
    await ask(agentId, { session_id, message: "/tool draw {}" });
    expect(looked).toBe(2);
  });
});

describe("values of a run", () => {
  it("reach its tools, over the agent's own, and no frame and no prompt", async () => {
    const agentId = await agent({ dependencies: { unit: "m", place: "Oslo" }, metadata: { plan: "free" } });
    const frames = await ask(agentId, {
      dependencies: '{"unit":"km","secret":"s3cr3t"}',
      metadata: '{"ticket":"42"}',
    });
    expect(given[0]).toMatchObject({
      dependencies: { unit: "km", place: "Oslo", secret: "s3cr3t" },
      metadata: { plan: "free", ticket: "42" },
    });
    expect(JSON.stringify(frames)).not.toContain("s3cr3t");
    const { rows } = await world.db.pool.query<{ text: string }>(
      `SELECT convert_from(data, 'UTF8') AS text FROM "Blob" WHERE "organizationId" = $1`,
      [world.scope.organizationId],
    );
    expect(JSON.stringify(rows)).not.toContain("s3cr3t");
  });

  it("are there whoever drives it, and after a pause", async () => {
    const background = await startRun(world.scope, {
      agentId: await agent({}),
      request: runRequestSchema.parse({ message: LOOK, dependencies: { unit: "km" }, background: true }),
      files: [],
      subject: "ann",
      boundSessionId: null,
      idempotencyKey: null,
    });
    background.watch.close();
    await driveRun(world.scope, background.run.runId);
    expect(given.at(-1)?.dependencies).toEqual({ unit: "km" });

    const agentId = await agent({ tool_settings: { look: { requires_confirmation: true } } });
    const frames = await ask(agentId, { dependencies: { unit: "mi" } });
    expect(given).toHaveLength(1);
    await continueWith(
      world.ann,
      runOf(frames),
      heldCalls(frames).map((tool) => ({ ...tool, confirmed: true })),
    );
    expect(given.at(-1)?.dependencies).toEqual({ unit: "mi" });
  });

  it.each(["nope", "[1]", '"x"'])("that are no JSON object are refused: %s", (dependencies) => {
    expect(runRequestSchema.safeParse({ message: "x", dependencies }).success).toBe(false);
  });
});

describe("files of results", () => {
  it("stand on the frame and on the run by their kind, and are given to whoever may see the run", async () => {
    const frames = await ask(await agent({}), { message: "/tool draw {}" });
    const { runId, sessionId } = runOf(frames);
    const completed = frames.find(({ event }) => event === "ToolCallCompleted");
    expect(completed).toMatchObject({ images: [{ filename: "a.png", mime_type: "image/png", size: 8 }] });
    const output = await getRunOutput(world.scope, runId, sessionId);
    const [image] = output.images ?? [];
    expect(image).toMatchObject({ filename: "a.png", url: `/api/runs/${runId}/attachments/${image?.id}` });
    const answer = await answerAttachment(world.scope, runId, image?.id ?? "", null);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
    const ben = { ...world.scope, subject: "ben" };
    await expect(answerAttachment(ben, runId, image?.id ?? "", null)).rejects.toMatchObject({ status: 404 });
  });

  it("are given to the model whoever drives the run, and in later runs of the session", async () => {
    const agentId = await agent({ tool_settings: { look: { requires_confirmation: true } } });
    const frames = await ask(agentId, { message: `/tool draw {}\n${LOOK}` });
    expect(frames.at(-1)?.event).toBe("RunPaused");
    const pictures = () =>
      (prompts.at(-1) ?? []).flatMap(({ role, content }) =>
        role === "user" ? content.filter((part) => part.type === "file").map(({ filename }) => filename) : [],
      );
    expect(pictures()).toEqual(["a.png"]);
    prompts.length = 0;
    const held = heldCalls(frames).map((tool) => ({ ...tool, confirmed: true }));
    await continueWith(world.ann, runOf(frames), held);
    expect(pictures()).toEqual(["a.png"]);
    await ask(agentId, { message: "And now?", session_id: runOf(frames).sessionId });
    expect(pictures()).toEqual(["a.png"]);
  });
});
