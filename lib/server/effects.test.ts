import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { LeaseLostError } from "#lib/core/journal.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { createJournalWriter } from "#lib/db/journal-writer.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
import { getRun } from "#lib/db/runs.ts";
import { startHookServer } from "#tests/support/hook-server.ts";
import { newRun } from "#tests/support/new-run.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  continueWith,
  heldCalls,
  namesOf,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { cancelRun } from "./cancel-run.ts";
import { driveRun } from "./drive-run.ts";
import { getRunOutput } from "./get-run-output.ts";
import { runDrivers } from "./run-drivers.ts";

const other = await startHookServer();
const SEND = `/tool send_request {"url":"${other.origin}/hook","json":{"a":1}}`;

const world = pauseWorld({ GATEHOUSE_PRIVATE_ORIGINS: other.origin });
beforeEach(() => {
  other.manner = "answer";
  other.taken.length = 0;
});
afterAll(() => other.close());

interface EffectRow {
  toolCallId: string;
  toolName: string;
  attempt: number;
  status: string;
  generation: number;
  idempotencyKey: string;
  settledBy: string | null;
}

async function effects(frames: readonly ReceivedFrame[]): Promise<EffectRow[]> {
  const { rows } = await world.db.pool.query<EffectRow>(
    `SELECT "toolCallId", "toolName", attempt, status, generation, "idempotencyKey", "settledBy" FROM "Effect"
     WHERE "rootRunId" = $1 ORDER BY "claimedAt", "toolCallId", attempt`,
    [runOf(frames).runId],
  );
  return rows;
}

async function send(): Promise<ReceivedFrame[]> {
  return askAgent(world.ann, await pausingAgent(world.scope, {}, ["send_request"]), SEND);
}

describe("what a tool does to the world", () => {
  it("is claimed before and committed with its result; what changes nothing leaves no trace", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["take_note", "calculator"]);
    const message = `/parallel ${NOTE}\n/tool calculator {"expression":"1+1"}`;
    const frames = await askAgent(world.ann, agentId, message);
    const [effect] = await effects(frames);
    expect(await effects(frames)).toHaveLength(1);
    expect(effect).toMatchObject({ toolName: "take_note", attempt: 1, status: "committed", generation: 1 });
    expect(effect?.idempotencyKey).toBe(`${runOf(frames).runId}:${effect?.toolCallId ?? ""}`);
  });

  it("that fails by its own word is told to the model, and no person is asked", async () => {
    const refused = await askAgent(
      world.ann,
      await pausingAgent(world.scope, {}, ["send_request"]),
      '/tool send_request {"url":"http://127.0.0.1:9/","json":{}}',
    );
    expect(refused.at(-1)?.event).toBe("RunCompleted");
    expect(await effects(refused)).toMatchObject([{ status: "failed" }]);
  });

  it("is done by nobody whose hold on the run is gone, and claimed once", async () => {
    const writer = createJournalWriter();
    const run = newRun({ subject: "ann" });
    const created = await writer.createRun(world.everyone, run);
    if (created.kind !== "created") throw new Error(created.kind);
    const claim = {
      runId: run.runId,
      toolCallId: "call_1",
      attempt: 1,
      toolName: "pay",
      toolFingerprint: "f",
      argumentsHash: "h",
      idempotencyKey: "k",
      claimedAtMs: Date.now(),
    };
    const stale = { ...created.lease, generation: 0 };
    await expect(writer.append({ lease: stale, events: [], effectClaims: [claim] })).rejects.toThrow(
      LeaseLostError,
    );
    const rows = () => world.db.pool.query(`SELECT status FROM "Effect" WHERE "rootRunId" = $1`, [run.runId]);
    expect((await rows()).rows).toEqual([]);
    await writer.append({ lease: created.lease, events: [], effectClaims: [claim] });
    await expect(writer.append({ lease: created.lease, events: [], effectClaims: [claim] })).rejects.toThrow(
      /duplicate key/,
    );
    const end = { runId: run.runId, toolCallId: "call_1", attempt: 1, status: "committed" as const };
    await writer.append({ lease: created.lease, events: [], effectEnds: [end] });
    // What is committed stays so.
    await writer.append({ lease: created.lease, events: [], effectEnds: [{ ...end, status: "unknown" }] });
    expect((await rows()).rows).toEqual([{ status: "committed" }]);
  });

  it("is claimed no longer when its claim and its release are written at once, as when a run is stopped between", async () => {
    const writer = createJournalWriter();
    const run = newRun({ subject: "ann" });
    const created = await writer.createRun(world.everyone, run);
    if (created.kind !== "created") throw new Error(created.kind);
    const { lease } = created;
    const attempt = { runId: run.runId, toolCallId: "call_1", attempt: 1 };
    const claim = {
      ...attempt,
      toolName: "pay",
      toolFingerprint: "f",
      argumentsHash: "h",
      idempotencyKey: "k",
      claimedAtMs: Date.now(),
    };
    const other = { ...claim, toolCallId: "call_2", idempotencyKey: "l" };
    await Promise.all([
      writer.append({ lease, events: [], effectClaims: [claim, other] }),
      writer.append({ lease, events: [], effectEnds: [{ ...attempt, status: "released" }] }),
    ]);
    const { rows } = await world.db.pool.query<{ toolCallId: string; status: string; settled: boolean }>(
      `SELECT "toolCallId", status, "settledAt" IS NOT NULL AS settled FROM "Effect"
       WHERE "rootRunId" = $1 ORDER BY "toolCallId"`,
      [run.runId],
    );
    expect(rows).toEqual([
      { toolCallId: "call_1", status: "released", settled: true },
      { toolCallId: "call_2", status: "claimed", settled: false },
    ]);
  });
});

