import { describe, expect, it } from "vitest";
import { continueRequestSchema } from "#lib/core/run-request.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
import { getRun } from "#lib/db/runs.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  caller,
  continueWith,
  heldCalls,
  namesOf,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { cancelRun } from "./cancel-run.ts";
import { continueRun } from "./continue-run.ts";
import { driveRun } from "./drive-run.ts";
import { getRunOutput } from "./get-run-output.ts";

const world = pauseWorld();

describe("who may continue, and when", () => {
  it("of two continues at once exactly one wins", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const [held] = heldCalls(asked);
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => continueWith(world.ann, runOf(asked), [{ ...held, confirmed: true }])),
    );
    const won = results.filter(({ status }) => status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ status: 409 });
    }
    expect(await world.notes()).toEqual(["milk"]);
    await world.expectWhole(asked);
  });

  it("answers that cross are all kept: the last of them wakes the run", async () => {
    const agentId = await pausingAgent(world.scope, { take_note: { requires_confirmation: true } });
    const message = ['/parallel /tool take_note {"text":"a"}', '/tool take_note {"text":"b"}'].join("\n");
    const asked = await askAgent(world.ann, agentId, message);
    const streams = await Promise.all(
      heldCalls(asked).map((held) => continueWith(world.ann, runOf(asked), [{ ...held, confirmed: true }])),
    );
    expect(streams.filter((frames) => frames.at(-1)?.event === "RunCompleted").length).toBeGreaterThan(0);
    expect((await world.notes()).toSorted()).toEqual(["a", "b"]);
  });

  it("nobody else's run is there to be continued", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const answer = [{ ...heldCalls(asked)[0], confirmed: true }];
    const strangers = [
      caller({ ...world.scope, subject: "eve" }),
      caller(await makeScope({ subject: "ann" })),
      caller(await makeScope()),
    ];
    for (const stranger of strangers) {
      expect(await refusal(continueWith(stranger, runOf(asked), answer))).toEqual([404, "Run not found"]);
    }
    const other = { ...runOf(asked), sessionId: "another" };
    expect(await refusal(continueWith(world.ann, other, answer))).toEqual([404, "Run not found"]);
    const bound = { ...world.ann, sessionId: "another" };
    expect(await refusal(continueWith(bound, runOf(asked), answer))).toEqual([404, "Run not found"]);
    expect(await refusal(continueWith(world.ann, { ...runOf(asked), agentId: "assistant" }, answer))).toEqual(
      [404, "Run not found"],
    );
    expect(await refusal(continueWith(world.ann, { ...runOf(asked), runId: "nope" }, answer))).toEqual([
      404,
      "Run not found",
    ]);
    expect(await world.notes()).toEqual([]);
    // An administrator of the organization may.
    await continueWith(caller(world.everyone), runOf(asked), answer);
    expect(await world.notes()).toEqual(["milk"]);
  });

  it("says what is wrong with a request", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const run = runOf(asked);
    const held = { ...heldCalls(asked)[0], confirmed: true };
    const session = { session_id: "" };
    expect(await refusal(continueWith(world.ann, run, [held], session))).toEqual([
      400,
      "session_id is required for this action",
    ]);
    expect(await refusal(continueWith(world.ann, run, [], { tools: "[{" }))).toEqual([
      400,
      "Invalid JSON in tools field",
    ]);
    expect(await refusal(continueWith(world.ann, run, [], { tools: '[{"tool_name":"x"}]' }))).toEqual([
      400,
      expect.stringMatching(/^Invalid structure or content for tools: 0\.tool_call_id/),
    ]);
    expect(await refusal(continueWith(world.ann, run, [held], { continue_from: "start" }))).toEqual([
      400,
      expect.stringMatching(/^Invalid continue_from/),
    ]);
    expect(await refusal(continueWith(world.ann, run, [held, held]))).toEqual([
      400,
      expect.stringMatching(/decided about twice/),
    ]);
    expect(await refusal(continueWith(world.ann, run, [{ ...held, tool_call_id: "other" }]))).toEqual([
      400,
      expect.stringMatching(/waits for a decision about take_note/),
    ]);
    expect(await world.notes()).toEqual([]);
  });

  it("believes decisions only: not the tool, its name or its result", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const forged = {
      ...heldCalls(asked)[0],
      tool_name: "send_request",
      requires_confirmation: false,
      result: "done already",
      confirmed: true,
    };
    const frames = await continueWith(world.ann, runOf(asked), [forged]);
    expect(frames.find(({ event }) => event === "ToolCallStarted")?.tool).toMatchObject({
      tool_name: "take_note",
      result: null,
    });
    expect(await world.notes()).toEqual(["milk"]);
  });

  it("a run that does not wait says where it stands", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const held = { ...heldCalls(asked)[0], confirmed: true };
    await continueWith(world.ann, runOf(asked), [held]);
    expect(await refusal(continueWith(world.ann, runOf(asked), [held]))).toEqual([
      409,
      "run is already completed",
    ]);
    const failed = await askAgent(world.ann, "assistant", "/error no");
    expect(await refusal(continueWith(world.ann, runOf(failed), [held]))).toEqual([409, "run has errored"]);
    // Without decisions a caller attaches to what somebody else has woken.
    expect(namesOf(await continueWith(world.ann, runOf(asked), [])).slice(0, 2)).toEqual([
      "RunContinued",
      "ToolCallStarted",
    ]);
  });

  it("gives the whole run when no stream is wanted", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const { runId, agentId, sessionId } = runOf(asked);
    const request = continueRequestSchema.parse({
      tools: [{ ...heldCalls(asked)[0], confirmed: true }],
      session_id: sessionId,
      stream: "false",
    });
    expect(await continueRun(world.ann, { runId, agentId, request })).toMatchObject({ status: "COMPLETED" });
  });

  it("a background continue asks the durable engine for a driver, under a generation of its own", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const { runId } = runOf(asked);
    const answer = [{ ...heldCalls(asked)[0], confirmed: true }];
    const stream = continueWith(world.ann, runOf(asked), answer, { background: "true" });
    await expect.poll(async () => (await getRun(world.everyone, runId))?.status).toBe("PENDING");
    const { rows } = await world.db.pool.query<{ payload: unknown }>(
      `SELECT payload FROM "Outbox" WHERE "organizationId" = $1`,
      [world.scope.organizationId],
    );
    const generation = (await getRun(world.everyone, runId))?.generation;
    expect(rows).toEqual([
      { payload: { organizationId: world.scope.organizationId, runId, subject: "ann", generation } },
    ]);
    expect(generation).toBe(2);
    await driveRun(world.everyone, runId);
    expect((await stream).at(-1)?.event).toBe("RunCompleted");
    expect(await world.notes()).toEqual(["milk"]);
  });
});

