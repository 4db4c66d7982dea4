import {
  type FailureEventArgs,
  group,
  type Inngest,
  invoke,
  NonRetriableError,
  RetryAfterError,
} from "inngest";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { clearDurable } from "#tests/support/clear-durable.ts";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { eventually } from "#tests/support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

let app: DurableApp;
afterEach(async () => {
  await app.engine.stop(1_000);
  expect(app.errors).toEqual([]);
  await clearDurable();
});

const START = { triggers: [{ event: "start" }] };

test("a function runs its steps once, sleeps, waits for an event and sends one", async () => {
  const calls: string[] = [];
  app = await startDurableApp({
    id: "whole",
    functions: (client) => [
      client.createFunction({ id: "all", ...START, retries: 0 }, async ({ step, event }) => {
        const one = await step.run("one", () => {
          calls.push("one");
          return event.data["n"] as number;
        });
        await step.sleep("nap", "1m");
        const come = await step.waitForEvent("wait", { event: "come", timeout: "1h", match: "data.n" });
        await step.sendEvent("tell", { name: "told", data: { n: one } });
        return { one, come: come?.data };
      }),
      client.createFunction({ id: "told", triggers: [{ event: "told" }] }, ({ event }) => event.data),
    ],
  });
  await app.client.send({ name: "start", data: { n: 5 } });
  await app.jobs("sleep");
  app.advance(61_000);
  await app.jobs("timeout");
  await app.client.send({ name: "come", data: { n: 4 } });
  await app.client.send({ name: "come", data: { n: 5, ok: true } });
  const [run] = await app.ended("all");
  expect(run).toMatchObject({ status: "COMPLETED", output: { one: 5, come: { n: 5, ok: true } } });
  expect(await app.ended("told")).toMatchObject([{ output: { n: 5 } }]);
  expect(calls).toEqual(["one"]);
});

test.each([true, false])("steps in parallel run once each; checkpointing %s", async (checkpointing) => {
  const calls: string[] = [];
  app = await startDurableApp({
    id: `parallel-${checkpointing}`,
    checkpointing,
    functions: (client) => [
      client.createFunction({ id: "f", ...START, retries: 0 }, async ({ step }) => {
        const note = (name: string) =>
          step.run(name, () => {
            calls.push(name);
            return name;
          });
        await note("before");
        const branches = await Promise.all([
          note("a"),
          note("b"),
          step.sleep("nap", "1s").then(() => note("after nap")),
        ]);
        const same = [];
        for (let i = 0; i < 3; i++) same.push(await step.run("same", () => calls.push("same") && i));
        return { branches, same };
      }),
    ],
  });
  await app.client.send({ name: "start", data: {} });
  await app.jobs("sleep");
  app.advance(1_500);
  const [run] = await app.ended("f");
  expect(run?.output).toEqual({ branches: ["a", "b", "after nap"], same: [0, 1, 2] });
  expect([...calls].sort()).toEqual(["a", "after nap", "b", "before", "same", "same", "same"]);
});

test("a race goes on with its winner, whatever becomes of the others", async () => {
  const calls: string[] = [];
  app = await startDurableApp({
    id: "race",
    functions: (client) => [
      client.createFunction({ id: "f", ...START, retries: 0 }, async ({ step }) => {
        const winner = await group.parallel({ mode: "race" }, () =>
          Promise.race([
            step.run("fast", () => {
              calls.push("fast");
              return "fast";
            }),
            step.waitForEvent("slow", { event: "never", timeout: "1h" }).then(() => "slow"),
          ]),
        );
        await step.run("after", () => calls.push("after"));
        return winner;
      }),
    ],
  });
  await app.client.send({ name: "start", data: {} });
  await eventually(() => (calls.length === 2 ? true : null));
  // A claim under way ends with time, too: what was done must be written before.
  await app.jobs("call", 0);
  // The SDK keeps a function open until the loser has settled, too.
  app.advance(3_601_000);
  const [run] = await app.ended("f");
  expect(run?.output).toBe("fast");
  expect(calls).toEqual(["fast", "after"]);
});

test("failed steps and functions are tried again by the table, by Retry-After, or not at all", async () => {
  const attempts: Record<string, number> = {};
  const count = (name: string) => {
    attempts[name] = (attempts[name] ?? 0) + 1;
    return attempts[name];
  };
  app = await startDurableApp({
    id: "retries",
    functions: (client) => [
      client.createFunction({ id: "step", ...START, retries: 2 }, async ({ step }) => {
        await step.run("before", () => count("before"));
        return step.run("flaky", () => {
          if (count("flaky") < 3) throw new Error("not yet");
          return "at last";
        });
      }),
      client.createFunction({ id: "function", ...START, retries: 1 }, ({ attempt }) => {
        if (attempt === 0) throw new Error("not yet");
        return attempt;
      }),
      client.createFunction({ id: "after", ...START, retries: 1 }, ({ attempt }) => {
        if (attempt === 0) throw new RetryAfterError("later", "2s");
        return count("after");
      }),
      client.createFunction({ id: "never", ...START, retries: 5 }, async ({ step }) => {
        try {
          await step.run("no", () => {
            count("no");
            throw new NonRetriableError("no use");
          });
        } catch (error) {
          return error instanceof Error ? `${error.name}: ${error.message}` : "?";
        }
      }),
      client.createFunction(
        {
          id: "exhausted",
          ...START,
          retries: 1,
          onFailure: ({ error, event }: FailureEventArgs) => ({
            error: error.message,
            run: event.data.run_id,
          }),
        },
        async ({ step }) => {
          await step.run("doomed", () => {
            count("doomed");
            throw new TypeError("always");
          });
        },
      ),
    ],
  });
  await app.client.send({ name: "start", data: {} });
  expect((await app.ended("never"))[0]?.output).toBe("NonRetriableError: no use");
  await app.jobs("call", 4);
  app.advance(2_500);
  expect((await app.ended("after"))[0]?.output).toBe(1);
  app.advance(13_500);
  expect((await app.ended("function"))[0]?.output).toBe(1);
  const [failed] = await app.ended("exhausted");
  expect(failed).toMatchObject({ status: "FAILED", error: { message: "always" } });
  const [handled] = await app.ended("exhausted-failure");
  expect(handled?.output).toEqual({ error: "always", run: failed?.id });
  app.advance(30_000);
  expect((await app.ended("step"))[0]?.output).toBe("at last");
  expect(attempts).toEqual({ before: 1, flaky: 3, after: 1, no: 1, doomed: 2 });
});

