import { describe, expect, it } from "vitest";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { getRun } from "#lib/db/runs.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  caller,
  continueWith,
  namesOf,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { RunControlWorld, toldIn } from "#tests/support/run-control-world.ts";
import { answerRun } from "./answer-run.ts";
import { cancelRun } from "./cancel-run.ts";
import { getSessionDetail } from "./get-session-detail.ts";
import { watchRun } from "./watch-run.ts";

const world = pauseWorld();
const control = new RunControlWorld(world);
const SUM = '/tool calculator {"expression":"6*7"}';

describe("regenerate", () => {
  it("answers anew under another id; the old answer is hidden, and kept", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["calculator"]);
    const source = runOf(await askAgent(world.ann, agentId, SUM));
    const before = await control.outputOf(source);
    const frames = await control.go(source, { regenerate: "true" });
    const fresh = runOf(frames);
    expect(fresh.runId).not.toBe(source.runId);
    expect(fresh.sessionId).toBe(source.sessionId);
    expect(namesOf(frames).slice(0, 2)).toEqual(["RunContinued", "ModelRequestStarted"]);
    expect(namesOf(frames).at(-1)).toBe("RunCompleted");
    // The tool's result stands: it is not called once more.
    expect(namesOf(frames)).not.toContain("ToolCallStarted");
    const output = await control.outputOf(fresh);
    expect(toldIn(output)).toEqual(toldIn(before));
    expect(output).toMatchObject({
      status: "COMPLETED",
      forked_from_run_id: source.runId,
      forked_from_message_index: before.messages.length - 1,
      regenerated_from: source.runId,
    });
    expect(output.tools.map(({ result }) => result)).toEqual(["42"]);
    expect(await control.outputOf(source)).toEqual({ ...before, status: "REGENERATED" });
    expect(await control.audited()).toEqual([
      {
        action: "run.regenerated",
        actorId: "ann",
        targetId: fresh.runId,
        details: { source_run_id: source.runId, message_index: before.messages.length - 1, replaced: true },
      },
    ]);
    await world.expectWhole(frames);
  });

  it("counts what it has used itself, not what the first answer had", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["calculator"]);
    const source = runOf(await askAgent(world.ann, agentId, SUM));
    const frames = await control.go(source, { regenerate: "true" });
    const calls = frames.filter(({ event }) => event === "ModelRequestCompleted");
    expect(calls).toHaveLength(1);
    const [first] = calls;
    expect((await control.outputOf(runOf(frames))).metrics).toMatchObject({
      input_tokens: first?.["input_tokens"],
      output_tokens: first?.["output_tokens"],
    });
  });

  it("takes instructions for the new answer", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "hello"));
    const frames = await control.go(source, {
      regenerate: "true",
      additional_instructions: "/repeat shorter",
    });
    expect(frames[0]).toMatchObject({ event: "RunContinued", tools: [], input: "/repeat shorter" });
    expect(toldIn(await control.outputOf(runOf(frames))).slice(0, 2)).toEqual([
      "u: hello",
      "u: /repeat shorter",
    ]);
  });

  it("keeps both answers with replace_original=false", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "hello"));
    const fresh = runOf(await control.go(source, { regenerate: "true", replace_original: "false" }));
    expect(await control.outputOf(source)).toMatchObject({ status: "COMPLETED" });
    const last = runOf(await askAgent(world.ann, agentId, "and?", source.sessionId));
    expect(await control.historyOf(last.runId)).toEqual([source.runId, fresh.runId]);
  });

  it("of two at once exactly one replaces the answer", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "hello"));
    const results = await Promise.allSettled([1, 2, 3].map(() => control.go(source, { regenerate: "true" })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ status: 409 });
    }
    expect(await refusal(control.go(source, { regenerate: "true" }))).toEqual([
      409,
      "run is not paused (status=REGENERATED)",
    ]);
  });

  it("takes the old answer's place: it is told what came before, and later runs are told it there", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const ask = async (text: string) => runOf(await askAgent(world.ann, agentId, text, "order"));
    const [first, second, third] = [await ask("one"), await ask("two"), await ask("three")];
    const anew = runOf(await control.go(second, { regenerate: "true" }));
    expect(await control.historyOf(anew.runId)).toEqual([first.runId]);
    const last = await ask("four");
    expect(await control.historyOf(last.runId)).toEqual([first.runId, anew.runId, third.runId]);
    // And once more.
    const again = runOf(await control.go(anew, { regenerate: "true" }));
    expect(await control.historyOf((await ask("five")).runId)).toEqual([
      first.runId,
      again.runId,
      third.runId,
      last.runId,
    ]);
    const { chat_history: chat } = await getSessionDetail(world.scope, "order", {});
    expect(chat.filter(({ role }) => role === "user").map(({ content }) => content)).toEqual([
      "one",
      "two",
      "three",
      "four",
      "five",
    ]);
  });
});

