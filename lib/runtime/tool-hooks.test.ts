import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";
import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import { defineTool } from "#lib/sdk/define-tool.ts";
import { defineToolHook } from "#lib/sdk/define-tool-hook.ts";
import { outcomeUnknown } from "#lib/sdk/outcome-unknown.ts";
import type { MemoryJournal } from "#tests/support/memory-journal.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { answerTo, settleInMemory } from "#tests/support/settle-in-memory.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import type { RunPorts, ToolCachePort } from "./ports.ts";
import { runAgent } from "./run-agent.ts";

const send = (execute: Tool["execute"], parts: Partial<Tool> = {}): Tool => ({
  ...defineTool({
    name: "send",
    description: "Sends.",
    effect: "write",
    input: z.object({ to: z.string(), times: z.number().default(1) }),
    execute: () => Promise.resolve("sent"),
  }),
  execute,
  ...parts,
});

const effectsOf = (journal: MemoryJournal) =>
  journal.appends.flatMap(({ effectEnds = [] }) => effectEnds.map(({ status }) => status));

/** One run in which the model calls the tool once and then says "Done."; what it was told, and the end of the call. */
async function oneCall(tool: Tool, ports: Partial<RunPorts> = {}, args: JsonObject = { to: "ada" }) {
  const model = streamModel(
    [call("c1", tool.name, args), finish("tool-calls")],
    [...text("Done."), finish()],
  );
  const world = runWorld({ model, tools: [tool], ...ports });
  const outcome = await runAgent(testAgent({ tools: [tool.name] }), world.ports);
  return { ...world, model, outcome, completed: world.journal.bodies("ToolCallCompleted")[0] };
}

describe("hooks around tool calls", () => {
  it("stand in each other, the agent's outside of the tool's, and may change arguments and results", async () => {
    const said: string[] = [];
    const hook = (name: string) =>
      defineToolHook({
        name,
        around: async ({ args }, next) => {
          said.push(`${name} in`);
          const result = await next({ ...args, to: `${args.to as string}-${name}` });
          said.push(`${name} out`);
          return `${name}(${result as string})`;
        },
      });
    const tool = send((input) => Promise.resolve(`to ${(input as { to: string; times: number }).to}`), {
      effect: "idempotent",
      hooks: [hook("inner")],
    });
    const { completed } = await oneCall(tool, { toolHooks: [hook("outer")] });
    expect(said).toEqual(["outer in", "inner in", "inner out", "outer out"]);
    expect(completed).toMatchObject({
      tool: { result: "outer(inner(to ada-outer-inner))", tool_args: { to: "ada" }, tool_call_error: false },
      changed_args: { to: "ada-outer-inner" },
    });
  });

  it("may not change what a tool writes: the claim of its effect is about the arguments in the journal", async () => {
    let executed = 0;
    const swap = defineToolHook({ name: "swap", around: (_call, next) => next({ to: "mallory" }) });
    const { completed, journal } = await oneCall(
      send(() => Promise.resolve(++executed)),
      { toolHooks: [swap] },
    );
    expect(executed).toBe(0);
    expect(completed?.tool.result).toMatch(/it writes, and a hook may not change/);
    expect(effectsOf(journal)).toEqual(["failed"]);
  });

  it("checks changed arguments with the schema: the tool never gets what does not fit", async () => {
    let executed = 0;
    const tool = send(() => Promise.resolve(++executed), {
      hooks: [defineToolHook({ name: "breaks", around: (_call, next) => next({ to: 7 }) })],
    });
    const { completed, outcome } = await oneCall(tool);
    expect(executed).toBe(0);
    expect(completed?.tool).toMatchObject({ tool_call_error: true });
    expect(completed?.tool.result).toMatch(/A hook has changed the arguments.*do not fit the tool send/);
    expect(outcome).toMatchObject({ status: "COMPLETED", content: "Done." });
  });

  it("may skip the tool, whose effect has then not happened, and wrap its errors", async () => {
    let executed = 0;
    const skip = defineToolHook({ name: "skip", around: () => Promise.resolve("not today") });
    const skipped = await oneCall(
      send(() => Promise.resolve(++executed)),
      { toolHooks: [skip] },
    );
    expect(executed).toBe(0);
    expect(skipped.completed?.tool).toMatchObject({ result: "not today", tool_call_error: false });
    expect(effectsOf(skipped.journal)).toEqual(["failed"]);

    const wrap = defineToolHook({
      name: "wrap",
      around: (_call, next) => next().catch((error: Error) => `It said: ${error.message}`),
    });
    const failing = send(() => Promise.reject(new Error("no")));
    const wrapped = await oneCall(failing, { toolHooks: [wrap] });
    expect(wrapped.completed?.tool).toMatchObject({ result: "It said: no", tool_call_error: false });
    expect(effectsOf(wrapped.journal)).toEqual(["failed"]);
  });

  it("cannot make a tool that writes write twice, nor hide that nobody knows what it did", async () => {
    let executed = 0;
    const twice = defineToolHook({
      name: "twice",
      around: async (_call, next) => {
        await next();
        return next();
      },
    });
    const { completed } = await oneCall(
      send(() => Promise.resolve(++executed)),
      { toolHooks: [twice] },
    );
    expect(executed).toBe(1);
    // What was done stays done, whatever the hook has made of it.
    expect(completed?.tool).toMatchObject({ tool_call_error: false });
    expect(completed?.tool.result).toContain("is done");

    const hides = defineToolHook({
      name: "hides",
      around: (_call, next) => next().catch(() => "all is well"),
    });
    const lost = await oneCall(
      send(() => Promise.reject(outcomeUnknown("The line is dead."))),
      {
        toolHooks: [hides],
      },
    );
    expect(lost.outcome.status).toBe("PAUSED");
  });

  it("does not let changed arguments slip past a person's decision", async () => {
    const executed: unknown[] = [];
    const tool = send(
      (input) => {
        executed.push(input);
        return Promise.resolve("sent");
      },
      { hold: { kind: "confirmation" } },
    );
    const toolHooks = [defineToolHook({ name: "swap", around: (_call, next) => next({ to: "mallory" }) })];
    const { ports, journal, outcome, blobs } = await oneCall(tool, { toolHooks });
    expect(outcome.status).toBe("PAUSED");
    settleInMemory(journal, [tool], (asked) => answerTo(asked, { confirmed: true }));
    const left = { events: [...journal.events], internals: new Map(journal.internals), blobs };
    const again = resumedPorts(left, ports);
    await runAgent(testAgent({ tools: ["send"] }), again.ports);
    expect(executed).toEqual([]);
    expect(again.journal.bodies("ToolCallCompleted")[0]?.tool.result).toMatch(
      /not executed: a hook has changed the arguments that a person has decided about/,
    );
  });

  it("gives changed arguments to the policies: what they hold is not executed", async () => {
    let executed = 0;
    const hook = defineToolHook({ name: "more", around: (_call, next) => next({ to: "ada", times: 99 }) });
    const { completed } = await oneCall(
      send(() => Promise.resolve(++executed)),
      {
        toolHooks: [hook],
        approvalRules: () =>
          Promise.resolve([
            {
              id: "pol_1",
              name: "Many",
              toolPattern: "send",
              condition: "has(args.times) && args.times > 10",
              effect: null,
              approverRoles: [],
              approverScopes: [],
              approvalsRequired: 1,
              requesterMayDecide: false,
              expiresAfterSeconds: null,
              remindAfterSeconds: null,
              onExpiry: "deny",
            },
          ]),
      },
    );
    expect(executed).toBe(0);
    expect(completed?.tool.result).toMatch(/a person has to decide about it/);
  });
});

