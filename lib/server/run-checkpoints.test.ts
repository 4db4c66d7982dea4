import { describe, expect, it } from "vitest";
import { makeScope } from "#tests/support/make-scope.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import { askAgent, pausingAgent, runOf } from "#tests/support/pausing-agent.ts";
import { getRunCheckpoint } from "./get-run-checkpoint.ts";
import { listRunCheckpoints } from "./list-run-checkpoints.ts";

const world = pauseWorld();

const TWO_CALLS = [
  '/parallel /tool calculator {"expression":"1+1"}',
  '/tool calculator {"expression":"2+2"}',
];

describe("the checkpoints of a run", () => {
  it("stand behind its question and behind each turn, never between a call and its result", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["calculator"]);
    const run = runOf(await askAgent(world.ann, agentId, TWO_CALLS.join("\n")));
    const { checkpoints, ...rest } = await listRunCheckpoints(world.scope, run);
    expect(rest).toEqual({ run_id: run.runId, session_id: run.sessionId });
    expect(
      checkpoints.map((one) => [one.checkpoint_id, one.message_index, one.continue_from, one.message_role]),
    ).toEqual([
      ["1", 2, 2, "user"],
      ["2", 5, 5, "tool"],
      ["3", 6, 6, "assistant"],
    ]);
    expect(checkpoints.map((one) => [one.reason, one.status, one.is_latest])).toEqual([
      ["checkpoint", "RUNNING", false],
      ["checkpoint", "RUNNING", false],
      ["end", "COMPLETED", true],
    ]);
    expect(checkpoints[1]?.message_preview).toBe("4");
  });

  it("a preview has 120 characters at most, and no half of one", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const run = runOf(await askAgent(world.ann, agentId, "🦑".repeat(200)));
    const { checkpoints } = await listRunCheckpoints(world.scope, run);
    expect(checkpoints[0]?.message_preview).toBe("🦑".repeat(120));
  });

  it("of a waiting run leave out the turn that waits", async () => {
    const run = runOf(await askAgent(world.ann, await world.confirming(), NOTE));
    const { checkpoints } = await listRunCheckpoints(world.scope, run);
    expect(checkpoints).toMatchObject([{ message_index: 2, reason: "checkpoint", is_latest: true }]);
  });
});

describe("a run as it stood", () => {
  it("has the messages and tools up to there, and no answer that came later", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["calculator"]);
    const run = runOf(await askAgent(world.ann, agentId, TWO_CALLS.join("\n")));
    const at = (index: number) => getRunCheckpoint(world.scope, run, index);
    const early = await at(2);
    expect(early.checkpoint).toMatchObject({ message_index: 2, reason: "snapshot", message_role: "user" });
    expect(early.snapshot.messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(early.snapshot).toMatchObject({ run_id: run.runId, tools: [] });
    expect(early.snapshot).not.toHaveProperty("content");
    const between = await at(4);
    expect(between.checkpoint.message_index).toBe(2);
    expect(between.snapshot).toEqual(early.snapshot);
    const tools = await at(5);
    expect(tools.snapshot.tools.map(({ result }) => result)).toEqual(["2", "4"]);
    expect((await at(0)).snapshot.messages).toEqual([]);
    const whole = await at(6);
    expect(whole.checkpoint).toMatchObject({ checkpoint_id: "3", is_latest: true });
    expect(whole.snapshot.content).toContain("4");
  });

  it("is refused for a place that the run does not have, and to strangers", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const run = runOf(await askAgent(world.ann, agentId, "hello"));
    for (const index of [-1, 4]) {
      expect(await refusal(getRunCheckpoint(world.scope, run, index))).toEqual([
        400,
        "message_index must be between 0 and 3",
      ]);
    }
    const eve = await makeScope({ ...world.scope, subject: "eve" });
    const elsewhere = [
      [eve, run],
      [await makeScope({ subject: "ann" }), run],
      [world.scope, { ...run, sessionId: "another" }],
      [world.scope, { ...run, agentId: "another" }],
      [world.scope, { ...run, boundSessionId: "another" }],
    ] as const;
    for (const [scope, address] of elsewhere) {
      expect(await refusal(listRunCheckpoints(scope, address))).toEqual([404, "Run not found"]);
      expect(await refusal(getRunCheckpoint(scope, address, 1))).toEqual([404, "Run not found"]);
    }
  });
});
