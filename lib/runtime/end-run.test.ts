import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { call, finish, pushStream, streamModel, text } from "#tests/support/stream-model.ts";
import { add } from "#tests/support/sum-tools.ts";
import { endRun } from "./end-run.ts";
import { runAgent } from "./run-agent.ts";

/** A run that used a tool and then died in the middle of its answer, after five seconds. */
async function diedInItsAnswer() {
  const source = pushStream();
  const model = streamModel(
    [...text("Adding. "), call("c", "add", { a: 1, b: 2 }), finish("tool-calls")],
    () => source.stream,
  );
  const world = runWorld({ model, tools: [add] });
  void runAgent(testAgent(), world.ports);
  source.push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "It is" });
  await until(() => world.journal.text === "Adding. It is");
  const { events, internals } = world.journal;
  world.clock.advance(5_000);
  return { ...world, left: { events: [...events], internals: new Map(internals), blobs: world.blobs } };
}

describe("a run that nobody drives", () => {
  it("is cancelled with all that it has written, without another model call", async () => {
    const { left, ports: before } = await diedInItsAnswer();
    const model = streamModel([...text("never"), finish()]);
    const { ports, journal, point } = resumedPorts(left, before, { model });
    const outcome = await endRun(
      { ports, lease: ports.lease, journal, point, sessionState: { kept: 1 } },
      { kind: "cancelled" },
    );
    expect(outcome).toEqual({ status: "CANCELLED", content: "It is" });
    expect(model.calls).toEqual([]);
    expect(journal.appends).toHaveLength(1);
    expect(journal.types.slice(-2)).toEqual(["RunCancelled", "RunCompleted"]);
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({
      content: "It is",
      session_state: { kept: 1 },
      metrics: { total_tokens: 15, duration: 5 },
    });
    expect(journal.appends[0]?.patches?.[0]?.patch).toMatchObject({ status: "CANCELLED", costMicroUsd: 30 });
  });

  it("is failed with the sentence given, and the engine hears of it in the same commit", async () => {
    const { left, ports: before } = await diedInItsAnswer();
    const ended = {
      name: "gatehouse/run.ended" as const,
      data: { organizationId: "org_1", runId: "r", generation: 1 },
    };
    const { ports, journal, point } = resumedPorts(left, before, { eventsAtStop: () => [ended] });
    const cause = new AppError("not_found", "The agent is gone.");
    await endRun({ ports, lease: ports.lease, journal, point, sessionState: {} }, { kind: "failed", cause });
    expect(journal.bodies("RunError")[0]).toMatchObject({
      content: "The agent is gone.",
      error_type: "not_found",
    });
    expect(journal.appends).toMatchObject([{ outbox: [ended], patches: [{ patch: { status: "ERROR" } }] }]);
  });
});

describe("a run that goes on", () => {
  it("counts what was paid for, given up or not, and the time since it was first driven", async () => {
    const { left, ports: before } = await diedInItsAnswer();
    const { ports, journal } = resumedPorts(left, before, {
      model: streamModel([...text("It is 3."), finish()]),
    });
    const outcome = await runAgent(testAgent(), ports);
    expect(outcome).toEqual({ status: "COMPLETED", content: "It is 3." });
    expect(journal.bodies("RunCompleted")[0]?.metrics).toMatchObject({
      total_tokens: 30,
      cost: 0.00006,
      duration: 5,
      time_to_first_token: 0,
    });
    expect(journal.bodies("RunRecovered")).toEqual([
      {
        type: "RunRecovered",
        discarded_from_index: left.events.findLast((e) => e.body.type === "ModelRequestStarted")?.index,
      },
    ]);
  });

  it("keeps all its text when it is cancelled before it went on", async () => {
    const { left, ports: before } = await diedInItsAnswer();
    const abort = new AbortController();
    abort.abort(new Error("cancelled"));
    const { ports, journal } = resumedPorts(left, before, { signal: abort.signal });
    expect(await runAgent(testAgent(), ports)).toEqual({ status: "CANCELLED", content: "It is" });
    expect(journal.bodies("RunRecovered")).toEqual([]);
  });
});