describe("a failed run", () => {
  it("goes on in place, with what is asked instead", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const asked = await askAgent(world.ann, agentId, "/error no");
    const source = runOf(asked);
    expect(await getRun(world.scope, source.runId)).toMatchObject({ status: "ERROR" });
    const frames = await control.go(source, { input: "/repeat better" });
    expect(runOf(frames).runId).toBe(source.runId);
    expect(namesOf(frames).slice(0, 3)).toEqual(["RunRecovered", "RunContinued", "ModelRequestStarted"]);
    expect(namesOf(frames).at(-1)).toBe("RunCompleted");
    const row = await getRun(world.scope, source.runId);
    expect(row).toMatchObject({ status: "COMPLETED", errorType: null, errorMessage: null });
    expect(toldIn(await control.outputOf(source)).slice(0, 2)).toEqual(["u: /error no", "u: /repeat better"]);
    expect(await control.audited()).toMatchObject([{ action: "run.continued", targetId: source.runId }]);
    await world.expectWhole(asked);
  });

  it("can fail again, and go on again; who reads it from the start reads it to the end", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "/error no"));
    expect((await control.go(source, {})).at(-1)).toMatchObject({ event: "RunError" });
    expect((await control.go(source, { continue_from: "end" })).at(-1)).toMatchObject({ event: "RunError" });
    const frames = await control.go(source, { input: "/repeat better" });
    expect(frames.at(-1)).toMatchObject({ event: "RunCompleted" });
    const watch = watchRun(world.scope, source.runId, { afterIndex: -1 });
    const seen: string[] = [];
    for (;;) {
      const events = await watch.next(1_000);
      if (events === null || events === "idle") break;
      seen.push(...events.map(({ body }) => body.type));
    }
    watch.close();
    expect(seen.filter((name) => name === "RunError")).toHaveLength(3);
    expect(seen.at(-1)).toBe("RunCompleted");
  });

  it("answers under another id with fork or regenerate, and is left as it is with fork", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "/error no"));
    const fork = runOf(await control.go(source, { fork: "true", input: "/repeat other" }));
    expect(fork.runId).not.toBe(source.runId);
    expect(await control.outputOf(source)).toMatchObject({ status: "ERROR" });
    await control.go(source, { regenerate: "true", additional_instructions: "/repeat anew" });
    expect(await control.outputOf(source)).toMatchObject({ status: "REGENERATED" });
  });

  it("keeps its question", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "/error no"));
    expect(await refusal(control.go(source, { continue_from: "0", input: "hello" }))).toEqual([
      400,
      expect.stringMatching(/^A run keeps its question/),
    ]);
    expect(await refusal(control.go(source, { continue_from: "9" }))).toEqual([
      400,
      expect.stringMatching(/^continue_from must be between 0 and/),
    ]);
    expect(await control.audited()).toEqual([]);
  });
});

describe("what cannot go on", () => {
  it("a cancelled run, whatever is asked", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const source = runOf(asked);
    await cancelRun(world.scope, source.runId, source.sessionId);
    for (const fields of [{}, { regenerate: "true" }, { fork: "true" }, { input: "hello" }]) {
      expect(await refusal(control.go(source, fields))).toEqual([409, "run is already cancelled"]);
    }
  });

  it("a run under way", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const request = runRequestSchema.parse({ message: "hello", background: true, stream: false });
    const accepted = (await answerRun(world.ann, { agentId, request, files: [], idempotencyKey: null })) as {
      body: { run_id: string; session_id: string };
    };
    const source = { agentId, runId: accepted.body.run_id, sessionId: accepted.body.session_id };
    for (const fields of [{}, { regenerate: "true" }, { fork: "true" }, { continue_from: "last_user" }]) {
      expect(await refusal(control.go(source, fields))).toEqual([409, "run is already running"]);
    }
  });

  it("a request that contradicts itself, with a sentence", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "hello"));
    for (const [fields, sentence] of [
      [{ regenerate: "true", input: "x" }, /leave out input/],
      [{ regenerate: "true", continue_from: "end" }, /leave out continue_from/],
      [{ input: "x", additional_instructions: "y" }, /not both/],
      [{ fork: "true", additional_instructions: "y" }, /go with regenerate/],
      [{ continue_from: "start" }, /^Invalid continue_from: 'start'/],
      [{ continue_from: "-1" }, /^Invalid continue_from/],
      [{ continue_from: "1.5" }, /^Invalid continue_from/],
    ] as const) {
      expect(await refusal(control.go(source, fields))).toEqual([400, expect.stringMatching(sentence)]);
    }
    expect(await control.audited()).toEqual([]);
  });

  it("somebody else's run", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const source = runOf(await askAgent(world.ann, agentId, "hello"));
    const eve = caller({ ...world.scope, subject: "eve" });
    for (const fields of [{ regenerate: "true" }, { fork: "true" }, { input: "x" }]) {
      expect(await refusal(continueWith(eve, source, [], { tools: "", ...fields }))).toEqual([
        404,
        "Run not found",
      ]);
    }
    expect(await control.outputOf(source)).toMatchObject({ status: "COMPLETED" });
  });
});