test("waits end by the right event, by a signal, or by nothing when their time is over", async () => {
  app = await startDurableApp({
    id: "waits",
    functions: (client) => [
      client.createFunction({ id: "if", ...START }, async ({ step }) => {
        const found = await step.waitForEvent("w", {
          event: "number",
          timeout: "1h",
          if: "async.data.n > event.data.least && async.data.kind == 'big'",
        });
        return found?.data;
      }),
      client.createFunction({ id: "late", ...START }, ({ step }) =>
        step.waitForEvent("w", { event: "never", timeout: "10m" }),
      ),
      client.createFunction({ id: "signal", ...START }, ({ step }) =>
        step.waitForSignal("w", { signal: "go", timeout: "1h", onConflict: "fail" }),
      ),
    ],
  });
  await app.client.send({ name: "start", data: { least: 10 } });
  await app.jobs("timeout", 3);
  await app.client.send([
    { name: "number", data: { n: 11, kind: "small" } },
    { name: "number", data: { kind: "big" } },
    { name: "number", data: { n: 9, kind: "big" } },
    { name: "number", data: { n: 12, kind: "big" } },
    { name: "number", data: { n: 13, kind: "big" } },
  ]);
  expect((await app.ended("if"))[0]?.output).toEqual({ n: 12, kind: "big" });
  await app.client.sendSignal({ signal: "nobody", data: 1 });
  await app.client.sendSignal({ signal: "go", data: { yes: true } });
  expect((await app.ended("signal"))[0]?.output).toEqual({ signal: "go", data: { yes: true } });
  app.advance(600_500);
  expect((await app.ended("late"))[0]).toMatchObject({ status: "COMPLETED", output: null });
});

const childSchema = z.object({
  n: z.number().optional(),
  nap: z.string().optional(),
  fails: z.boolean().optional(),
});

test("a function invokes another and gets its result, its failure, or a timeout", async () => {
  const make = (client: Inngest) => {
    const child = client.createFunction(
      { id: "child", triggers: [invoke(childSchema)], retries: 0 },
      async ({ event, step }) => {
        if (event.data.fails) throw new Error("child failed");
        await step.sleep("nap", event.data.nap ?? "1s");
        return { doubled: (event.data.n ?? 0) * 2 };
      },
    );
    const parent = client.createFunction({ id: "parent", ...START, retries: 0 }, async ({ step }) => {
      const ok = await step.invoke("ok", { function: child, data: { n: 21 } });
      const caught = (error: unknown) => (error instanceof Error ? error.message : "?");
      const failed = await step.invoke("failed", { function: child, data: { fails: true } }).catch(caught);
      const late = await step
        .invoke("late", { function: child, data: { n: 1, nap: "1h" }, timeout: "5m" })
        .catch(caught);
      return { ok, failed, late };
    });
    return [child, parent];
  };
  app = await startDurableApp({ id: "invoke", functions: make });
  await app.client.send({ name: "start", data: {} });
  await app.jobs("sleep");
  app.advance(1_500);
  await app.jobs("timeout");
  app.advance(301_000);
  const [run] = await app.ended("parent");
  expect(run?.output).toEqual({
    ok: { doubled: 42 },
    failed: "child failed",
    late: "Timed out waiting for invoked function to complete",
  });
});

test("names with a star, expressions, and an event that is sent twice", async () => {
  app = await startDurableApp({
    id: "triggers",
    functions: (client) => [
      client.createFunction({ id: "star", triggers: [{ event: "order/*" }] }, ({ event }) => event.name),
      client.createFunction(
        { id: "if", triggers: [{ event: "order/made", if: "event.data.total > 100" }] },
        ({ event }) => event.data,
      ),
    ],
  });
  await app.client.send({ name: "order/made", data: { total: 99 } });
  await app.client.send({ name: "order/made", data: {} });
  await app.client.send({ id: "once", name: "order/made", data: { total: 101 } });
  await app.client.send({ id: "once", name: "order/made", data: { total: 101 } });
  await app.client.send({ name: "order/paid", data: {} });
  await app.client.send({ name: "orders", data: {} });
  expect((await app.ended("star", 4)).map(({ output }) => output)).toEqual([
    "order/made",
    "order/made",
    "order/made",
    "order/paid",
  ]);
  expect((await app.ended("if")).map(({ output }) => output)).toEqual([{ total: 101 }]);
});