describe("a tool of which nobody knows what it did", () => {
  async function lost(): Promise<ReceivedFrame[]> {
    other.manner = "hang up";
    const frames = await send();
    other.manner = "answer";
    return frames;
  }

  it("is put to a person: it is no error that a model may try again", async () => {
    const frames = await lost();
    expect(namesOf(frames).slice(-3)).toEqual(["ToolCallStarted", "RunContentCompleted", "RunPaused"]);
    expect(frames.at(-1)).toMatchObject({
      content: "It is not known whether send_request took effect: I need somebody to say so.",
      requirements: [{ kind: "effect_unknown" }],
      tools: [{ external_execution_required: true, requires_confirmation: null, result: null }],
    });
    expect(await effects(frames)).toMatchObject([{ status: "unknown", attempt: 1 }]);
    expect(await listRunRequirements(world.scope, runOf(frames).runId)).toMatchObject([
      { kind: "effect_unknown", status: "open", approvalType: null },
    ]);
    expect(other.taken).toHaveLength(1);
    // A copy that decides nothing is no answer.
    expect((await refusal(continueWith(world.ann, runOf(frames), [{ ...heldCalls(frames)[0] }])))[0]).toBe(
      400,
    );
  });

  it("did happen: what came of it is its result", async () => {
    const frames = await lost();
    const answer = [{ ...heldCalls(frames)[0], result: "It is in their log." }];
    const rest = await continueWith(world.ann, runOf(frames), answer);
    expect(namesOf(rest)).not.toContain("ToolCallStarted");
    expect(String(rest.at(-1)?.content)).toContain("It is in their log.");
    expect(await effects(frames)).toMatchObject([{ status: "committed", settledBy: "ann" }]);
    expect(other.taken).toHaveLength(1);
    await world.expectWhole(frames);
  });

  it("did not happen: it is made once more, under the same key", async () => {
    const frames = await lost();
    const answer = [{ ...heldCalls(frames)[0], confirmed: true }];
    const rest = await continueWith(world.ann, runOf(frames), answer);
    expect(namesOf(rest).slice(0, 3)).toEqual(["RunContinued", "ToolCallStarted", "ToolCallCompleted"]);
    expect(await effects(frames)).toMatchObject([
      { attempt: 1, status: "released", settledBy: "ann", generation: 1 },
      { attempt: 2, status: "committed", generation: 2 },
    ]);
    expect(other.taken).toHaveLength(2);
    expect(new Set(other.taken).size).toBe(1);
    const run = await getRunOutput(world.scope, runOf(frames).runId, runOf(frames).sessionId);
    expect(run.tools).toMatchObject([{ tool_call_error: false, external_execution_required: null }]);
  });

  it("that is lost again is asked about again", async () => {
    const frames = await lost();
    other.manner = "hang up";
    const again = await continueWith(world.ann, runOf(frames), [
      { ...heldCalls(frames)[0], confirmed: true },
    ]);
    expect(again.at(-1)).toMatchObject({ event: "RunPaused", requirements: [{ kind: "effect_unknown" }] });
    expect((await effects(frames)).map(({ status }) => status)).toEqual(["released", "unknown"]);
    await continueWith(world.ann, runOf(frames), [{ ...heldCalls(again)[0], result: "There it is." }]);
    expect((await effects(frames)).map(({ status }) => status)).toEqual(["released", "committed"]);
    await world.expectWhole(frames);
  });

  it("is not answered with what somebody saw before it was made, and lost, once more", async () => {
    const frames = await lost();
    other.manner = "hang up";
    const answer = [{ ...heldCalls(frames)[0], confirmed: true }];
    const again = await continueWith(world.ann, runOf(frames), answer);
    expect(again.at(-1)).toMatchObject({ event: "RunPaused", requirements: [{ kind: "effect_unknown" }] });
    expect(await refusal(continueWith(world.ann, runOf(frames), answer))).toEqual([
      409,
      "Something else is asked about the call of send_request by now. Look at the run again, and decide about that.",
    ]);
    expect(other.taken).toHaveLength(2);
  });

  it("is given up: the model is told that nobody knows", async () => {
    const frames = await lost();
    const rest = await continueWith(world.ann, runOf(frames), [
      { ...heldCalls(frames)[0], confirmed: false },
    ]);
    expect(rest.at(-1)?.event).toBe("RunCompleted");
    const { messages } = await getRunOutput(world.scope, runOf(frames).runId, runOf(frames).sessionId);
    expect(messages.find(({ role }) => role === "tool")?.content).toMatch(
      /not known whether this took effect/,
    );
    expect(await effects(frames)).toMatchObject([{ status: "abandoned", settledBy: "ann" }]);
    expect(await world.audited()).toMatchObject([
      { action: "requirement.rejected", details: { kind: "effect_unknown" } },
    ]);
    expect(other.taken).toHaveLength(1);
  });

  it("is asked about when its process died at it, and a late driver of it commits nothing", async () => {
    other.manner = "keep silent";
    const asking = send();
    await expect.poll(() => other.taken.length).toBe(1);
    const [runId] = runDrivers().runIds();
    if (runId === undefined) throw new Error("Nobody drives.");
    await world.db.pool.query(
      `UPDATE "Run" SET generation = generation + 1, "driverBootId" = 'boot_dead' WHERE id = $1`,
      [runId],
    );
    expect(await driveRun(world.everyone, runId)).toMatchObject({ status: "PAUSED" });
    other.hangUp();
    const frames = await asking;
    expect(frames.at(-1)).toMatchObject({ event: "RunPaused", requirements: [{ kind: "effect_unknown" }] });
    expect(await effects(frames)).toMatchObject([{ status: "unknown", attempt: 1, generation: 1 }]);
    other.manner = "answer";
    await continueWith(world.ann, runOf(frames), [
      { ...heldCalls(frames)[0], result: "It was other.taken." },
    ]);
    expect(await effects(frames)).toMatchObject([{ status: "committed" }]);
    expect(other.taken).toHaveLength(1);
  });

  it("when its run is cancelled at it, is told as such, to people and to the runs after it", async () => {
    other.manner = "keep silent";
    const asking = send();
    await expect.poll(() => other.taken.length).toBe(1);
    const [runId] = runDrivers().runIds();
    const run = await getRun(world.everyone, runId ?? "");
    await cancelRun(world.scope, run?.id ?? "", run?.sessionId);
    const frames = await asking;
    expect(namesOf(frames).slice(-4)).toEqual([
      "ToolCallCompleted",
      "ToolCallError",
      "RunCancelled",
      "RunCompleted",
    ]);
    const failed = frames.find(({ event }) => event === "ToolCallError");
    expect(failed?.error).toBe(
      "The run was cancelled while the tool send_request was at work: it is not known whether it took effect.",
    );
    expect(await effects(frames)).toMatchObject([{ status: "unknown" }]);
    expect(await getRun(world.everyone, run?.id ?? "")).toMatchObject({ status: "CANCELLED" });
  });

  it("waits beside what a person has to confirm, and both are answered at once", async () => {
    other.manner = "hang up";
    const agentId = await pausingAgent(world.scope, { take_note: { requires_confirmation: true } }, [
      "take_note",
      "send_request",
    ]);
    const frames = await askAgent(world.ann, agentId, `/parallel ${NOTE}\n${SEND}`);
    expect(frames.at(-1)?.content).toMatch(/^It is not known whether send_request .* I need confirmation\.$/);
    const [note, request] = heldCalls(frames);
    other.manner = "answer";
    await continueWith(world.ann, runOf(frames), [
      { ...request, confirmed: true },
      { ...note, confirmed: true },
    ]);
    expect(await world.notes()).toEqual(["milk"]);
    expect(other.taken).toHaveLength(2);
    expect((await effects(frames)).map(({ toolName, status }) => `${toolName} ${status}`).toSorted()).toEqual(
      ["send_request committed", "send_request released", "take_note committed"],
    );
  });
});
