import { APICallError } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { budgetRequestOf } from "#lib/core/budget-request.ts";
import type { Tool } from "#lib/core/tool.ts";
import { defineToolHook } from "#lib/sdk/define-tool-hook.ts";
import { goOnAfter } from "#tests/support/go-on-after.ts";
import { MemoryBudget } from "#tests/support/memory-budget.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { call, finish, pushStream, streamModel, text } from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

const PLENTY = 1_000_000_000;
/** Ten tokens in, five out, at two millionths each. */
const CALL_COST = 30;

const search: Tool = {
  name: "search",
  title: "Search",
  description: "Searches.",
  effect: "read",
  input: z.object({ words: z.string() }),
  costMicroUsd: 5_000,
  execute: () => Promise.resolve("found"),
};

describe("a model call under a budget", () => {
  it("sets its worst case aside before it is made and is settled by what it used, before its answer is recorded", async () => {
    const budget = new MemoryBudget(PLENTY);
    const model = streamModel([...text("Hi"), finish()]);
    const { ports, journal } = runWorld({ model, budget });
    const append = journal.append.bind(journal);
    const endsWhenRecorded: unknown[] = [];
    journal.append = (request) => {
      if (request.events.some(({ body }) => body.type === "ModelRequestCompleted")) {
        endsWhenRecorded.push(...budget.ends);
      }
      return append(request);
    };
    expect((await runAgent(testAgent(), ports)).status).toBe("COMPLETED");
    expect(budget.entries[0]).toMatchObject({ kind: "model", name: "test-1", toolCallId: null });
    expect(budget.entries[0]?.amountMicroUsd).toBeGreaterThan(2 * 8_192);
    expect(endsWhenRecorded).toEqual([CALL_COST]);
    // The answer is no longer than what was set aside for it.
    expect(model.calls[0]?.maxOutputTokens).toBe(8_192);
  });

  it("is as long as the agent says, and as the model likes where no budget counts", async () => {
    const model = streamModel([...text("Hi"), finish()]);
    await runAgent(
      testAgent({ max_output_tokens: 7 }),
      runWorld({ model, budget: new MemoryBudget(PLENTY) }).ports,
    );
    await runAgent(testAgent(), runWorld({ model }).ports);
    expect(model.calls.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([7, undefined]);
  });

  it("that has no room is not made: the run waits, and goes on with it once it is granted enough", async () => {
    const budget = new MemoryBudget(100);
    const model = streamModel([...text("Hi"), finish()]);
    const world = runWorld({ model, budget });
    expect((await runAgent(testAgent(), world.ports)).status).toBe("PAUSED");
    expect(model.calls).toEqual([]);
    expect(world.journal.types).toEqual(["RunStarted", "RunContentCompleted", "RunPaused"]);
    const [paused] = world.journal.bodies("RunPaused");
    const asked = paused?.requirements[0];
    expect(asked).toMatchObject({ kind: "budget", tool_execution: { approval_type: "required" } });
    expect(paused?.content).toMatch(/^This run needs \$0\.\d+ more: “Team” allows <\$0\.001 a run/);
    const request = budgetRequestOf(asked?.tool_execution.tool_args ?? {});
    budget.grantedMicroUsd = Math.round((request?.amount_usd ?? 0) * 1e6) - 1;
    // One millionth too little is too little.
    const short = await goOnAfter(world);
    expect(short.outcome.status).toBe("PAUSED");
    budget.grantedMicroUsd += 1;
    const { outcome, journal } = await goOnAfter({ ...world, journal: short.journal });
    expect(outcome).toEqual({ status: "COMPLETED", content: "Hi" });
    expect(journal.bodies("ModelRequestStarted")).toHaveLength(1);
    expect(journal.bodies("RunRecovered")).toEqual([]);
  });

  it("that is tried again and has no room then gives up its turn and waits", async () => {
    const budget = new MemoryBudget(PLENTY);
    let asked = 0;
    const model = streamModel(() => {
      asked += 1;
      if (asked > 1) return new Response("").body as never;
      budget.limitMicroUsd = 0;
      throw new APICallError({
        message: "Overloaded",
        url: "",
        requestBodyValues: {},
        statusCode: 529,
        isRetryable: true,
      });
    });
    const world = runWorld({ model, budget });
    const done = runAgent(testAgent(), world.ports);
    await until(() => asked === 1 && budget.ends[0] === 0);
    world.clock.advance(60_000);
    expect((await done).status).toBe("PAUSED");
    // A request that the provider has refused cost nothing.
    expect(budget.ends).toEqual([0]);
    expect(world.journal.types).toEqual([
      "RunStarted",
      "ModelRequestStarted",
      "RunRecovered",
      "RunContentCompleted",
      "RunPaused",
    ]);
    budget.limitMicroUsd = PLENTY;
    const answered = streamModel([...text("Hi"), finish()]);
    const { outcome } = await goOnAfter(world, { changes: { model: answered } });
    expect(outcome).toEqual({ status: "COMPLETED", content: "Hi" });
  });

  it("that is cancelled, runs out of time or breaks off counts in full", async () => {
    for (const end of ["cancel", "time", "break"] as const) {
      const budget = new MemoryBudget(PLENTY);
      const source = pushStream();
      const { ports, clock, cancel, journal } = runWorld({ model: streamModel(() => source.stream), budget });
      const done = runAgent(testAgent(), ports);
      source.push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "Half" });
      await until(() => journal.text === "Half");
      if (end === "cancel") cancel.abort();
      else if (end === "time") clock.advance(700_000);
      else source.fail(new Error("The line is dead."));
      await done;
      expect(budget.ends, end).toEqual(["dead"]);
    }
  });

  it("whose answer says nothing of its tokens counts in full", async () => {
    const budget = new MemoryBudget(PLENTY);
    const silent = {
      ...finish(),
      usage: {
        inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: undefined, text: undefined, reasoning: undefined },
      },
    } as ReturnType<typeof finish>;
    const { ports } = runWorld({ model: streamModel([...text("Hi"), silent]), budget });
    await runAgent(testAgent(), ports);
    expect(budget.spentMicroUsd).toBe(budget.entries[0]?.amountMicroUsd);
  });

  it("of a model without a known price ends the run and says what to do", async () => {
    const model = { ...streamModel([...text("never"), finish()]), costMicroUsd: () => null };
    const { ports, journal } = runWorld({ model, budget: new MemoryBudget(PLENTY) });
    expect((await runAgent(testAgent(), ports)).status).toBe("ERROR");
    expect(model.calls).toEqual([]);
    expect(journal.bodies("RunError")[0]).toMatchObject({
      error_type: "budget_unpriced_model",
      content:
        "No price is known for the model test-1 of Test, and this run is under the budget “Team”. Choose a model with a known price, or take the budget off.",
    });
  });

  it("of a model that costs nothing asks for nothing", async () => {
    const budget = new MemoryBudget(1);
    const model = { ...streamModel([...text("Hi"), finish()]), costMicroUsd: () => 0 };
    expect((await runAgent(testAgent(), runWorld({ model, budget }).ports)).status).toBe("COMPLETED");
    expect(budget.entries).toEqual([]);
  });

  it("of a model that stands in is paid for by itself; one without a price is passed over", async () => {
    const budget = new MemoryBudget(PLENTY);
    const refused = new APICallError({
      message: "Slow down",
      url: "",
      requestBodyValues: {},
      statusCode: 429,
      isRetryable: false,
    });
    const model = streamModel(() => Promise.reject(refused));
    const unpriced = { ...streamModel([...text("never"), finish()]), id: "local", costMicroUsd: () => null };
    const paid = { ...streamModel([...text("Hi"), finish()]), id: "paid" };
    const { ports, journal, clock } = runWorld({
      model,
      budget,
      bindModel: ({ id }) => Promise.resolve(id === "local" ? unpriced : paid),
    });
    const fallback_models = [
      { provider: "other", id: "local" },
      { provider: "other", id: "paid" },
    ];
    const done = runAgent(testAgent({ fallback_models }), ports);
    for (let round = 0; round < 5; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(60_000);
    }
    expect(await done).toEqual({ status: "COMPLETED", content: "Hi" });
    expect(unpriced.calls).toEqual([]);
    expect(budget.ends).toEqual([...budget.ends.slice(0, -1).map(() => 0), CALL_COST]);
    expect(
      journal.bodies("ModelRequestCompleted")[0]?.failed_models?.map(({ error_type }) => error_type),
    ).toEqual(["model_rate_limit_error", "budget_unpriced_model"]);
  });
});

