import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonObject } from "#lib/core/json.ts";
import type { Tool } from "#lib/core/tool.ts";
import { setSessionState } from "#lib/tools/set-session-state.ts";
import { updateSessionState } from "#lib/tools/update-session-state.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import type { RunPorts } from "./ports.ts";
import { runAgent } from "./run-agent.ts";

const FORGED = { current_user_id: "eve", current_session_id: "s9", current_run_id: "r9" };
const DONE = [...text("Done."), finish()];

/** A tool that keeps what it sees. */
function lookingTool(seen: JsonObject[]): Tool {
  return {
    name: "look",
    title: "Look",
    description: "Looks.",
    effect: "read",
    input: z.object({}),
    execute: (_input, { sessionState }) => {
      seen.push(sessionState.get());
      return Promise.resolve("seen");
    },
  };
}

/** A run whose model makes these calls, one a turn, with a look at the state at the end. */
function worldOf(calls: readonly [name: string, input: JsonObject][], changes: Partial<RunPorts> = {}) {
  const seen: JsonObject[] = [];
  const turns = [...calls, ["look", {}] as const].map(([name, input], at) => [
    call(`c${at}`, name, input),
    finish("tool-calls"),
  ]);
  const model = streamModel(...turns, DONE);
  const tools = [lookingTool(seen), setSessionState as Tool, updateSessionState as Tool];
  return { ...runWorld({ model, tools, ...changes }), model, seen };
}

const saved = ({ journal }: ReturnType<typeof runWorld>) =>
  journal.appends.flatMap(({ sessionState }) => (sessionState === undefined ? [] : [sessionState.state]));

describe("the keys that say which run reads a session's state", () => {
  it("are seen by tools and by placeholders, and are none of what is saved or told at the end", async () => {
    const world = worldOf([["set_session_state", { key: "cart", value: 1 }]], {
      sessionState: { shop: "Oslo" },
    });
    const instructions = "{current_user_id} in {current_session_id}, run {current_run_id}, at {shop}.";
    await runAgent(testAgent({ instructions, add_session_state_to_context: true }), world.ports);
    const own = { current_user_id: "u1", current_session_id: "s1", current_run_id: world.runId };
    expect(world.seen).toEqual([{ shop: "Oslo", cart: 1, ...own }]);
    const [system] = world.model.calls[0]?.prompt ?? [];
    expect(system?.content).toContain(`u1 in s1, run ${world.runId}, at Oslo.`);
    // The same from run to run: what providers know again does not change with it.
    expect(system?.content).toContain('<session_state>\n{"shop":"Oslo"}\n</session_state>');
    expect(saved(world)).toEqual([{ shop: "Oslo", cart: 1 }]);
    expect(world.journal.bodies("RunCompleted")[0]?.session_state).toEqual({ shop: "Oslo", cart: 1 });
  });

  it("are the platform's, whatever the stored state or the run's own says", async () => {
    const world = worldOf([], { sessionState: { ...FORGED, shop: "Oslo" } });
    await runAgent(testAgent({ instructions: "For {current_user_id}." }), world.ports);
    expect(world.seen).toMatchObject([{ current_user_id: "u1", current_session_id: "s1" }]);
    expect(world.model.calls[0]?.prompt[0]?.content).toContain("For u1.");
    expect(world.journal.bodies("RunCompleted")[0]?.session_state).toEqual({ shop: "Oslo" });
  });

  it("name nobody in a run of nobody, not even whom the stored state names", async () => {
    const scope = {
      organizationId: "org_1",
      subject: null,
      actor: { kind: "system" as const, id: "system" },
    };
    const world = worldOf([], { scope, sessionState: FORGED });
    await runAgent(testAgent({ instructions: "For {current_user_id}." }), world.ports);
    expect(world.seen).toEqual([{ current_session_id: "s1", current_run_id: world.runId }]);
    expect(world.model.calls[0]?.prompt[0]?.content).toContain("For {current_user_id}.");
  });

  it.each([
    ["set", "eve"],
    ["forgotten", null],
  ])("cannot be %s by set_session_state, and the model is told so", async (_how, value) => {
    const world = worldOf([["set_session_state", { key: "current_user_id", value }]]);
    await runAgent(testAgent(), world.ports);
    expect(world.journal.bodies("ToolCallError")).toMatchObject([
      { error: expect.stringContaining("current_user_id says which run this is; it cannot be changed.") },
    ]);
    expect(world.seen).toMatchObject([{ current_user_id: "u1" }]);
    expect(saved(world)).toEqual([]);
  });

  it("are left out of what update_session_state changes; the rest of it counts", async () => {
    const world = worldOf([["update_session_state", { session_state_updates: { ...FORGED, cart: 2 } }]]);
    await runAgent(testAgent({ enable_agentic_state: true }), world.ports);
    expect(world.seen).toEqual([
      { cart: 2, current_user_id: "u1", current_session_id: "s1", current_run_id: world.runId },
    ]);
    expect(saved(world)).toEqual([{ cart: 2 }]);
    expect(JSON.stringify(world.journal.bodies("ToolCallCompleted")[0]?.tool.result)).not.toContain("eve");
  });
});
