import type { LanguageModelV4Prompt, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ApprovalRule } from "#lib/core/approval-policy.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { CallToPrepare, Tool, ToolEffect } from "#lib/core/tool.ts";
import { defineTool } from "#lib/sdk/define-tool.ts";
import { defineToolHook } from "#lib/sdk/define-tool-hook.ts";
import { outcomeUnknown } from "#lib/sdk/outcome-unknown.ts";
import { stopRun } from "#lib/sdk/stop-run.ts";
import { tryAgain } from "#lib/sdk/try-again.ts";
import type { MemoryJournal } from "#tests/support/memory-journal.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { type Death, runUntilDeath } from "#tests/support/run-until-death.ts";
import { answerTo, settleInMemory } from "#tests/support/settle-in-memory.ts";
import { call, finish, streamModel, text } from "#tests/support/stream-model.ts";
import { hashJson } from "./hash-json.ts";
import type { RunPorts } from "./ports.ts";
import { runAgent } from "./run-agent.ts";

const AGENT = testAgent({ tools: ["send"] });

/** A tool that sends, and what it has sent. */
function sender(parts: Partial<Tool> = {}) {
  const sent: unknown[] = [];
  const tool: Tool = {
    ...defineTool({
      name: "send",
      description: "Sends.",
      effect: "write",
      input: z.object({ to: z.string(), from: z.string().optional() }),
      execute: () => Promise.resolve("sent"),
    }),
    execute: (input) => {
      sent.push(input);
      return Promise.resolve("sent");
    },
    ...parts,
  };
  return { tool, sent };
}

/** A hook that adds to the arguments, and what it was told. */
function adds(args: JsonObject, name = "adds") {
  const told: CallToPrepare[] = [];
  const hook = defineToolHook({
    name,
    prepare: (seen) => {
      told.push(seen);
      return Promise.resolve({ ...seen.args, ...args });
    },
  });
  return { hook, told };
}

const failing = (error: Error) => defineToolHook({ name: "fails", prepare: () => Promise.reject(error) });

const rule = (condition: string): ApprovalRule => ({
  id: "pol_1",
  name: "Policy",
  toolPattern: "send",
  condition,
  effect: null,
  approverRoles: [],
  approverScopes: [],
  approvalsRequired: 1,
  requesterMayDecide: false,
  expiresAfterSeconds: null,
  remindAfterSeconds: null,
  onExpiry: "deny",
});

/** A run in which the model calls the tool once and then says "Done.". */
async function oneCall(tool: Tool, ports: Partial<RunPorts> = {}, args: JsonObject = { to: "ada" }) {
  const model = streamModel([call("c1", "send", args), finish("tool-calls")], [...text("Done."), finish()]);
  const world = runWorld({ model, tools: [tool], ...ports });
  const outcome = await runAgent(AGENT, world.ports);
  return { ...world, model, outcome, completed: world.journal.bodies("ToolCallCompleted")[0] };
}

/** Goes on with a run elsewhere, from as many of its events as are given. */
async function goOn(world: Awaited<ReturnType<typeof oneCall>>, events = world.journal.events) {
  const internals = new Map([...world.journal.internals].filter(([index]) => index < events.length));
  const next = resumedPorts({ events: [...events], internals, blobs: world.blobs }, world.ports);
  const outcome = await runAgent(AGENT, next.ports);
  return { ...next, outcome, completed: next.journal.bodies("ToolCallCompleted")[0] };
}

const claimsOf = (journal: MemoryJournal) =>
  journal.appends.flatMap(({ effectClaims = [] }) =>
    effectClaims.map(({ attempt, argumentsHash }) => ({ attempt, argumentsHash })),
  );

/** The calls and the results that a model is told of. */
const told = (prompt: LanguageModelV4Prompt | undefined) =>
  (prompt ?? []).flatMap(({ role, content }) =>
    role === "assistant" || role === "tool"
      ? content.flatMap((part) => {
          if (part.type === "tool-call") return [part.input];
          if (part.type === "tool-result" && "value" in part.output) return [part.output.value];
          return [];
        })
      : [],
  );

