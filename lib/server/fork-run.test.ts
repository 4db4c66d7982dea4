import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { runRequestSchema } from "#lib/core/run-request.ts";
import type { RunOutput } from "#lib/core/run-wire.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRun, listRuns } from "#lib/db/runs.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  continueWith,
  heldCalls,
  namesOf,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { RunControlWorld, toldIn } from "#tests/support/run-control-world.ts";
import { answerRun } from "./answer-run.ts";
import { driveRun } from "./drive-run.ts";

const world = pauseWorld();
const control = new RunControlWorld(world);
const SUM = '/tool calculator {"expression":"6*7"}';

describe("a completed run", () => {
  it("never goes on in place: it forks, and stays as it was", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "My boat is called Halcyon."));
    const before = await control.outputOf(source);
    const frames = await control.go(source, { input: "What is my boat called?" });
    const fresh = runOf(frames);
    expect(String(frames.at(-1)?.content)).toContain("Halcyon");
    expect(await control.outputOf(source)).toEqual(before);
    expect(toldIn(await control.outputOf(fresh))).toEqual([
      ...toldIn(before),
      "u: What is my boat called?",
      `a: ${String(frames.at(-1)?.content)}`,
    ]);
    expect(await control.outputOf(fresh)).toMatchObject({
      forked_from_run_id: source.runId,
      forked_from_message_index: before.messages.length,
    });
    expect(await control.outputOf(fresh)).not.toHaveProperty("regenerated_from");
    // What it shares ends before the end of the other.
    const events = await readRunEvents(world.scope, fresh.runId, -1, 1_000);
    expect(events.filter(({ body }) => body.type === "RunCompleted")).toHaveLength(1);
    expect((await control.go(source, {}))[0]).toMatchObject({ event: "RunContinued", tools: [] });
    expect((await control.audited()).map((row) => row["action"])).toEqual(["run.forked", "run.forked"]);
  });

  it("keeps what it wanted otherwise than its agent when something else is asked in its place", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const output_schema = { title: "City", type: "object", properties: { name: { type: "string" } } };
    const session_id = randomUUID();
    const request = runRequestSchema.parse({ message: "Oslo", session_id, output_schema, stream: false });
    const call = { agentId, request, files: [], idempotencyKey: null };
    const output = (await answerRun(world.ann, call)) as RunOutput;
    expect(output.content_type).toBe("City");
    const source = { runId: output.run_id, sessionId: session_id, agentId };
    const frames = await control.go(source, { continue_from: 0, input: "Bergen" });
    expect(frames.at(-1)).toMatchObject({ event: "RunCompleted", content_type: "City" });
  });

  it("goes on from any message; a place between a call and its result snaps down before the call", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["calculator"]);
    const source = runOf(await askAgent(world.ann, agentId, SUM));
    // system · user · call · result · answer
    const indexes = async (place: unknown) => {
      const fresh = runOf(await control.go(source, { continue_from: place, input: "/repeat done" }));
      const output = await control.outputOf(fresh);
      return [output.forked_from_message_index, toldIn(output).slice(0, -1)];
    };
    const [question, added] = [`u: ${SUM}`, "u: /repeat done"];
    expect(await indexes(2)).toEqual([2, [question, added]]);
    expect(await indexes(3)).toEqual([2, [question, added]]);
    expect(await indexes("4")).toEqual([4, [question, "a: call", "t: 42", added]]);
    expect(await indexes("last_user")).toEqual([2, [question, added]]);
    expect((await indexes("end"))[0]).toBe(5);
    expect(await refusal(control.go(source, { continue_from: "6" }))).toEqual([
      400,
      "continue_from must be between 0 and 5",
    ]);
    expect(await refusal(control.go(source, { continue_from: "0" }))).toEqual([
      400,
      expect.stringMatching(/^Nothing is left to answer there/),
    ]);
  });

  it("a fork of a fork goes on, too, and is told what the first one was told", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const first = runOf(await askAgent(world.ann, agentId, "one", "chain"));
    const source = runOf(await askAgent(world.ann, agentId, "two", "chain"));
    const fork = runOf(await control.go(source, { fork: "true", continue_from: "1", input: "three" }));
    const again = runOf(await control.go(fork, { fork: "true", continue_from: "1", input: "four" }));
    expect(toldIn(await control.outputOf(again))[0]).toBe("u: four");
    expect(await control.historyOf(again.runId)).toEqual([first.runId]);
    const third = await control.go(again, { input: "/repeat five" });
    expect(toldIn(await control.outputOf(runOf(third))).filter((line) => line.startsWith("u"))).toEqual([
      "u: four",
      "u: /repeat five",
    ]);
    await world.expectWhole(third);
  });

  it("goes on in the background, wherever it is driven", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "hello"));
    for (const fields of [{ regenerate: "true" }, { continue_from: "0", input: "/repeat other" }]) {
      const stream = control.go(source, { ...fields, background: "true", replace_original: "false" });
      const fresh = await expect
        .poll(async () => {
          const page = { order: "newest_first", limit: 1, offset: 0 } as const;
          const [newest] = (await listRuns(world.everyone, { status: "PENDING" }, page)).runs;
          return newest?.id;
        })
        .toBeDefined()
        .then(async () => {
          const page = { order: "newest_first", limit: 1, offset: 0 } as const;
          return (await listRuns(world.everyone, { status: "PENDING" }, page)).runs[0]?.id ?? "";
        });
      expect(await driveRun(world.everyone, fresh)).toMatchObject({ status: "COMPLETED" });
      const frames = await stream;
      expect(frames.at(-1)).toMatchObject({ event: "RunCompleted", run_id: fresh });
      expect(namesOf(frames)).not.toContain("RunRecovered");
    }
  });
});

