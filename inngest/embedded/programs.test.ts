import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clearDurable } from "#tests/support/clear-durable.ts";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** What a function does: steps, rests, and both one after the other or side by side. */
type Program =
  | { kind: "step"; failures: number }
  | { kind: "sleep" }
  | { kind: "wait" }
  | { kind: "all" | "each"; parts: Program[] };

const program = fc.letrec<{ program: Program; some: Program[] }>((tie) => ({
  program: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("step" as const), failures: fc.constantFrom(0, 0, 0, 1) }),
    fc.record({ kind: fc.constantFrom("sleep" as const, "wait" as const) }),
    fc.record({ kind: fc.constantFrom("all" as const, "each" as const), parts: tie("some") }),
  ),
  some: fc.array(tie("program"), { minLength: 1, maxLength: 3 }),
})).some;

interface StepTools {
  run(id: string, work: () => unknown): Promise<unknown>;
  sleep(id: string, time: string): Promise<void>;
  waitForEvent(id: string, options: { event: string; timeout: string }): Promise<unknown>;
}

/** How often each step of a program ran to its end, and how often it began. */
interface Witness {
  ended: Map<string, number>;
  begun: Map<string, number>;
}

async function execute(
  parts: readonly Program[],
  step: StepTools,
  witness: Witness,
  path = "p",
): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const [place, part] of parts.entries())
    results.push(await executeOne(part, step, witness, `${path}.${place}`));
  return results;
}

async function executeOne(part: Program, step: StepTools, witness: Witness, path: string): Promise<unknown> {
  const count = (counts: Map<string, number>) => {
    const next = (counts.get(path) ?? 0) + 1;
    counts.set(path, next);
    return next;
  };
  switch (part.kind) {
    case "step":
      return step.run(path, async () => {
        const begun = count(witness.begun);
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (begun <= part.failures) throw new Error("not yet");
        count(witness.ended);
        return path;
      });
    case "sleep":
      await step.sleep(path, "30s");
      return "rested";
    case "wait":
      return step.waitForEvent(path, { event: "never", timeout: "40s" });
    case "each":
      return execute(part.parts, step, witness, path);
    case "all":
      return Promise.all(part.parts.map((one, place) => executeOne(one, step, witness, `${path}.${place}`)));
  }
}

function expected(parts: readonly Program[], path = "p"): unknown[] {
  return parts.map((part, place) => {
    const own = `${path}.${place}`;
    switch (part.kind) {
      case "step":
        return own;
      case "sleep":
        return "rested";
      case "wait":
        return null;
      case "all":
      case "each":
        return expected(part.parts, own);
    }
  });
}

test("any program gives its result, each step counts once, and a killed engine repeats at most what was under way", async () => {
  await fc.assert(
    fc.asyncProperty(
      program,
      fc.boolean(),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
      async (parts, checkpointing, optimizeParallelism, kills) => {
        await clearDurable();
        const witness: Witness = { ended: new Map(), begun: new Map() };
        const begin = () =>
          startDurableApp({
            id: "program",
            checkpointing,
            functions: (client) => [
              client.createFunction(
                { id: "f", triggers: [{ event: "go" }], retries: 3, optimizeParallelism },
                ({ step }) => execute(parts, step as StepTools, witness),
              ),
            ],
          });
        let app = await begin();
        await app.client.send({ name: "go", data: {} });
        let elapsedMs = 0;
        for (const afterMs of kills) {
          await new Promise((resolve) => setTimeout(resolve, afterMs));
          app.kill();
          app = await begin();
          app.advance(elapsedMs + (database.kind === "postgres" ? 16_000 : 0));
          elapsedMs += database.kind === "postgres" ? 16_000 : 0;
        }
        const run = await untilEnded(app);
        expect(run).toMatchObject({ status: "COMPLETED", output: expected(parts), error: null });
        for (const [path, times] of witness.ended)
          expect([path, times <= 1 + kills.length]).toEqual([path, true]);
        if (kills.length === 0) expect([...witness.ended.values()].every((times) => times === 1)).toBe(true);
        expect(app.errors).toEqual([]);
        await app.engine.stop(1_000);
        const { rows } = await database.pool.query(
          `SELECT id FROM "DurableJob" UNION ALL SELECT id FROM "DurablePause"`,
        );
        expect(rows).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

/** Lets time run ahead until the run has ended. */
async function untilEnded(app: DurableApp) {
  let isOver = false;
  const ended = app.ended("f").finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (!isOver) app.advance(10_000);
  }
  return (await ended)[0];
}