describe("hooks that prepare calls", () => {
  it.each<ToolEffect>(["read", "idempotent", "write"])(
    "say what is checked, claimed, written down and executed of a tool with effect %s",
    async (effect) => {
      const { tool, sent } = sender({ effect, hooks: [adds({ from: "inner" }).hook] });
      const outer = adds({ from: "outer", to: "bob" });
      const { completed, journal, model, runId } = await oneCall(tool, {
        toolHooks: [outer.hook],
        sessionState: { mood: "good" },
      });
      const args = { to: "bob", from: "inner" };
      expect(sent).toEqual([args]);
      expect(completed?.tool).toMatchObject({ tool_args: args, result: "sent", tool_call_error: false });
      expect(completed).not.toHaveProperty("changed_args");
      expect(journal.bodies("ToolCallStarted")).toMatchObject([
        { tool: { tool_args: args }, asked_args: { to: "ada" } },
      ]);
      const claims = effect === "write" ? [{ attempt: 1, argumentsHash: hashJson(args) }] : [];
      expect(claimsOf(journal)).toEqual(claims);
      // The model keeps its own words.
      expect(told(model.calls[1]?.prompt)).toEqual([{ to: "ada" }, "sent"]);
      const [seen] = outer.told;
      expect(seen).toMatchObject({ toolName: "send", toolCallId: "c1", effect, args: { to: "ada" } });
      expect(seen?.context).toMatchObject({ runId, sessionId: "s1", dependencies: {} });
      expect(seen?.context.sessionState.get()).toMatchObject({ mood: "good" });
      expect(Object.keys(seen?.context.sessionState ?? {})).toEqual(["get"]);
      expect(seen?.context).not.toHaveProperty("idempotencyKey");
    },
  );

  it("leave nothing behind when they change nothing, and stand before those around the call", async () => {
    const { tool, sent } = sender();
    const both = defineToolHook({
      name: "both",
      prepare: ({ args }) => Promise.resolve({ ...args, from: "me" }),
      around: async ({ args }, next) => `${args.from as string}: ${(await next()) as string}`,
    });
    expect((await oneCall(tool, { toolHooks: [adds({}).hook, both] })).completed?.tool.result).toBe(
      "me: sent",
    );
    const same = await oneCall(tool, { toolHooks: [adds({ to: "ada" }).hook] });
    expect(same.journal.bodies("ToolCallStarted")[0]).not.toHaveProperty("asked_args");
    await oneCall(tool, { toolHooks: [adds({ from: "half \ud800" }).hook] });
    expect(sent).toEqual([{ to: "ada", from: "me" }, { to: "ada" }, { to: "ada", from: "half \ufffd" }]);
  });

  it("may mend what does not fit the tool; what they return is checked, and must be arguments", async () => {
    const { tool, sent } = sender();
    const mended = await oneCall(tool, { toolHooks: [adds({ to: "bob" }).hook] }, { to: 7 });
    expect(sent).toEqual([{ to: "bob" }]);
    expect(told(mended.model.calls[1]?.prompt)).toEqual([{ to: 7 }, "sent"]);

    const broken = await oneCall(tool, { toolHooks: [adds({ to: 8 }).hook] });
    expect(broken.completed?.tool.result).toMatch(
      /A hook has changed the arguments\. .* do not fit the tool send/,
    );
    const nothing = defineToolHook({
      name: "mute",
      prepare: () => Promise.resolve([] as unknown as JsonObject),
    });
    const mute = await oneCall(tool, { toolHooks: [nothing] });
    expect(mute.completed?.tool.result).toBe(
      "The hook mute has returned no arguments: the tool was not called.",
    );
    expect(sent).toHaveLength(1);
    expect([...claimsOf(broken.journal), ...claimsOf(mute.journal)]).toEqual([]);
  });

  it("may refuse a call: the model is shown why, nobody is asked, nothing is claimed", async () => {
    const { tool, sent } = sender({ hold: { kind: "confirmation" } });
    const told = async (error: Error, args?: JsonObject) => {
      const { completed, journal, outcome } = await oneCall(tool, { toolHooks: [failing(error)] }, args);
      expect(journal.bodies("RunPaused")).toEqual([]);
      expect(claimsOf(journal)).toEqual([]);
      expect(outcome).toMatchObject({ status: "COMPLETED" });
      expect(completed?.tool).toMatchObject({ tool_args: args ?? { to: "ada" }, tool_call_error: true });
      return [completed?.tool.result, (outcome as { content: string }).content];
    };
    expect(await told(new Error("Not on Sundays."))).toEqual(["Not on Sundays.", "Done."]);
    const guided = "Nothing was done. Call the tool again, differently: Name a person.";
    expect(await told(tryAgain("Name a person."))).toEqual([guided, "Done."]);
    expect(await told(stopRun("That is all."))).toEqual(["That is all.", "That is all."]);
    // What the model has to mend says more than how a hook has stumbled over it.
    expect((await told(new TypeError("x is undefined"), { to: 7 }))[0]).toMatch(/do not fit the tool send/);
    expect(sent).toEqual([]);
  });

  it("end the run with their words in the next process, too", async () => {
    const { tool } = sender();
    const world = await oneCall(tool, { toolHooks: [failing(stopRun("That is all."))] });
    const begun = world.journal.events.findIndex(({ body }) => body.type === "ToolCallStarted");
    world.ports.toolHooks = [];
    const { outcome } = await goOn(world, world.journal.events.slice(0, begun + 1));
    expect(outcome).toMatchObject({ status: "COMPLETED", content: "That is all." });
    expect(world.model.calls).toHaveLength(1);
  });

  it("do not keep a run from being cancelled, and have no more time than the tool", async () => {
    const hangs = defineToolHook({ name: "hangs", prepare: () => new Promise<never>(() => {}) });
    const { tool, sent } = sender({ timeoutMs: 5_000, hooks: [hangs] });
    const model = streamModel(
      [call("c1", "send", { to: "ada" }), finish("tool-calls")],
      [...text("Done."), finish()],
    );
    const late = runWorld({ model, tools: [tool] });
    const lateRun = runAgent(AGENT, late.ports);
    await until(() => model.calls.length === 1);
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    late.clock.advance(5_000);
    expect(await lateRun).toMatchObject({ status: "COMPLETED" });
    expect(late.journal.bodies("ToolCallCompleted")[0]?.tool.result).toBe(
      "The hooks of the tool send did not finish within 5 seconds.",
    );
    const cancelled = runWorld({
      model: streamModel([call("c1", "send", { to: "ada" }), finish("tool-calls")]),
      tools: [tool],
    });
    const run = runAgent(AGENT, cancelled.ports);
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    cancelled.cancel.abort(new Error("cancelled"));
    expect(await run).toMatchObject({ status: "CANCELLED" });
    expect(sent).toEqual([]);
  });
});