describe("a paid tool's call under a budget", () => {
  const asking = (...calls: string[]) =>
    streamModel(
      [...calls.map((id) => call(id, "search", { words: id })), finish("tool-calls")],
      [...text("Done"), finish()],
    );

  it("sets its price aside and counts in full, whether it succeeds or fails", async () => {
    const budget = new MemoryBudget(PLENTY);
    let made = 0;
    const flaky: Tool = {
      ...search,
      execute: () =>
        (made += 1) === 1 ? Promise.resolve("found") : Promise.reject(new Error("No such page.")),
    };
    const { ports } = runWorld({ model: asking("a", "b"), tools: [flaky], budget });
    expect((await runAgent(testAgent(), ports)).status).toBe("COMPLETED");
    expect(budget.ends).toEqual([CALL_COST, 5_000, 5_000, CALL_COST]);
    expect(budget.entries[1]).toMatchObject({ kind: "tool", name: "search", toolCallId: "a" });
  });

  it("whose arguments do not fit costs nothing", async () => {
    const budget = new MemoryBudget(PLENTY);
    const model = streamModel(
      [call("a", "search", { words: 1 }), finish("tool-calls")],
      [...text("Done"), finish()],
    );
    const { ports } = runWorld({ model, tools: [search], budget });
    await runAgent(testAgent(), ports);
    expect(budget.ends).toEqual([CALL_COST, CALL_COST]);
  });

  it("waits when there is no room, with those behind it, and asks once for all of them; none is made twice", async () => {
    const budget = new MemoryBudget(PLENTY);
    const made: string[] = [];
    const counting: Tool = {
      ...search,
      execute: (input) => {
        made.push((input as { words: string }).words);
        return Promise.resolve("found");
      },
    };
    const free: Tool = { ...counting, name: "free", costMicroUsd: 0 };
    const model = streamModel(
      [
        call("a", "search", { words: "a" }),
        call("f", "free", { words: "f" }),
        call("b", "search", { words: "b" }),
        call("c", "search", { words: "c" }),
        finish("tool-calls"),
      ],
      [...text("Done"), finish()],
    );
    const world = runWorld({ model, tools: [counting, free], budget });
    const end = budget.end.bind(budget);
    // After the model's call there is money for one search and a half.
    budget.end = async (id, how) => {
      await end(id, how);
      if (budget.entries.length === 1) budget.limitMicroUsd = budget.spentMicroUsd + 7_500;
    };
    expect((await runAgent(testAgent(), world.ports)).status).toBe("PAUSED");
    expect(made).toEqual(["a", "f"]);
    const [paused] = world.journal.bodies("RunPaused");
    expect(paused?.requirements).toHaveLength(1);
    expect(paused?.tools[0]?.tool_args).toMatchObject({ amount_usd: 0.0075, needed_for: "search" });
    budget.limitMicroUsd = PLENTY;
    const { outcome, journal } = await goOnAfter(world);
    expect(outcome).toEqual({ status: "COMPLETED", content: "Done" });
    expect(made).toEqual(["a", "f", "b", "c"]);
    expect(journal.bodies("ModelRequestStarted")).toHaveLength(2);
    expect(budget.ends).toEqual([CALL_COST, 5_000, 5_000, 5_000, CALL_COST]);
  });

  it("that runs out of time counts in full, and one that is cancelled before it began not at all", async () => {
    const budget = new MemoryBudget(PLENTY);
    const hanging: Tool = { ...search, timeoutMs: 1_000, execute: () => new Promise(() => undefined) };
    const { ports, clock, journal } = runWorld({ model: asking("a"), tools: [hanging], budget });
    const done = runAgent(testAgent(), ports);
    await until(() => journal.bodies("ToolCallStarted").length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1_001);
    await done;
    expect(budget.ends).toEqual([CALL_COST, "dead", CALL_COST]);

    const cancelled = new MemoryBudget(PLENTY);
    const write: Tool = { ...search, effect: "write" };
    const world = runWorld({ model: asking("a"), tools: [write], budget: cancelled });
    const append = world.journal.append.bind(world.journal);
    world.journal.append = async (request) => {
      const appended = await append(request);
      if (request.effectClaims !== undefined) world.cancel.abort();
      return appended;
    };
    expect((await runAgent(testAgent(), world.ports)).status).toBe("CANCELLED");
    expect(cancelled.ends).toEqual([CALL_COST, 0]);
  });

  it("that is done when its run is cancelled behind it counts in full", async () => {
    const budget = new MemoryBudget(PLENTY);
    const cancelling = defineToolHook({
      name: "cancelling",
      around: async ({ args }, next) => {
        const result = await next(args);
        world.cancel.abort();
        return result;
      },
    });
    const tools = [{ ...search, hooks: [cancelling] }];
    const world = runWorld({ model: asking("a"), tools, budget });
    expect((await runAgent(testAgent(), world.ports)).status).toBe("CANCELLED");
    expect(budget.ends).toEqual([CALL_COST, 5_000]);
  });

  it.each(["read", "idempotent"] as const)(
    "that is made by a tool of effect %s is executed once, however often a hook asks: its price is set aside once",
    async (effect) => {
      let executed = 0;
      const twice = defineToolHook({
        name: "twice",
        around: async (_call, next) => {
          await next();
          return next();
        },
      });
      const paid: Tool = { ...search, effect, hooks: [twice], execute: async () => `found ${++executed}` };
      const budget = new MemoryBudget(PLENTY);
      const { ports, journal } = runWorld({ model: asking("a"), tools: [paid], budget });
      await runAgent(testAgent(), ports);
      expect(executed).toBe(1);
      expect(budget.ends).toEqual([CALL_COST, 5_000, CALL_COST]);
      const result = journal.bodies("ToolCallCompleted")[0]?.tool.result;
      expect(result).toMatch(
        effect === "read" ? /has a price under a budget, and is executed once/ : /is done/,
      );
      // Where no budget counts, nobody counts how often it is.
      await runAgent(testAgent(), runWorld({ model: asking("a"), tools: [paid] }).ports);
      expect(executed).toBe(3);
    },
  );

  it("that a hook answers in its place costs nothing", async () => {
    const budget = new MemoryBudget(PLENTY);
    const answering = defineToolHook({ name: "answering", around: () => Promise.resolve("known") });
    const tools = [{ ...search, hooks: [answering] }];
    const { ports } = runWorld({ model: asking("a"), tools, budget });
    expect((await runAgent(testAgent(), ports)).status).toBe("COMPLETED");
    expect(budget.ends).toEqual([CALL_COST, 0, CALL_COST]);
  });
});