describe("editing a question", () => {
  it("asks it in other words in its place, with its files", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const request = runRequestSchema.parse({ message: "look", session_id: "edit", stream: false });
    const files = [{ filename: "a.txt", mediaType: "text/plain", bytes: new TextEncoder().encode("abc") }];
    const first = runOf(await askAgent(world.ann, agentId, "before", "edit"));
    const run = (await answerRun(world.ann, { agentId, request, files, idempotencyKey: null })) as RunOutput;
    const source = { agentId, runId: run.run_id, sessionId: "edit" };
    const frames = await control.go(source, {
      continue_from: "0",
      input: "/repeat look again",
      replace_original: "true",
    });
    expect(frames[0]).toMatchObject({ event: "RunStarted", event_index: 0 });
    const output = await control.outputOf(runOf(frames));
    expect(output.input.input_content).toBe("/repeat look again");
    expect(output.input.files).toMatchObject([{ filename: "a.txt" }]);
    expect(output).toMatchObject({ forked_from_run_id: run.run_id, forked_from_message_index: 0 });
    expect(await control.historyOf(output.run_id)).toEqual([first.runId]);
    expect(await control.outputOf(source)).toMatchObject({ status: "REGENERATED" });
    expect(await getRun(world.scope, output.run_id)).toMatchObject({ inputPreview: "/repeat look again" });
  });
});

describe("a run that waits", () => {
  it("is not passed over in place; a fork goes on from before the wait and leaves it waiting", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const source = runOf(asked);
    for (const fields of [{ input: "hello" }, { continue_from: "last_user" }, { regenerate: "true" }]) {
      expect(await refusal(control.go(source, fields))).toEqual([
        400,
        expect.stringMatching(/^This run waits for people/),
      ]);
    }
    const [held] = heldCalls(asked);
    expect(
      await refusal(continueWith(world.ann, source, [{ ...held, confirmed: true }], { input: "hello" })),
    ).toEqual([400, expect.stringMatching(/^Send what people decide first/)]);
    const frames = await control.go(source, { fork: "true", input: "/repeat never mind" });
    expect(toldIn(await control.outputOf(runOf(frames))).slice(0, 2)).toEqual([
      `u: ${NOTE}`,
      "u: /repeat never mind",
    ]);
    expect(frames.at(-1)).toMatchObject({ event: "RunCompleted" });
    expect(await control.outputOf(source)).toMatchObject({ status: "PAUSED" });
    expect(await world.notes()).toEqual([]);
    await continueWith(world.ann, source, [{ ...held, confirmed: true }]);
    expect(await world.notes()).toEqual(["milk"]);
  });

  it("the answer to a call that people decided about can be given anew without the call", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const source = runOf(asked);
    await continueWith(world.ann, source, [{ ...heldCalls(asked)[0], confirmed: true }]);
    const frames = await control.go(source, { regenerate: "true" });
    expect(frames.at(-1)).toMatchObject({ event: "RunCompleted" });
    expect(await world.notes()).toEqual(["milk"]);
    // A continue of the new run finds nothing that people have decided about it.
    expect(runOf(await control.go(runOf(frames), {})).runId).not.toBe(runOf(frames).runId);
  });
});