describe("prepared calls that wait for people", () => {
  it("are judged by policies and put to people as prepared, and not prepared again", async () => {
    const { tool, sent } = sender();
    const secret = adds({ from: "vault" });
    const args = { to: "ada", from: "vault" };
    const world = await oneCall(tool, {
      toolHooks: [secret.hook],
      approvalRules: () => Promise.resolve([rule("has(args.from)")]),
    });
    expect(world.outcome.status).toBe("PAUSED");
    expect(world.journal.bodies("RunPaused")[0]?.tools).toMatchObject([{ tool_args: args }]);
    expect(world.journal.appends.at(-1)?.requirements).toMatchObject([{ argumentsHash: hashJson(args) }]);
    // The policy of the test has no store: the tool asks in its place.
    const held = sender({ hold: { kind: "confirmation" } });
    const asked = await oneCall(held.tool, { toolHooks: [secret.hook] });
    settleInMemory(asked.journal, [held.tool], (one) => answerTo(one, { confirmed: true }));
    const { completed, journal } = await goOn(asked);
    expect(held.sent).toEqual([args]);
    expect(completed?.tool.tool_args).toEqual(args);
    expect(journal.bodies("ToolCallStarted")).toMatchObject([{ asked_args: { to: "ada" } }]);
    expect(claimsOf(journal)).toEqual([{ attempt: 1, argumentsHash: hashJson(args) }]);
    // Once for each run.
    expect(secret.told).toHaveLength(2);
    expect(told(asked.model.calls[1]?.prompt)).toEqual([{ to: "ada" }, "sent"]);
    expect(sent).toEqual([]);
  });

  it("are made with what a person has changed, of which alone the model is told", async () => {
    const { tool, sent } = sender({ hold: { kind: "confirmation" } });
    const hook = adds({ from: "vault" });
    const world = await oneCall(tool, { toolHooks: [hook.hook] });
    const args = { to: "bob", from: "vault" };
    settleInMemory(world.journal, [tool], (one) => answerTo(one, { confirmed: true, args }));
    await goOn(world);
    expect(sent).toEqual([args]);
    expect(hook.told).toHaveLength(1);
    expect(told(world.model.calls[1]?.prompt)).toEqual([
      { to: "ada" },
      'sent\n[A person changed the arguments before this was done: {"to":"bob"}]',
    ]);
  });

  it("are made once more as they were when nobody knew what they did", async () => {
    let executed = 0;
    const seen: unknown[] = [];
    const { tool } = sender({
      execute: (input) => {
        seen.push(input);
        executed += 1;
        return executed === 1 ? Promise.reject(outcomeUnknown("The line is dead.")) : Promise.resolve("sent");
      },
    });
    const hook = adds({ from: "vault" });
    const world = await oneCall(tool, { toolHooks: [hook.hook] });
    const args = { to: "ada", from: "vault" };
    expect(world.journal.bodies("RunPaused")[0]?.tools).toMatchObject([{ tool_args: args }]);
    settleInMemory(world.journal, [tool], (one) => answerTo(one, { confirmed: true }));
    const { journal } = await goOn(world);
    expect(seen).toEqual([args, args]);
    expect(hook.told).toHaveLength(1);
    const argumentsHash = hashJson(args);
    expect([...claimsOf(world.journal), ...claimsOf(journal)]).toEqual([
      { attempt: 1, argumentsHash },
      { attempt: 2, argumentsHash },
    ]);
  });
});

