import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { deleteSessions } from "#lib/db/delete-sessions.ts";
import { getRun, listRuns } from "#lib/db/runs.ts";
import { pauseWorld } from "#tests/support/pause-world.ts";
import { askAgent, pausingAgent, runOf } from "#tests/support/pausing-agent.ts";
import { RunControlWorld } from "#tests/support/run-control-world.ts";
import { cancelRun } from "./cancel-run.ts";
import { forkSession } from "./fork-session.ts";

const world = pauseWorld();
const control = new RunControlWorld(world);

/** The statuses of those that were refused; anything else than a refusal is thrown. */
function refusals(results: readonly PromiseSettledResult<unknown>[]): number[] {
  return results.flatMap((result) => {
    if (result.status === "fulfilled") return [];
    if (result.reason instanceof AppError) return [result.reason.status];
    throw result.reason;
  });
}

describe("of what happens at once", () => {
  it("only one continue wakes a failed run", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "/error no"));
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) => control.go(source, { input: `/repeat ${n}`, continue_from: "last_user" })),
    );
    const woken = results.filter(
      (result) => result.status === "fulfilled" && runOf(result.value).runId === source.runId,
    );
    expect(woken).toHaveLength(1);
    for (const status of refusals(results)) expect(status).toBe(409);
    const { messages } = await control.outputOf(source);
    expect(messages.filter(({ role }) => role === "user")).toHaveLength(2);
  });

  it("a regeneration and a deletion of its session: both end, and nothing is left half done", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    for (let turn = 0; turn < 5; turn += 1) {
      const source = runOf(await askAgent(world.ann, agentId, "hello"));
      const results = await Promise.allSettled([
        control.go(source, { regenerate: "true", stream: "true" }),
        deleteSessions(world.scope, [source.sessionId]),
      ]);
      for (const status of refusals(results)) expect([404, 409]).toContain(status);
      const page = { order: "oldest_first", limit: 10, offset: 0 } as const;
      const { runs } = await listRuns(world.scope, { sessionId: source.sessionId }, page);
      expect([0, 2]).toContain(runs.length);
    }
  });

  it("a fork and a cancel of it: it ends, cancelled or complete, and its source is as it was", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "hello"));
    const page = { order: "newest_first", limit: 1, offset: 0 } as const;
    const stream = control.go(source, { fork: "true", input: "/long 2000" });
    const fresh = await expect
      .poll(async () => (await listRuns(world.scope, { sessionId: source.sessionId }, page)).runs[0])
      .not.toMatchObject({ id: source.runId })
      .then(
        async () => (await listRuns(world.scope, { sessionId: source.sessionId }, page)).runs[0]?.id ?? "",
      );
    await Promise.all([1, 2].map(() => cancelRun(world.scope, fresh, source.sessionId)));
    const frames = await stream;
    expect(frames.at(-1)).toMatchObject({ event: "RunCompleted", run_id: fresh });
    expect(["CANCELLED", "COMPLETED"]).toContain((await getRun(world.scope, fresh))?.status);
    expect(await getRun(world.scope, source.runId)).toMatchObject({ status: "COMPLETED" });
    await world.expectWhole(frames);
  });

  it("a regeneration and a fork of the session: the copy has each answer once", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "hello"));
    const input = { agentId, sessionId: source.sessionId, userId: undefined };
    const [, fork] = await Promise.all([
      control.go(source, { regenerate: "true" }),
      forkSession(world.ann, input),
    ]);
    const page = { order: "oldest_first", limit: 10, offset: 0 } as const;
    const { runs } = await listRuns(world.scope, { sessionId: fork.session_id }, page);
    expect(runs.filter(({ status }) => status === "COMPLETED")).toHaveLength(1);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
  });
});
