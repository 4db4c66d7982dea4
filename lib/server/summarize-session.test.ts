import type { LanguageModelV4Middleware } from "@ai-sdk/provider";
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { createComponentSchema } from "#lib/core/component.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { getSessionSummary } from "#lib/db/session-summaries.ts";
import type { SessionOverview } from "#lib/db/session-row.ts";
import { getSession } from "#lib/db/sessions.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { NOTE, pauseWorld } from "#tests/support/pause-world.ts";
import { askAgent, continueWith, heldCalls, runOf } from "#tests/support/pausing-agent.ts";
import { RunControlWorld } from "#tests/support/run-control-world.ts";
import { cancelRun } from "./cancel-run.ts";
import { createComponent } from "./create-component.ts";
import { forkSession } from "./fork-session.ts";
import { listAfterRunPieces } from "./list-after-run-pieces.ts";
import { performAfterRunPiece } from "./perform-after-run-piece.ts";
import { summarizeSession } from "./summarize-session.ts";

const world = pauseWorld();
const control = new RunControlWorld(world);
let sessionId: string;
beforeEach(() => {
  sessionId = randomUUID();
});

async function agent(config: Partial<AgentDefinition> = {}): Promise<string> {
  const component = await createComponent(
    world.everyone,
    createComponentSchema.parse({
      component_type: "agent",
      name: `Summing ${randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model: { provider: "scripted", id: "demo-1" }, enable_session_summaries: true, ...config },
    }),
  );
  return component.component_id;
}

async function ask(agentId: string, message: string): Promise<string> {
  return runOf(await askAgent(world.ann, agentId, message, sessionId)).runId;
}

async function session(): Promise<SessionOverview> {
  const found = await getSession(world.scope, sessionId);
  if (found === null) throw new Error("The session is gone.");
  return found;
}

const summary = async () => (await getSessionSummary(world.scope, sessionId))?.summary;

describe("the summary of a session", () => {
  it("is a piece of the work after an answered run, of agents that want it", async () => {
    const wants = await agent();
    expect(await listAfterRunPieces(world.everyone, await ask(wants, "hello"))).toEqual(["session-summary"]);
    expect(await listAfterRunPieces(world.everyone, await ask(wants, "/error no"))).toEqual([]);
    sessionId = randomUUID();
    const plain = await agent({ enable_session_summaries: false });
    expect(await listAfterRunPieces(world.everyone, await ask(plain, "hello"))).toEqual([]);
  });

  it("goes on from the one before, run by run, and counts what it used", async () => {
    const id = await agent();
    await ask(id, "Tides");
    const before = (await session()).usage.totalTokens;
    await performAfterRunPiece(world.everyone, await newest(), "session-summary");
    expect(await summary()).toBe("The user asked “Tides”.");
    const after = await session();
    const [own, ofSummary] = after.models;
    expect([own?.role, ofSummary?.role]).toEqual(["model", "session_summary_model"]);
    expect(after.usage.totalTokens).toBe(before + (ofSummary?.totalTokens ?? 0));
    expect(ofSummary?.totalTokens).toBeGreaterThan(0);
    expect(after.runCount).toBe(1);
    await summarizeSession(world.everyone, await ask(id, "Boats"));
    expect(await summary()).toBe("The user asked “Tides”. The user asked “Boats”.");
    expect((await session()).models.map(({ role }) => role)).toEqual(["model", "session_summary_model"]);
  });

  it("done twice is done once", async () => {
    const id = await agent();
    const runId = await ask(id, "Tides");
    await summarizeSession(world.everyone, runId);
    const once = await session();
    await summarizeSession(world.everyone, runId);
    expect(await session()).toEqual(once);
  });

  it("by several at a time is the last run's, and all that it used counts", async () => {
    const id = await agent();
    const runs = [await ask(id, "Tides"), await ask(id, "Boats"), await ask(id, "Ropes")];
    await Promise.all(runs.toReversed().map((runId) => summarizeSession(world.everyone, runId)));
    expect(await summary()).toContain("“Ropes”");
    const made = (await session()).models.filter(({ role }) => role === "session_summary_model");
    expect(made).toHaveLength(1);
    const unchanged = await session();
    await summarizeSession(world.everyone, runs[0] ?? "");
    expect(await session()).toEqual(unchanged);
  });

  it("reads the last runs again when the agent wants that", async () => {
    const id = await agent({ session_summary_manager: { last_n_runs: 2 } });
    for (const question of ["Tides", "Boats"]) {
      const runId = await ask(id, question);
      await summarizeSession(world.everyone, runId);
      const once = await session();
      // A step that is tried again pays for nothing more.
      await summarizeSession(world.everyone, runId);
      expect(await session()).toEqual(once);
    }
    expect(await summary()).toBe("The user asked “Tides”. The user asked “Tides”, “Boats”.");
  });

  it("is left out of a prompt when the agent is not to know", async () => {
    const silent = await agent({ add_session_summary_to_context: false, add_history_to_context: false });
    await summarizeSession(world.everyone, await ask(silent, "Halcyon"));
    await ask(silent, "What did I ask?");
    const { rows } = await world.db.pool.query<{ text: string }>(
      `SELECT convert_from(data, 'UTF8') AS text FROM "Blob" WHERE "organizationId" = $1`,
      [world.scope.organizationId],
    );
    expect(rows.filter(({ text }) => text.includes("Halcyon"))).toEqual([]);
  });

  it("is asked for through the agent's model middleware, as all that the agent asks", async () => {
    const asked: string[] = [];
    const middleware: LanguageModelV4Middleware = {
      specificationVersion: "v4",
      transformParams: ({ params }) => {
        asked.push(JSON.stringify(params.prompt));
        return Promise.resolve(params);
      },
    };
    const key = Symbol.for("gatehouse.code-checks");
    Reflect.deleteProperty(globalThis, key);
    processSingleton("code-checks", () => ({
      guardrails: new Map(),
      hooks: new Map(),
      middleware: new Map([["listens", { name: "listens", title: "", description: "", middleware }]]),
    }));
    try {
      const id = await agent({ model_middleware: ["listens"] });
      await summarizeSession(world.everyone, await ask(id, "Tides"));
      expect(asked).toEqual([expect.any(String), expect.stringContaining("You keep the summary")]);
    } finally {
      Reflect.deleteProperty(globalThis, key);
    }
  });

  it("fails aloud when its model is not there, and leaves what there is", async () => {
    const id = await agent();
    await summarizeSession(world.everyone, await ask(id, "Tides"));
    const broken = await agent({ session_summary_manager: { model: { provider: "gone", id: "x" } } });
    await world.db.pool.query(`UPDATE "Session" SET "componentId" = $2 WHERE id = $1`, [sessionId, broken]);
    const runId = await ask(broken, "Boats");
    await expect(summarizeSession(world.everyone, runId)).rejects.toThrow(
      "There is no model connection 'gone'",
    );
    expect(await summary()).toBe("The user asked “Tides”.");
  });

  it("is nobody else's: another subject and another organization have no such run and no such session", async () => {
    const id = await agent();
    const runId = await ask(id, "Tides");
    const bob = { ...world.scope, subject: "bob" };
    await summarizeSession(bob, runId);
    await summarizeSession(await makeScope(), runId);
    expect(await summary()).toBeUndefined();
    await summarizeSession(world.everyone, runId);
    expect(await getSessionSummary(bob, sessionId)).toBeNull();
    expect(await getSessionSummary(await makeScope(), sessionId)).toBeNull();
  });
});

describe("a run that began before the last one summed up and ends after it", () => {
  const tools = { tools: ["take_note"], tool_settings: { take_note: { requires_confirmation: true } } };
  const NOTED = `“${NOTE}”`;

  /** A run that waits, and one after it that is summed up meanwhile. */
  async function overtaken(config: Partial<AgentDefinition> = {}) {
    const id = await agent({ ...tools, ...config });
    const waiting = await askAgent(world.ann, id, NOTE, sessionId);
    const boats = await ask(id, "Boats");
    await summarizeSession(world.everyone, boats);
    expect(await summary()).toBe("The user asked “Boats”.");
    const end = () =>
      continueWith(
        world.ann,
        runOf(waiting),
        heldCalls(waiting).map((call) => ({ ...call, confirmed: true })),
      );
    return { id, end, late: runOf(waiting).runId };
  }

  it("is told in a summary of its own, once", async () => {
    const { id, end, late } = await overtaken();
    await end();
    await summarizeSession(world.everyone, late);
    expect(await summary()).toBe(`The user asked “Boats”. The user asked ${NOTED}.`);
    const once = await session();
    await summarizeSession(world.everyone, late);
    expect(await session()).toEqual(once);
    await summarizeSession(world.everyone, await ask(id, "Ropes"));
    expect(await summary()).toBe(`The user asked “Boats”. The user asked ${NOTED}. The user asked “Ropes”.`);
  });

  it("is told in the next one, in its place, when its own was not made", async () => {
    const { id, end, late } = await overtaken();
    await end();
    await summarizeSession(world.everyone, await ask(id, "Ropes"));
    expect(await summary()).toBe(`The user asked “Boats”. The user asked ${NOTED}, “Ropes”.`);
    const once = await session();
    await summarizeSession(world.everyone, late);
    expect(await session()).toEqual(once);
  });

  it("is remembered over summaries that are made before it ends, and over a cancel", async () => {
    const { id, late } = await overtaken();
    await summarizeSession(world.everyone, await ask(id, "Ropes"));
    expect(await summary()).toBe("The user asked “Boats”. The user asked “Ropes”.");
    await cancelRun(world.scope, late, sessionId);
    await summarizeSession(world.everyone, await ask(id, "Knots"));
    // It was stopped before there was an answer: nobody is told of it.
    expect(await summary()).toBe("The user asked “Boats”. The user asked “Ropes”. The user asked “Knots”.");
    const { rows } = await world.db.pool.query<{ late: string[] }>(
      `SELECT "summaryLate" AS late FROM "Session" WHERE id = $1`,
      [sessionId],
    );
    expect(rows).toEqual([{ late: [] }]);
  });

  it("of several that end at once all are told, each once", async () => {
    const id = await agent(tools);
    const waiting = [];
    for (const text of ["milk", "eggs"]) {
      const question = `/tool take_note {"text":"${text}"}`;
      waiting.push(await askAgent(world.ann, id, question, sessionId));
    }
    await summarizeSession(world.everyone, await ask(id, "Boats"));
    for (const frames of waiting) {
      const answers = heldCalls(frames).map((call) => ({ ...call, confirmed: true }));
      await continueWith(world.ann, runOf(frames), answers);
    }
    await Promise.all(waiting.map((frames) => summarizeSession(world.everyone, runOf(frames).runId)));
    const said = await summary();
    for (const word of ["Boats", "milk", "eggs"]) expect(said?.split(word)).toHaveLength(2);
  });

  it("is read with the last runs when the agent wants those again", async () => {
    const { end, late, id } = await overtaken({ session_summary_manager: { last_n_runs: 1 } });
    await ask(id, "Ropes");
    await end();
    await summarizeSession(world.everyone, late);
    expect(await summary()).toBe(`The user asked “Boats”. The user asked ${NOTED}.`);
  });

  it("that had failed and goes on later is told then", async () => {
    const id = await agent();
    const failed = runOf(await askAgent(world.ann, id, "/error no", sessionId));
    await summarizeSession(world.everyone, await ask(id, "Boats"));
    await control.go(failed, { input: "Tides" });
    await summarizeSession(world.everyone, failed.runId);
    expect(await summary()).toMatch(/^The user asked “Boats”\. The user asked .*“Tides”\.$/);
  });

  it("is told in a copy of the session, whose summary covers what the first one's does and no more", async () => {
    const { id, end } = await overtaken();
    await end();
    await ask(id, "Ropes");
    const input = { agentId: id, sessionId, userId: undefined, upToRunId: undefined };
    const { session_id: copy } = await forkSession(world.ann, input);
    sessionId = copy;
    expect(await summary()).toBe("The user asked “Boats”.");
    await summarizeSession(world.everyone, await ask(id, "Knots"));
    expect(await summary()).toBe(`The user asked “Boats”. The user asked ${NOTED}, “Ropes”, “Knots”.`);
  });

  it("that answers anew what was summed up already is not told again", async () => {
    const id = await agent();
    const source = runOf(await askAgent(world.ann, id, "Tides", sessionId));
    await summarizeSession(world.everyone, source.runId);
    const anew = runOf(await control.go(source, { regenerate: "true" }));
    await summarizeSession(world.everyone, anew.runId);
    await summarizeSession(world.everyone, await ask(id, "Boats"));
    expect(await summary()).toBe("The user asked “Tides”. The user asked “Boats”.");
  });
});

/** The session's newest run. */
async function newest(): Promise<string> {
  return (await session()).lastRunId ?? "";
}