describe("prepared calls of processes that die", () => {
  /** A run of three turns with a call that waits and one that does not; at each death another process goes on. */
  async function wholeRun(deaths: readonly Death[]) {
    const sent = new Map<string, unknown[]>();
    const toolOf = (name: string, hold: Partial<Tool>) =>
      sender({
        name,
        execute: (input, { toolCallId }) => {
          sent.set(toolCallId, [...(sent.get(toolCallId) ?? []), input]);
          return Promise.resolve("sent");
        },
        ...hold,
      }).tool;
    const tools = [toolOf("send", {}), toolOf("ask", { hold: { kind: "confirmation" } })];
    // What it has prepared once shows that it was prepared, and how often.
    const toolHooks = [
      defineToolHook({
        name: "mark",
        prepare: ({ args }) => Promise.resolve({ ...args, to: `${args.to as string}!` }),
      }),
    ];
    const model = streamModel(
      (options) =>
        new ReadableStream<LanguageModelV4StreamPart>({
          start(controller) {
            const at = options.prompt.filter(({ role }) => role === "assistant").length;
            const calls = ["send", "ask"].map((name) => call(`${at}-${name}`, name, { to: `${at}` }));
            for (const part of at < 3 ? [...calls, finish("tool-calls")] : [...text("Done."), finish()])
              controller.enqueue(part);
            controller.close();
          },
        }),
    );
    const agent = testAgent({ tools: ["send", "ask"] });
    const world = runWorld({ model, tools, toolHooks });
    let { ports, journal } = world;
    const left = [...deaths];
    for (let drives = 0; drives < 50; drives++) {
      const death = left.shift();
      if (death === undefined) await runAgent(agent, ports);
      else await runUntilDeath(agent, { ports, journal }, death);
      if (journal.bodies("RunCompleted").length > 0) break;
      if (journal.events.at(-1)?.body.type === "RunPaused") {
        settleInMemory(journal, tools, (one, kind) => {
          const isDone = kind === "effect_unknown" && sent.has(one.tool_call_id);
          return answerTo(one, isDone ? { result: "sent" } : { confirmed: true });
        });
      }
      const events = [...journal.events];
      const internals = new Map(journal.internals);
      ({ ports, journal } = resumedPorts({ events, internals, blobs: world.blobs }, ports));
    }
    return { sent, prompt: told(model.calls.at(-1)?.prompt) };
  }

  it("are made once with arguments that were prepared once, and the model hears the same", async () => {
    const whole = await wholeRun([]);
    const each = [0, 1, 2].flatMap((at) =>
      ["send", "ask"].map((name): [string, unknown[]] => [`${at}-${name}`, [{ to: `${at}!` }]]),
    );
    expect(whole.sent).toEqual(new Map(each));
    const written = whole.prompt.filter((part) => typeof part === "object");
    expect(written).toEqual(each.map(([id]) => ({ to: id.slice(0, 1) })));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ appends: fc.nat(5), committed: fc.boolean() }), { minLength: 1, maxLength: 5 }),
        async (deaths) => {
          expect(await wholeRun(deaths)).toEqual(whole);
        },
      ),
      { numRuns: 100 },
    );
  });
});