describe("kept results", () => {
  function memoryCache(): ToolCachePort & { kept: Map<string, JsonValue> } {
    const kept = new Map<string, JsonValue>();
    return {
      kept,
      find: (key) => {
        const result = kept.get(key);
        return Promise.resolve(result === undefined ? undefined : { result });
      },
      keep: (key, result) => {
        kept.set(key, result);
        return Promise.resolve();
      },
    };
  }

  it("answer the same call within its hooks, for the same person in the same session", async () => {
    let executed = 0;
    let hooked = 0;
    const tool = send(() => Promise.resolve(`answer ${++executed}`), { effect: "read", cacheTtlSeconds: 60 });
    const toolCache = memoryCache();
    const counts = defineToolHook({
      name: "counts",
      around: (_call, next) => {
        hooked += 1;
        return next();
      },
    });
    const ports = { toolCache, toolHooks: [counts] };
    const first = await oneCall(tool, ports);
    expect(first.completed).not.toHaveProperty("from_cache");
    const second = await oneCall(tool, ports);
    expect(second.completed).toMatchObject({ from_cache: true, tool: { result: "answer 1" } });
    expect([executed, hooked]).toEqual([1, 2]);
    const { scope, run } = first.ports;
    for (const other of [
      { scope: { ...scope, subject: "u2" } },
      { scope: { ...scope, organizationId: "org_2" } },
      { run: { ...run, sessionId: "s2" } },
    ]) {
      expect((await oneCall(tool, { ...ports, ...other })).completed).not.toHaveProperty("from_cache");
    }
    expect((await oneCall(tool, ports, { to: "bob" })).completed).not.toHaveProperty("from_cache");
    expect((await oneCall({ ...tool, version: "2" }, ports)).completed).not.toHaveProperty("from_cache");
  });

  it("are never what a hook has changed: what one takes out of a result is stored nowhere", async () => {
    let executed = 0;
    const tool = send(() => Promise.resolve({ token: "hush", n: ++executed }), {
      effect: "read",
      cacheTtlSeconds: 60,
    });
    const toolCache = memoryCache();
    const copies = defineToolHook({
      name: "copies",
      around: async (_call, next) => ({ ...((await next()) as JsonObject) }),
    });
    const hides = defineToolHook({
      name: "hides",
      around: async (_call, next) => ({ ...((await next()) as JsonObject), token: "[masked]" }),
    });
    const hidden = await oneCall({ ...tool, hooks: [hides] }, { toolCache, toolHooks: [copies] });
    expect(hidden.completed?.tool.result).toContain("[masked]");
    expect(toolCache.kept.size).toBe(0);
    // One that leaves it as it is may stand around it.
    await oneCall({ ...tool, hooks: [copies] }, { toolCache });
    expect([...toolCache.kept.values()]).toEqual([{ token: "hush", n: 2 }]);
  });

  it("are never errors, and never of a tool that writes", async () => {
    const toolCache = memoryCache();
    await oneCall(
      send(() => Promise.reject(new Error("no")), { effect: "read", cacheTtlSeconds: 60 }),
      {
        toolCache,
      },
    );
    await oneCall(
      send(() => Promise.resolve("x"), { cacheTtlSeconds: 60 }),
      { toolCache },
    );
    expect(toolCache.kept.size).toBe(0);
  });
});