describe("a waiting run", () => {
  it("ends when it is cancelled; what it waited for is cancelled with it", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const { runId, sessionId } = runOf(asked);
    await cancelRun(world.scope, runId, sessionId);
    await cancelRun(world.scope, runId, sessionId);
    expect(await getRun(world.everyone, runId)).toMatchObject({ status: "CANCELLED", driverBootId: null });
    expect(await listRunRequirements(world.scope, runId)).toMatchObject([
      { status: "cancelled", outcome: null },
    ]);
    const answer = [{ ...heldCalls(asked)[0], confirmed: true }];
    expect(await refusal(continueWith(world.ann, runOf(asked), answer))).toEqual([
      409,
      "run is already cancelled",
    ]);
    expect(await refusal(continueWith(world.ann, runOf(asked), []))).toEqual([
      409,
      "run is already cancelled",
    ]);
    expect(await world.notes()).toEqual([]);
    await world.expectWhole(asked);
  });

  it("is no history for the runs that come after it, until it has ended", async () => {
    const agentId = await pausingAgent(world.scope, { take_note: { requires_confirmation: true } });
    const asked = await askAgent(world.ann, agentId, NOTE);
    const { sessionId } = runOf(asked);
    const next = await askAgent(world.ann, agentId, "hello", sessionId);
    const { messages } = await getRunOutput(world.scope, runOf(next).runId, sessionId);
    expect(messages.some(({ content }) => content?.includes("milk") === true)).toBe(false);
    await continueWith(world.ann, runOf(asked), [{ ...heldCalls(asked)[0], confirmed: true }]);
    const last = await askAgent(world.ann, agentId, "hello", sessionId);
    const after = (await getRunOutput(world.scope, runOf(last).runId, sessionId)).messages;
    expect(after.some(({ content }) => content?.includes("milk") === true)).toBe(true);
  });

  it("is asked about anew when its tool has changed; a refusal counts all the same", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const { runId } = runOf(asked);
    await world.db.pool.query(`UPDATE "Requirement" SET "toolFingerprint" = 'of another tool'`);
    const answer = [{ ...heldCalls(asked)[0], confirmed: true }];
    expect(await refusal(continueWith(world.ann, runOf(asked), answer))).toEqual([
      409,
      "The tool take_note has changed since this was asked. Look at the call again, and decide once more.",
    ]);
    expect(await listRunRequirements(world.scope, runId)).toMatchObject([{ status: "open" }]);
    expect((await world.audited()).map(({ action }) => action)).toEqual(["requirement.renewed"]);
    await continueWith(world.ann, runOf(asked), answer);
    expect(await world.notes()).toEqual(["milk"]);
  });

  it("asks again when the tool changes between the decision and the call", async () => {
    const asked = await askAgent(world.ann, await world.confirming(), NOTE);
    const { runId } = runOf(asked);
    const answer = [{ ...heldCalls(asked)[0], confirmed: true }];
    const stream = continueWith(world.ann, runOf(asked), answer, { background: "true" });
    await expect.poll(async () => (await getRun(world.everyone, runId))?.status).toBe("PENDING");
    await world.db.pool.query(
      `UPDATE "RunEvent" SET internal = replace(internal::text, 'tool_fingerprint":"', 'tool_fingerprint":"0')::json
       WHERE type = 'RunContinued'`,
    );
    expect(await driveRun(world.everyone, runId)).toMatchObject({ status: "PAUSED" });
    const again = await stream;
    expect(namesOf(again)).toEqual(["RunContinued", "RunContentCompleted", "RunPaused"]);
    expect(await world.notes()).toEqual([]);
    await continueWith(world.ann, runOf(asked), [{ ...heldCalls(again)[0], confirmed: true }]);
    expect(await world.notes()).toEqual(["milk"]);
    await world.expectWhole(asked);
  });
});
